using System.Globalization;
using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What a capacity is predicted from: levels, limit, service times and think time, and in words where they come from.</summary>
/// <param name="RunId">The run whose service times are used.</param>
/// <param name="Levels">The service levels, in the order of the request.</param>
/// <param name="Sample">The service times.</param>
/// <param name="Limit">The rate limit.</param>
/// <param name="Think">How long people think; <see langword="null"/> in the open model.</param>
/// <param name="Words">What is assumed.</param>
/// <param name="PollPolicy">How its questions were polled.</param>
internal sealed record CapacityBasis(
    string RunId, IReadOnlyList<ServiceLevel> Levels, ServiceSample Sample, AdmissionLimit Limit, ThinkTime? Think,
    IReadOnlyList<string> Words, string? PollPolicy)
{
    // Fewer say nothing of a tail; with fewer than the second number the result says that it is coarse.
    public const int FewestAnswers = 10;
    private const int EnoughAnswers = 30;
    private const int FewestGaps = 5;

    // What Databricks documents for the API, as long as nothing better is known.
    private const double DocumentedPerMinute = 5;

    /// <summary>Reads it off a request and a run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="GenieLoadException">As <see cref="CapacityPrediction.Of(CapacityRequest)"/>.</exception>
    public static CapacityBasis Of(CapacityRequest request, LoadRun run)
    {
        ServiceLevel[] levels = LevelsOf(request);
        IReadOnlyList<QuestionResult> rows = MeasuredRows.Of(run);
        ServiceTime[] times = TimesOf(rows);
        if (times.Length < FewestAnswers)
            throw SessionsErrors.TooFewServiceTimes(run, times.Length, FewestAnswers);
        var sample = new ServiceSample(times);
        AdmissionLimit limit = LimitOf(request, run, out string limitWords);
        List<string> words = [limitWords];
        if (times.Length < EnoughAnswers)
            words.Add($"{times.Length} service times give a coarse interval; use {EnoughAnswers} or more.");
        if (sample.Dependence.Grows && request.IsOpen)
            words.Add("Service time grows with questions in flight; the open model ignores that.");
        else if (sample.Dependence.Grows)
            words.Add("Service time grows with questions in flight; the forecast includes that.");
        ThinkTime? think = request.IsOpen ? null : ThinkTimeOf(request, run, rows, words);
        return new CapacityBasis(run.RunId, levels, sample, limit, think, words, run.PollPolicy);
    }

    /// <summary>The service levels of a request, in its order.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>UnusableServiceLevel</c>.</exception>
    public static ServiceLevel[] LevelsOf(CapacityRequest request) => [.. ThresholdText.ParseAll(request.Slo).Select(LevelOf)];

    /// <summary>The think time that a request gives; <see langword="null"/> where it is to be read from a run.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidThinkTime</c>.</exception>
    public static ThinkTime? GivenThinkTime(CapacityRequest request)
    {
        const string Fixed = "fixed ";
        if (request.ThinkTime is not string text)
            return null;
        if (text.StartsWith(Fixed, StringComparison.OrdinalIgnoreCase) && DurationText.TryParse(text[Fixed.Length..], out double always))
            return ThinkTime.Between(always, always);
        return ThinkTimeText.Parse(text) switch
        {
            (double least, double most) when least < most => ThinkTime.Between(least, most),
            (double mean, _) => ThinkTime.Exponential(mean),
            _ => throw SessionsErrors.InvalidThinkTime(text),
        };
    }

    /// <summary>The rate limit of a request: as given, as measured, as a run met it, or else as Databricks documents it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">The run; <see langword="null"/> as long as there is none.</param>
    /// <param name="words">Where it comes from.</param>
    public static AdmissionLimit LimitOf(CapacityRequest request, LoadRun? run, out string words)
    {
        if (request.KnownLimit is (AdmissionLimit known, string source))
        {
            words = source;
            return known;
        }
        if (request.QuestionsPerMinute is double rate)
        {
            words = string.Create(CultureInfo.InvariantCulture, $"Limit as given: {rate:0.##} a minute, burst {request.Burst}.");
            return new AdmissionLimit(rate, request.Burst);
        }
        bool isMeasured = request.Limit is { LowerPerMinute: not null, UpperPerMinute: not null };
        double? low = isMeasured ? request.Limit!.LowerPerMinute : run?.LimitLowerPerMinute;
        double? high = isMeasured ? request.Limit!.UpperPerMinute : run?.LimitUpperPerMinute;
        int burst = (isMeasured ? request.Limit!.Burst : run?.LimitBurst) ?? 1;
        if (low is double least && high is double most)
        {
            words = string.Create(
                CultureInfo.InvariantCulture,
                $"Limit {(isMeasured ? "as measured" : "seen in the run")}: {least:0.##} to "
                    + $"{most:0.##} a minute, burst {burst}.");
            return new AdmissionLimit((least + most) / 2, burst, least, most);
        }
        words = request.Limit is { } unbounded
            ? $"The given limit has no bounds ({unbounded.Kind}); 5 a minute without a burst is assumed. Give -QuestionsPerMinute."
            : "The limit is not known; 5 a minute without a burst is assumed. Give -RateLimit or -QuestionsPerMinute.";
        return new AdmissionLimit(DocumentedPerMinute);
    }

    private static ServiceLevel LevelOf(Threshold threshold)
    {
        if (threshold.Slice is null && threshold is { Figure: TimePercentile { Percent: >= 50 and <= 99.9 } percentile, IsUpperLimit: true }
            && percentile.Name.EndsWith("ResponseSeconds", StringComparison.Ordinal))
            return new ServiceLevel(percentile.Percent / 100, threshold.Limit);
        double share = threshold.Limit / 100;
        return threshold.Slice is null && threshold is { Figure.Name: "SuccessRate", IsUpperLimit: false } && share is >= 0.5 and <= 0.999
            ? new ServiceLevel(share)
            : throw SessionsErrors.UnusableServiceLevel(threshold.Text);
    }

    /// <summary>Service times of all questions that came to an end at the service, with the number in flight when each was asked.</summary>
    private static ServiceTime[] TimesOf(IReadOnlyList<QuestionResult> rows)
    {
        QuestionResult[] served =
        [
            .. rows.Where(row => AskedQuestions.IsEnded(row) && row is { ServiceSeconds: > 0, StartedOffsetSeconds: not null }
                && row.Outcome is not (Outcome.Throttled or Outcome.Ambiguous or Outcome.Unreachable)),
        ];
        return
        [
            .. served.Select(row => new ServiceTime(row.ServiceSeconds!.Value, !row.Success, served.Count(
                other => other.StartedOffsetSeconds <= row.StartedOffsetSeconds
                    && other.CompletedOffsetSeconds > row.StartedOffsetSeconds))),
        ];
    }

    private static ThinkTime ThinkTimeOf(CapacityRequest request, LoadRun run, IReadOnlyList<QuestionResult> rows, List<string> words) =>
        GivenThinkTime(request) ?? ThinkTimeOf(run, rows, words);

    /// <summary>The mean time between the answer to a user's question and the user's next one, as it was planned.</summary>
    private static ThinkTime ThinkTimeOf(LoadRun run, IReadOnlyList<QuestionResult> rows, List<string> words)
    {
        double[] gaps =
        [
            .. rows.Where(row => row.User is not null).GroupBy(row => (row.Connection, row.User)).SelectMany(user =>
            {
                QuestionResult[] asked = [.. user.OrderBy(row => row.PlannedOffsetSeconds)];
                return asked.Zip(asked.Skip(1), (before, next) => next.PlannedOffsetSeconds - before.CompletedOffsetSeconds);
            }).OfType<double>().Where(gap => gap >= 0),
        ];
        if (gaps.Length < FewestGaps || gaps.Average() <= 0)
            throw SessionsErrors.ThinkTimeUnknown(run);
        words.Add(string.Create(
            CultureInfo.InvariantCulture, $"Think time from {gaps.Length} pauses of the run: {gaps.Average():0.#} s on average."));
        return ThinkTime.Exponential(gaps.Average());
    }
}
