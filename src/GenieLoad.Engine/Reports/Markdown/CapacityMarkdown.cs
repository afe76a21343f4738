using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Markdown;

/// <summary>What is known of a space's capacity in one screen of Markdown, for job summaries and pull requests.</summary>
internal static class CapacityMarkdown
{
    /// <summary>Writes the summary.</summary>
    public static void Write(SpaceCapacity capacity, Stream stream)
    {
        CapacityVerdict verdict = CapacityVerdict.Of(capacity);
        List<string> blocks =
        [
            $"## {RunMarkdown.Mark(verdict.Kind)} Capacity: {Escape(verdict.Word)}",
            $"**{Escape(verdict.Reason)}** Service level: {Escape(capacity.Slo)}.",
            MarkdownText.Table(
                ["Figure", "Value:"], CapacityFigures.Of(capacity).Select(figure => new[] { figure.Name, Escape(figure.Value) })),
        ];
        if (capacity.Probes.Count > 0)
        {
            blocks.Add("### Probes");
            blocks.Add(MarkdownText.Table(
                ["", "People:", "Missed:", "Share:", "95 % interval:", "Questions:", "Took:", "Reason"], capacity.Probes.Select(Row)));
        }

        if (capacity.Confidence is string confidence)
            blocks.Add(Escape(confidence));
        blocks.Add($"**What this assumes.** {Escape(capacity.Reason)}");
        blocks.Add($"Service times from run {Escape(capacity.RunId)}. GenieLoad {Version}.");
        using StreamWriter writer = new(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join("\n\n", blocks));
    }

    private static string Version => typeof(CapacityMarkdown).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private static string[] Row(CapacityProbe probe)
    {
        ProbeShare? share = ProbeShare.Of(probe);
        return
        [
            $"{RunMarkdown.Mark(Kind(probe.Verdict))} {Escape(probe.Verdict.ToLowerInvariant())}",
            ReportNumber.Count(probe.People), $"{ReportNumber.Count(probe.Misses)} of {ReportNumber.Count(probe.Answers)}",
            share is { } known ? $"{ProbeShare.Shown(known.Percent)} %" : "", share?.Interval ?? "",
            ReportNumber.Count(probe.QuestionsSpent), ReportNumber.Duration(probe.DurationSeconds),
            MarkdownText.Escape(probe.Reason, 300),
        ];
    }

    private static VerdictKind Kind(string verdict) => verdict switch
    {
        Verdict.Pass => VerdictKind.Pass,
        Verdict.Fail => VerdictKind.Fail,
        _ => VerdictKind.Undecided,
    };

    private static string Escape(string text) => MarkdownText.Escape(text, 1000);
}
