using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A run as a page that a person reads: on a screen, a phone or paper.</summary>
internal static class RunPage
{
    private const int MostStretches = 60;
    private const int FewestStretches = 6;

    // Fewer questions in a stretch make its rate jump from one to the next for no reason.
    private const int QuestionsPerStretch = 5;

    /// <summary>Writes the page.</summary>
    public static void Write(LoadRun run, ReportOptions options, Stream stream)
    {
        RunVerdict verdict = RunVerdict.Of(run, options);
        IReadOnlyList<IntervalFigures> series = Series(run);
        ReportPage.Write(
            $"{run.Name}: {verdict.Word}",
            [
                RunHeadline.Header(run, verdict),
                Element("main",
                    RunHeadline.Figures(run),
                    RunHeadline.Thresholds(verdict),
                    Element("section",
                        Attribute("aria-labelledby", "times"),
                        Element("h2", Attribute("id", "times"), "Response times"),
                        LatencyFigure.Of(run, series),
                        DistributionFigures.Of(run),
                        TimeFigure.Of(run)),
                    series.Count == 0 ? null : Element("section",
                        Attribute("aria-labelledby", "load"),
                        Element("h2", Attribute("id", "load"), "Load"),
                        LoadFigures.Rates(run, series),
                        LoadFigures.Retries(run, series) ?? Styled("p", "quiet", "No call was repeated: neither the rate limit nor a fault got in the way.")),
                    QuestionTable.Questions(run),
                    QuestionTable.Failures(run),
                    SetupFacts.Of(run)),
                Element("footer", $"Made by GenieLoad {Version} from run {ReportText.OneLine(run.RunId, 200)}. What each figure means: docs/figures.md."),
            ],
            stream);
    }

    private static string Version => typeof(RunPage).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The run in stretches of equal length, few enough to be read.</summary>
    private static IReadOnlyList<IntervalFigures> Series(LoadRun run)
    {
        double end = RunSeries.EndSeconds(run.Results);
        int count = Math.Clamp(run.Results.Count / QuestionsPerStretch, FewestStretches, MostStretches);
        return RunSeries.Of(run.Results, LinearScale.TimeStep(Math.Max(end, 1) / count));
    }
}
