using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out how fast questions came and went.</summary>
public static class RunRatesCalculator
{
    /// <summary>Lateness in seconds up to which a question counts as started on its planned instant.</summary>
    public const double OnTimeSeconds = 1;

    /// <summary>The rates of a run.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="rows">Rows of the run that count.</param>
    /// <param name="from">Offset in seconds at which what counts began, after a warm-up; 0 without one.</param>
    public static RunRates Of(Plan plan, IReadOnlyCollection<QuestionResult> rows, double from = 0)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            return new RunRates();
        double end = RunSeries.EndSeconds(rows);
        double lastPlanned = double.NegativeInfinity;
        double? lastStarted = null;
        int due = 0;
        int onTime = 0;
        int started = 0;
        int successes = 0;
        foreach (QuestionResult row in rows)
        {
            lastPlanned = Math.Max(lastPlanned, row.PlannedOffsetSeconds);
            if (row.StartedOffsetSeconds is double sent)
            {
                lastStarted = Math.Max(lastStarted ?? sent, sent);
                started++;
            }
            successes += row.Success ? 1 : 0;
            // What the end of the run kept from being asked was not late.
            if (!AskedQuestions.IsAsked(row) && !AskedQuestions.IsShed(row))
                continue;
            due++;
            onTime += IsOnTime(row) ? 1 : 0;
        }
        double planned = Math.Max(plan.DurationSeconds ?? 0, lastPlanned) - from;
        double lastStart = (lastStarted ?? from) - from;
        // The span that was planned for what was not asked never came.
        double sending = due == rows.Count ? planned : Math.Min(planned, end - from);
        InFlightFigures inFlight = InFlight.Of(rows, end);
        SteadyState? state = SteadyState.Of(rows, end);
        return new RunRates
        {
            OfferedPerSecond = PerSecond(rows.Count, planned),
            StartedPerSecond = PerSecond(started, Math.Max(sending, lastStart)),
            CompletedPerSecond = PerSecond(successes, end - from),
            AchievedRatio = due == 0 ? null : (double)onTime / due,
            MeanInFlight = inFlight.Mean,
            P95InFlight = inFlight.P95,
            MaximumInFlight = inFlight.Maximum,
            LittleDeviation = state?.LittleDeviation,
            Drift = state?.Drift,
            Steadiness = state switch
            {
                null => Steadiness.TooShort,
                { IsSteady: true } => Steadiness.Steady,
                _ => Steadiness.NotSteady,
            },
        };
    }

    private static bool IsOnTime(QuestionResult row) => row.StartedOffsetSeconds - row.PlannedOffsetSeconds <= OnTimeSeconds;

    private static double? PerSecond(int count, double seconds) => seconds > 0 ? count / seconds : null;
}
