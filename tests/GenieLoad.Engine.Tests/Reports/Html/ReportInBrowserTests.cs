using System.Text.Json.Nodes;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Verdicts;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports.Html;

/// <summary>Reports as a browser shows them, on a phone, a screen and paper.</summary>
public sealed class ReportInBrowserTests(HeadlessBrowser browser) : IClassFixture<HeadlessBrowser>, IDisposable
{
    // Elements that a screen shows and that stick out of it; what scrolls in a box of its own does not.
    internal const string StickingOut =
        """
        [document.documentElement.scrollWidth > innerWidth ? 'the page scrolls sideways: ' + document.documentElement.scrollWidth : null,
         ...[...document.querySelectorAll('h1, h2, p, figure, .card, .facts, .panel, .verdict, pre')]
           .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 0.5)
           .map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 40))].filter(x => x)
        """;

    // Texts of charts that are cut off, or too small to read.
    internal const string UnreadableTexts =
        """
        [...document.querySelectorAll('svg text')].filter(e => e.checkVisibility()).map(e => {
          const box = e.getBoundingClientRect(), chart = e.ownerSVGElement.getBoundingClientRect();
          if (box.left < chart.left - 1 || box.right > chart.right + 1 || box.bottom > chart.bottom + 1) return 'cut off: ' + e.textContent;
          return box.height < 8.5 ? 'small: ' + e.textContent + ' ' + box.height : null;
        }).filter(x => x)
        """;

    // Words that go on in the next line; what is longer than any word (an address, a hash) may.
    internal const string BrokenWords =
        """
        (() => {
          const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!element.checkVisibility() || element.closest('svg, pre, .unseen, .endless')) continue;
            for (const word of node.data.matchAll(/[\p{L}\p{N}_]+/gu)) {
              if (word[0].length > 32) continue;
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push('broken: ' + word[0]);
            }
          }
          return broken;
        })()
        """;

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [BrowserFact]
    public async Task A_run_reads_on_phone_screen_and_paper_and_asks_for_nothing()
    {
        string path = _temporary.File("run.html");
        RunExport.Write(
            ReportRun.Of(150, warmUps: 5, thresholds: "P50ResponseSeconds < 30; P99ResponseSeconds < 60"), path, overwrite: false);

        await MustReadEverywhere(path);
    }

    [BrowserFact]
    public async Task Small_empty_and_large_runs_read_as_well()
    {
        (string Name, LoadRun Run)[] runs =
        [
            ("one", SampleRun.Summarize(1, SampleRun.Success(1, 4.2))),
            ("none", SampleRun.Summarize(2, SampleRun.Failure(1, Outcome.Throttled, null))),
            ("large", ReportRun.Of(10_000)),
        ];
        foreach ((string name, LoadRun run) in runs)
        {
            string path = _temporary.File(name + ".html");
            RunExport.Write(run, path, overwrite: false);
            await MustReadEverywhere(path);
        }
    }

    [BrowserFact]
    public async Task Hostile_texts_run_nothing_load_nothing_and_widen_nothing()
    {
        string text = ReportRun.Hostile + new string('x', 400);
        string path = _temporary.File("hostile.html");
        RunExport.Write(
            ReportRun.Of(40, change: row => ReportRun.With(
                row, question: text, sql: text, errorText: text, errorType: text, questionId: $"q{row.Index % 10}{text}")),
            path, overwrite: false);

        await MustReadEverywhere(path);
        Assert.Equal(0, (int)(await browser.EvaluateAsync("document.scripts.length + document.images.length"))!);
    }

    [BrowserFact]
    public async Task A_comparison_reads_on_phone_screen_and_paper()
    {
        string path = _temporary.File("compare.html");
        ComparisonOptions quick = new() { MaximumResampleCount = 300 };
        RunComparison slower = RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100, factor: 1.5), quick);
        RunComparison few = RunComparer.Compare(
            SyntheticRun.Draw(1, 100), SyntheticRun.Draw(3, 12, questionPrefix: ReportRun.Hostile), quick);
        ComparisonExport.Write([slower, few], path, overwrite: false);

        await MustReadEverywhere(path);
    }

    [BrowserFact]
    public async Task A_capacity_reads_on_phone_screen_and_paper()
    {
        SpaceCapacity[] capacities =
        [
            SampleCapacity.Measured, SampleCapacity.Predicted(2), SampleCapacity.Predicted(71), SampleCapacity.Open, SampleCapacity.Hostile,
        ];
        foreach (SpaceCapacity capacity in capacities)
        {
            string path = _temporary.File("capacity.html");
            CapacityExport.Write(capacity, path, overwrite: true);
            await MustReadEverywhere(path);
        }
    }

    private async Task MustReadEverywhere(string path)
    {
        browser.Events.Clear();
        (int Width, bool IsDark, bool IsPaper)[] media = [
            (390, false, false), (390, true, false), (768, false, false), (1280, true, false), (718, false, true)];
        foreach ((int width, bool isDark, bool isPaper) in media)
        {
            await browser.OpenAsync(path, width, isDark, isPaper);
            Assert.Empty(Texts(await browser.EvaluateAsync(StickingOut)));
            Assert.Empty(Texts(await browser.EvaluateAsync(UnreadableTexts)));
            Assert.Empty(Texts(await browser.EvaluateAsync(BrokenWords)));
            await browser.EvaluateAsync("document.querySelectorAll('details').forEach(e => e.open = true)");
            Assert.Empty(Texts(await browser.EvaluateAsync(StickingOut)));
        }

        Assert.Equal(media.Select(_ => $"request {new Uri(path).AbsoluteUri}"), browser.Events);
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];
}
