using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The share of misses of a probe, with its 95 % interval, in percent.</summary>
/// <param name="Percent">The share.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of it.</param>
internal readonly record struct ProbeShare(double Percent, double Lower, double Upper)
{
    private const double Confidence = 0.95;

    /// <summary>That of a probe; <see langword="null"/> for one without answers.</summary>
    public static ProbeShare? Of(CapacityProbe probe) => probe.MissShare is not double share ? null : new ProbeShare(
        100 * share, 100 * ClopperPearson.Lower(probe.Misses, probe.Answers, Confidence),
        100 * ClopperPearson.Upper(probe.Misses, probe.Answers, Confidence));

    /// <summary>The interval: <c>1.2–9.4 %</c>.</summary>
    public string Interval => $"{ReportNumber.Range(Lower, Upper, Shown)} %";

    /// <summary>A percentage with one digit.</summary>
    public static string Shown(double? percent) => percent is double value ? ReportNumber.Grouped(value, "0.#") : ReportNumber.None;
}
