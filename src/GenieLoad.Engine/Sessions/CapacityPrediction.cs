using System.Globalization;
using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Predicts from a finished run how many people a space supports, without asking anything.</summary>
public static class CapacityPrediction
{
    // Fewer say nothing of a tail; with fewer than the second number the result says that it is coarse.
    private const int FewestAnswers = 10;
    private const int EnoughAnswers = 30;
    private const int FewestGaps = 5;

    // What Databricks documents for the API, as long as nothing better is known.
    private const double DocumentedPerMinute = 5;

    private const int CurvePoints = 20;

    /// <summary>Predicts.</summary>
    /// <param name="request">What for.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>UnusableServiceLevel</c>, <c>TooFewServiceTimes</c>, <c>ThinkTimeUnknown</c>,
    /// <c>InvalidThinkTime</c>, <c>InvalidOption</c>.
    /// </exception>
    public static SpaceCapacity Of(CapacityRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ServiceLevel[] levels = [.. ThresholdText.ParseAll(request.Slo).Select(LevelOf)];
        IReadOnlyList<QuestionResult> rows = MeasuredRows.Of(request.Run);
        ServiceTime[] times = TimesOf(rows);
        if (times.Length < FewestAnswers)
            throw SessionsErrors.TooFewServiceTimes(request.Run, times.Length, FewestAnswers);
        var sample = new ServiceSample(times);
        AdmissionLimit limit = LimitOf(request, out string limitWords);
        List<string> words = [limitWords];
        if (times.Length < EnoughAnswers)
            words.Add($"{times.Length} service times give a coarse interval; use {EnoughAnswers} or more.");
        if (sample.Dependence.Grows && request.IsOpen)
            words.Add("Service time grows with questions in flight; the open model ignores that.");
        else if (sample.Dependence.Grows)
            words.Add("Service time grows with questions in flight; the forecast includes that.");
        SpaceCapacity forecast = new()
        {
            Model = request.IsOpen ? "Open" : "Closed",
            Slo = string.Join("; ", request.Slo),
            LimitPerMinute = limit.IsNone ? null : Shown(limit.PerMinute),
            LimitBurst = limit.IsNone ? null : limit.Burst,
            AnswerCount = times.Length,
            RunId = request.Run.RunId,
            Reason = "",
            Curve = new RowList<CapacityPoint>([]),
        };
        return request.IsOpen
            ? Open(forecast, OpenForecast.Of(sample, limit, levels, request.Seed), words)
            : Closed(forecast, request, ThinkTimeOf(request, rows, words), sample, limit, levels, words);
    }

    private static SpaceCapacity Open(SpaceCapacity forecast, OpenForecast open, List<string> words) => forecast with
    {
        QuestionsPerMinute = Known(open.QuestionsPerMinute),
        LowerPerMinute = Known(open.Lower),
        UpperPerMinute = Known(open.Upper),
        ShareOfLimit = Shown(open.ShareOfLimit),
        Reason = string.Join(' ', words),
    };

    private static SpaceCapacity Closed(
        SpaceCapacity forecast, CapacityRequest request, ThinkTime think, ServiceSample sample, AdmissionLimit limit,
        ServiceLevel[] levels, List<string> words)
    {
        ClosedForecast closed = ClosedForecast.Of(think, sample, limit, levels, request.Seed);
        int strictest = closed.Figures is { } figures
            ? Enumerable.Range(0, levels.Length).MaxBy(i => figures.MissShares[i] / levels[i].AllowedMissShare)
            : 0;
        if (closed.People is null)
            words.Add("Nothing in the run limits the number of people.");
        return forecast with
        {
            PeoplePredicted = closed.People,
            Lower = closed.Lower,
            Upper = closed.Upper,
            QuestionsPerMinute = Shown(closed.Figures?.QuestionsPerMinute),
            ShareOfLimit = Shown(closed.Figures?.ShareOfLimit),
            BindingConstraint = closed.Constraint,
            MissShare = Shown(closed.Figures?.MissShares[strictest]),
            AllowedMissShare = Shown(levels[strictest].AllowedMissShare),
            P50ResponseSeconds = Shown(closed.Figures?.P50Seconds),
            P90ResponseSeconds = Shown(closed.Figures?.P90Seconds),
            ThinkTimeSeconds = think.MeanSeconds,
            Reason = string.Join(' ', words),
            Curve = new RowList<CapacityPoint>([.. Points(closed, strictest)]),
        };
    }

    private static IEnumerable<CapacityPoint> Points(ClosedForecast closed, int level)
    {
        if (closed.People is not int people)
            return [];
        int most = Math.Max(4, 2 * people);
        int step = Math.Max(1, most / CurvePoints);
        return closed.Curve(Enumerable.Range(1, most / step).Select(i => i * step), level).Select(point => new CapacityPoint
        {
            People = point.People, MissShare = point.MissShare, Lower = point.Lower, Upper = point.Upper,
        });
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

    private static AdmissionLimit LimitOf(CapacityRequest request, out string words)
    {
        if (request.QuestionsPerMinute is double rate)
        {
            words = string.Create(CultureInfo.InvariantCulture, $"Limit as given: {rate:0.##} a minute, burst {request.Burst}.");
            return new AdmissionLimit(rate, request.Burst);
        }
        double? low = request.Limit is null ? request.Run.LimitLowerPerMinute : request.Limit.LowerPerMinute;
        double? high = request.Limit is null ? request.Run.LimitUpperPerMinute : request.Limit.UpperPerMinute;
        int burst = (request.Limit is null ? request.Run.LimitBurst : request.Limit.Burst) ?? 1;
        if (low is double least && high is double most)
        {
            words = string.Create(
                CultureInfo.InvariantCulture,
                $"Limit {(request.Limit is null ? "seen in the run" : "as measured")}: {least:0.##} to "
                    + $"{most:0.##} a minute, burst {burst}.");
            return new AdmissionLimit((least + most) / 2, burst, least, most);
        }
        words = "The limit is not known; 5 a minute without a burst is assumed. Give -RateLimit or -QuestionsPerMinute.";
        return new AdmissionLimit(DocumentedPerMinute);
    }

    private static ThinkTime ThinkTimeOf(CapacityRequest request, IReadOnlyList<QuestionResult> rows, List<string> words)
    {
        const string Fixed = "fixed ";
        if (request.ThinkTime is not string text)
            return ThinkTimeOf(request.Run, rows, words);
        if (text.StartsWith(Fixed, StringComparison.OrdinalIgnoreCase) && DurationText.TryParse(text[Fixed.Length..], out double always))
            return ThinkTime.Between(always, always);
        return ThinkTimeText.Parse(text) switch
        {
            (double least, double most) when least < most => ThinkTime.Between(least, most),
            (double mean, _) => ThinkTime.Exponential(mean),
            _ => throw SessionsErrors.InvalidThinkTime(text),
        };
    }

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

    private static double? Known(double value) => double.IsFinite(value) ? Shown(value) : null;

    // Four digits are more than a simulation knows, and people read them.
    private static double? Shown(double? value) => value is double known ? Math.Round(known, 4) : null;
}
