using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A space's capacity as a page: how many people, the predicted misses with the probes on them, and what it assumes.</summary>
internal static class CapacityPage
{
    private const int LongestText = 1000;

    /// <summary>Writes the page.</summary>
    public static void Write(SpaceCapacity capacity, Stream stream)
    {
        CapacityVerdict verdict = CapacityVerdict.Of(capacity);
        ReportPage.Write(
            $"Capacity: {verdict.Word}",
            [
                Element("header",
                    Element("h1", capacity.Model == "Open"
                        ? "How many questions a minute a space supports" : "How many people a space supports"),
                    Styled("p", "lead", "Service level: ", Foreign(capacity.Slo, LongestText)),
                    Styled("div", $"verdict {verdict.Kind.ToString().ToLowerInvariant()}",
                        Element("strong", $"{Sign(capacity, verdict)} {verdict.Word}"),
                        Element("p", verdict.Reason))),
                Element("main",
                    Figures(capacity),
                    CapacityFigure.Of(capacity) is { } figure
                        ? Section("misses", capacity.Probes.Count > 0 ? "Predicted and measured misses" : "Predicted misses", figure)
                        : null,
                    capacity.Probes.Count > 0 ? Probes(capacity) : null,
                    Section("basis", "What this assumes",
                        Styled("div", "panel",
                            Element("p", Foreign(capacity.Reason, 4 * LongestText)), Element("p", Assumptions(capacity))))),
                Element("footer", $"Made by GenieLoad {Version} from the service times of run {ReportText.OneLine(capacity.RunId, 200)}. "
                    + "docs/capacity.md explains the method."),
            ],
            stream);
    }

    private static string Version => typeof(CapacityPage).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>A predicted number is about right; everything else has the sign of its verdict.</summary>
    private static string Sign(SpaceCapacity capacity, CapacityVerdict verdict) =>
        verdict.Kind == VerdictKind.None && (capacity.Model == "Open" ? capacity.QuestionsPerMinute : capacity.PeoplePredicted) is not null
            ? "\u2248" : RunHeadline.Sign(verdict.Kind);

    private static XElement Section(string id, string title, params object?[] content) => Element(
        "section", Attribute("aria-labelledby", id), Element("h2", Attribute("id", id), title), content);

    private static XElement Figures(SpaceCapacity capacity) => Section(
        "figures", "Headline figures",
        capacity.Model == "Open" ? null : Styled("div", "cards",
            capacity.Probes.Count == 0 ? null : (object?[])
            [
                Card("Meet the level", capacity.People, Tested(capacity, Verdict.Pass)),
                Card("Do not meet it", capacity.PeopleFailed, Tested(capacity, Verdict.Fail)),
            ],
            Card("Predicted", capacity.PeoplePredicted, capacity.PeoplePredicted is null
                ? "nothing limits them"
                : $"5 to 95 %: {ReportNumber.Count(capacity.Lower ?? 0)} to "
                    + (capacity.Upper is int upper ? ReportNumber.Count(upper) : "any number")),
            RunHeadline.Card(
                "Questions per minute",
                capacity.QuestionsPerMinute is double rate ? ReportNumber.Grouped(rate, "#,0.0") : ReportNumber.None, "",
                capacity.ShareOfLimit is double share ? $"{ProbeShare.Shown(100 * share)} % of the rate limit" : "no rate limit assumed",
                isWeak: capacity.QuestionsPerMinute is null),
            capacity.P90ResponseSeconds is not double p90 ? null : RunHeadline.Card(
                "P90 response time, predicted", ReportNumber.Seconds(p90), "s",
                $"median {ReportNumber.Seconds(capacity.P50ResponseSeconds)} s", isWeak: false)),
        Facts(CapacityFigures.Of(capacity).Where(figure => capacity.Model == "Open"
                || figure.Name is not (CapacityFigures.Predicted or CapacityFigures.ResponseTime or CapacityFigures.PerMinute))
            .Select(figure => (figure.Name, (object?)figure.Value))));

    private static XElement Card(string name, int? people, string basis) => RunHeadline.Card(
        name, people is int count ? ReportNumber.Count(count) : ReportNumber.None, people == 1 ? "person" : "people", basis,
        isWeak: people is null);

    private static string Tested(SpaceCapacity capacity, string verdict)
    {
        CapacityProbe[] probes = [.. capacity.Probes.Where(probe => probe.Verdict == verdict)];
        int? people = verdict == Verdict.Pass ? capacity.People : capacity.PeopleFailed;
        return people is null
            ? $"no probe {(verdict == Verdict.Pass ? "passed" : "failed")}"
            : probes.LastOrDefault(probe => probe.People == people) is { } deciding
                ? $"{ReportNumber.Count(deciding.Misses)} of {ReportNumber.Counted(deciding.Answers, "answer")} missed it"
                : "by all probes together";
    }

    private static XElement Probes(SpaceCapacity capacity) => Section(
        "probes", "Probes",
        Styled("div", "panel",
            StackedTable(
                "Probes", ["Verdict", "People:", "Missed:", "Share:", "95 % interval:", "Questions:", "Took:", "What the answers say"],
                capacity.Probes.Select(probe => Cells(capacity, probe)), 0, 7),
            capacity.Confidence is string confidence ? Styled("p", "quiet", Foreign(confidence, LongestText)) : null));

    private static object?[] Cells(SpaceCapacity capacity, CapacityProbe probe)
    {
        ProbeShare? share = ProbeShare.Of(probe);
        return
        [
            RunHeadline.Tag(probe.Verdict), ReportNumber.Count(probe.People),
            $"{ReportNumber.Count(probe.Misses)} of {ReportNumber.Count(probe.Answers)}",
            share is { } known ? $"{ProbeShare.Shown(known.Percent)} %" : ReportNumber.None, share?.Interval ?? ReportNumber.None,
            ReportNumber.Count(probe.QuestionsSpent), ReportNumber.Duration(probe.DurationSeconds),
            Styled("div", "wide-text",
                Foreign(probe.Reason, LongestText),
                Styled("div", "quiet", "run ", Foreign(probe.RunId, LongestText),
                    probe.Slo == capacity.Slo ? null : (object[])[", ", Foreign(probe.Slo, LongestText)])),
        ];
    }

    private static string Assumptions(SpaceCapacity capacity) => capacity.Model == "Open"
        ? "Questions arrive at random and wait in order where the rate limit does not accept them at once. Warehouse, model, data and the "
            + "other users of the workspace stay as they were when the answers were measured."
        : "People ask, wait for the answer, think, and ask again; with half the think time, about half as many people are supported. "
            + "Questions that the rate limit does not accept at once wait in order. A question misses the service level if it is answered "
            + "late, counted from the wish to ask, or not at all. Warehouse, model, data and the other users of the workspace "
            + "stay as they were.";
}
