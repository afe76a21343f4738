using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A run as a page that a person reads: on a screen, a phone or paper.</summary>
internal static class RunPage
{
    /// <summary>Writes the page.</summary>
    public static void Write(LoadRun run, ReportOptions options, Stream stream)
    {
        (string title, IReadOnlyList<XElement> content) = Of(run, options);
        ReportPage.Write(title, content, stream);
    }

    /// <summary>Title and content of the page: its header, its sections in a main element, and its footer.</summary>
    public static (string Title, IReadOnlyList<XElement> Content) Of(LoadRun run, ReportOptions options)
    {
        RunVerdict verdict = RunVerdict.Of(run, options);
        RunStretches stretches = RunStretches.Of(run);
        return (
            $"{run.Name}: {verdict.Word}",
            [
                RunHeadline.Header(run, verdict),
                Element("main",
                    RunHeadline.Figures(run, verdict),
                    RunHeadline.Thresholds(run, verdict),
                    Element("section",
                        Attribute("aria-labelledby", "times"),
                        Element("h2", Attribute("id", "times"), "Response times"),
                        LatencyFigure.Of(run, stretches),
                        DistributionFigures.Of(run),
                        TimeFigure.OfResponse(run),
                        TimeFigure.OfServer(run)),
                    stretches.All.Count == 0 ? null : Element("section",
                        Attribute("aria-labelledby", "load"),
                        Element("h2", Attribute("id", "load"), "Load"),
                        LoadFigures.Rates(run, stretches),
                        LoadFigures.Retries(run, stretches) ?? Styled(
                            "p", "quiet", "No call was repeated: there were no 429s and no faults."),
                        WarehouseFigures.Of(run, stretches)),
                    ModeTable.Of(run),
                    ShardTable.Of(run),
                    AnswerTable.Of(run),
                    EvaluationTable.Of(run),
                    QuestionTable.Questions(run),
                    QuestionTable.Failures(run),
                    SetupFacts.Of(run)),
                Element("footer", $"Made by GenieLoad {Version} from run {ReportText.OneLine(run.RunId, 200)}. "
                    + "What each figure means: docs/figures.md."),
            ]);
    }

    private static string Version => typeof(RunPage).Assembly.GetName().Version!.ToString(fieldCount: 3);
}
