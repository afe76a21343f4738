using GenieLoad.Model;

namespace GenieLoad.Engine.Statistics;

/// <summary>Works out how fast questions came and went.</summary>
public static class RunRatesCalculator
{
    /// <summary>Lateness in seconds up to which a question counts as started on its planned instant.</summary>
    public const double OnTimeSeconds = 1;

    /// <summary>The rates of a run.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="rows">Rows of the run.</param>
    public static RunRates Of(Plan plan, IReadOnlyCollection<QuestionResult> rows)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            return new RunRates();
        double end = RunSeries.EndSeconds(rows);
        double planned = Math.Max(plan.DurationSeconds ?? 0, rows.Max(row => row.PlannedOffsetSeconds));
        double lastStart = rows.Max(row => row.StartedOffsetSeconds) ?? 0;
        int started = rows.Count(row => row.StartedOffsetSeconds is not null);
        InFlightFigures inFlight = InFlight.Of(rows, end);
        SteadyState? state = SteadyState.Of(rows, end);
        return new RunRates
        {
            OfferedPerSecond = PerSecond(rows.Count, planned),
            StartedPerSecond = PerSecond(started, Math.Max(planned, lastStart)),
            CompletedPerSecond = PerSecond(rows.Count(row => row.Success), end),
            AchievedRatio = (double)rows.Count(IsOnTime) / rows.Count,
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
