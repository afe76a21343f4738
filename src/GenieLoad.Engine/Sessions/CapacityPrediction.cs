using GenieLoad.Engine.Capacity;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Predicts from a finished run how many people a space supports, without asking anything.</summary>
public static class CapacityPrediction
{
    private const int CurvePoints = 20;

    /// <summary>Predicts.</summary>
    /// <param name="request">What for, and from which run.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>UnusableServiceLevel</c>, <c>TooFewServiceTimes</c>, <c>ThinkTimeUnknown</c>,
    /// <c>InvalidThinkTime</c>, <c>InvalidOption</c>.
    /// </exception>
    public static SpaceCapacity Of(CapacityRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(CapacityBasis.Of(request, request.Run ?? throw SessionsErrors.NothingToPredictFrom()), request).Capacity;
    }

    /// <summary>Predicts, and hands over what the prediction was made with.</summary>
    internal static (SpaceCapacity Capacity, ClosedForecast? Closed) Of(CapacityBasis basis, CapacityRequest request)
    {
        SpaceCapacity capacity = new()
        {
            Model = request.IsOpen ? "Open" : "Closed",
            Slo = string.Join("; ", request.Slo),
            LimitPerMinute = basis.Limit.IsNone ? null : Shown(basis.Limit.PerMinute),
            LimitBurst = basis.Limit.IsNone ? null : basis.Limit.Burst,
            AnswerCount = basis.Sample.Count,
            RunId = basis.RunId,
            Reason = "",
            Curve = new RowList<CapacityPoint>([]),
        };
        if (request.IsOpen)
            return (Open(capacity, OpenForecast.Of(basis.Sample, basis.Limit, basis.Levels, request.Seed), basis.Words), null);
        ThinkTime think = basis.Think!;
        ClosedForecast closed = ClosedForecast.Of(think, basis.Sample, basis.Limit, basis.Levels, request.Seed);
        return (Closed(capacity, closed, basis), closed);
    }

    private static SpaceCapacity Open(SpaceCapacity forecast, OpenForecast open, IReadOnlyList<string> words) => forecast with
    {
        QuestionsPerMinute = Known(open.QuestionsPerMinute),
        LowerPerMinute = Known(open.Lower),
        UpperPerMinute = Known(open.Upper),
        ShareOfLimit = Shown(open.ShareOfLimit),
        Reason = string.Join(' ', words),
    };

    private static SpaceCapacity Closed(SpaceCapacity forecast, ClosedForecast closed, CapacityBasis basis)
    {
        IReadOnlyList<ServiceLevel> levels = basis.Levels;
        List<string> words = [.. basis.Words];
        int strictest = closed.Figures is { } figures
            ? Enumerable.Range(0, levels.Count).MaxBy(i => figures.MissShares[i] / levels[i].AllowedMissShare)
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
            ThinkTimeSeconds = basis.Think!.MeanSeconds,
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

    private static double? Known(double value) => double.IsFinite(value) ? Shown(value) : null;

    // Four digits are more than a simulation knows, and people read them.
    private static double? Shown(double? value) => value is double known ? Math.Round(known, 4) : null;
}
