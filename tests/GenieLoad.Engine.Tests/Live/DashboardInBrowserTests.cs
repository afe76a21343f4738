using System.Text.Json.Nodes;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Reports.Html;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Sessions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>
/// A dashboard as a browser shows it: on a phone and a screen, dark and light, while its run goes on and when it has ended.
/// </summary>
public sealed class DashboardInBrowserTests(HeadlessBrowser browser) : IClassFixture<HeadlessBrowser>
{
    private const string Content =
        "[...document.querySelectorAll('body > header, main > *, body > footer')].map(e => e.outerHTML.trim()).join('\\n')";

    private static readonly LiveLimits Fast = new() { Interval = TimeSpan.FromMilliseconds(50), Rest = 0 };

    [BrowserFact]
    public async Task A_test_is_watched_from_its_start_to_its_report_without_loading_the_page_again()
    {
        using TemporaryFolder temporary = new();
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { TimeScale = 0.5 });
        Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        Uri address = dashboard.Listen();
        browser.Events.Clear();
        await browser.OpenAsync(address.AbsoluteUri, 390);
        Assert.Equal($"http://127.0.0.1:{address.Port}/", (string?)await browser.EvaluateAsync("location.href"));
        await browser.EvaluateAsync("window.marker = 'still the same page'; 1");
        await Shows("h1", "The test has not begun");

        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            Overrides = new ScenarioOverrides { QuestionCount = 10, DurationSeconds = 4 }, Seed = 7, Store = new RunStore(temporary.Path),
            Options = new SessionOptions { Companions = [dashboard] },
        });
        session.Use([simulator.Connection()]);
        SessionListener watcher = new();
        Task running = session.RunAsync((_, time) => simulator.Open(time), watcher, CancellationToken.None);

        await Shows(".verdict", "● Running");
        // On a busy machine the page may show its first answer when there are several.
        await Shows(".verdict", " answered in full");
        await running.WaitAsync(TimeSpan.FromMinutes(2));
        await Shows("#live", "The test has ended. This is its report; it no longer needs the dashboard.");

        Assert.Empty(watcher.Warnings);
        Assert.Equal((RunState.Completed, 10), (watcher.Run!.State, watcher.Run.SuccessfulCount));
        Assert.Equal("still the same page", (string?)await browser.EvaluateAsync("window.marker"));
        Assert.Equal(
            [$"request {address.AbsoluteUri}", $"request http://127.0.0.1:{address.Port}/"], browser.Events.Take(2));
        Assert.Equal($"request http://127.0.0.1:{address.Port}/events?since=1", Assert.Single(browser.Events.Skip(2)));
        string shown = (string)(await browser.EvaluateAsync(Content))!;
        Assert.Equal($"{watcher.Run.Name}: No thresholds", (string?)await browser.EvaluateAsync("document.title"));

        string path = temporary.File("report.html");
        RunExport.Write(RunReader.Read(watcher.Run.RunPath!), path, overwrite: false);
        await browser.OpenAsync(path, 390);
        Assert.Equal((string?)await browser.EvaluateAsync(Content), shown);
    }

    [BrowserFact]
    public async Task What_is_open_stays_open_what_has_the_focus_keeps_it_and_nothing_jumps()
    {
        await using GrowingRun growing = new(20);
        await growing.FinishAsync(SampleRun.Success(1, 4), SampleRun.Success(2, 5));
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        await browser.OpenAsync(dashboard.Listen().AbsoluteUri, 1280);
        await Shows("#live", "Live, updated at ");
        await browser.EvaluateAsync(
            """
            (() => {
              const row = [...document.querySelectorAll('main > [aria-labelledby=questions] tbody tr')]
                .find(e => e.querySelector('bdi').textContent === 'q1');
              window.row = row;
              row.querySelector('details').open = true;
              const data = document.querySelector('figure details');
              window.data = data;
              data.open = true;
              row.querySelector('summary').focus();
              scrollTo(0, row.getBoundingClientRect().top + scrollY - 200);
              return 1;
            })()
            """);

        // The question itself moves in the list, and others come in.
        await growing.FinishAsync(
            SampleRun.Success(3, 9), SampleRun.Failure(4, Outcome.Failed, "X", "Y"),
            SampleRun.Success(5, 80) with { QuestionId = "q1", Question = "Question 1?" });
        await Shows(".verdict", "4 of 5 questions answered in full");
        await Shows("#said", "The test is running. 20 % of its questions have ended.");

        Assert.Equal("[true,true,true,true,\"q1\"]", (await browser.EvaluateAsync(
            """
            [row.isConnected && row.querySelector('details').open, data.isConnected && data.open,
             document.activeElement === row.querySelector('summary'), Math.abs(row.getBoundingClientRect().top - 200) < 120,
             row.querySelector('bdi').textContent]
            """))!.ToJsonString());
        Assert.Equal("[\"q4\",\"q1\",\"q3\"]", (await browser.EvaluateAsync(
            "[...document.querySelectorAll('main > [aria-labelledby=questions] tbody tr')].slice(0, 3)"
                + ".map(e => e.querySelector('bdi').textContent)"))!.ToJsonString());
    }

    [BrowserFact]
    public async Task It_reads_on_phone_and_screen_dark_and_light_while_it_runs()
    {
        await using GrowingRun growing = new(40, "P50ResponseSeconds < 30; SuccessRate >= 99");
        await growing.FinishAsync([.. Enumerable.Range(1, 30).Select(index =>
            index % 9 == 0 ? SampleRun.Failure(index, Outcome.Failed, "X", "Y") : SampleRun.Success(index, 3 + (index % 7)))]);
        await growing.SendAsync(31);
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        browser.Events.Clear();
        await browser.OpenAsync(dashboard.Listen().AbsoluteUri, 360);
        foreach ((int width, bool isDark) in ((int, bool)[])[(360, false), (360, true), (1280, false), (1280, true)])
        {
            await browser.OpenAsync($"http://127.0.0.1:{dashboard.Listen().Port}/", width, isDark);
            await Shows("#live", "Live, updated at ");
            Assert.Equal("[]", await JsonOf(ReportInBrowserTests.StickingOut));
            Assert.Equal("[]", await JsonOf(ReportInBrowserTests.UnreadableTexts));
            Assert.Equal("[]", await JsonOf(ReportInBrowserTests.BrokenWords));
            Assert.Equal(
                isDark ? "\"rgb(15, 19, 23)\"" : "\"rgb(245, 246, 248)\"",
                await JsonOf("getComputedStyle(document.body).backgroundColor"));
        }
        Assert.DoesNotContain(browser.Events, what => !what.StartsWith("request http://127.0.0.1:", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task It_is_read_with_the_keyboard_and_without_eyes()
    {
        await using GrowingRun growing = new(20, "SuccessRate >= 99");
        await growing.FinishAsync(SampleRun.Success(1, 4), SampleRun.Success(2, 5), SampleRun.Failure(3, Outcome.Failed, "X", "Y"));
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        await browser.OpenAsync(dashboard.Listen().AbsoluteUri, 1280);
        await Shows("#live", "Live, updated at ");

        JsonNode tree = await browser.CallAsync("Accessibility.getFullAXTree");
        JsonNode[] nodes = [.. tree["nodes"]!.AsArray().Where(node => (bool?)node!["ignored"] != true).Select(node => node!)];
        string[] nameless = [.. nodes.Where(node => Role(node) is "region" or "image" or "img" or "progressbar" or "progress" or "table"
                or "heading" or "DisclosureTriangle" && Name(node).Length == 0).Select(node => Role(node))];
        Assert.Empty(nameless);
        Assert.Contains(nodes, node => Role(node) is "progressbar" && Name(node) == "Questions that have ended");
        Assert.Contains(nodes, node => Role(node) == "status");
        Assert.Contains(nodes, node => Role(node) is "img" or "image" && Name(node).Contains("Response time", StringComparison.Ordinal));
        Assert.Equal("The test is running. 10 % of its questions have ended.", (string?)await browser.EvaluateAsync("said.textContent"));

        int wanted = (int)(await browser.EvaluateAsync(
            "window.places = [...document.querySelectorAll('summary, [tabindex]')].filter(e => e.checkVisibility()); places.length"))!;
        await browser.EvaluateAsync("document.activeElement.blur(); window.reached = new Set(); 1");
        for (int i = 0; i < wanted; i++)
        {
            foreach (string type in (string[])["rawKeyDown", "keyUp"])
                await browser.CallAsync("Input.dispatchKeyEvent", new JsonObject
                {
                    ["type"] = type, ["key"] = "Tab", ["code"] = "Tab", ["windowsVirtualKeyCode"] = 9,
                });
            await browser.EvaluateAsync("reached.add(document.activeElement); 1");
        }
        Assert.Equal("[]", await JsonOf("places.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 80))"));
        Assert.True(wanted > 10);
    }

    [BrowserFact]
    public async Task When_the_dashboard_is_gone_before_the_end_the_page_says_so_and_keeps_its_figures()
    {
        await using GrowingRun growing = new(4);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        using (Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System))
        {
            dashboard.Follow(growing.Path);
            await browser.OpenAsync(dashboard.Listen().AbsoluteUri, 390);
            await Shows("#live", "Live, updated at ");
        }

        await Shows("#live", "Not connected to the test: these are the figures of ");
        await Shows(".verdict", "1 of 1 question answered in full");
        await browser.OpenAsync("about:blank", 390);
    }

    [BrowserFact]
    public async Task Hostile_texts_that_come_while_it_runs_run_nothing_and_load_nothing()
    {
        await using GrowingRun growing = new(3);
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        browser.Events.Clear();
        await browser.OpenAsync(dashboard.Listen().AbsoluteUri, 360);
        await Shows("#live", "Live, updated at ");

        string text = Reports.ReportRun.Hostile + "<img src=/x onerror=alert(1)><svg onload=alert(2)>" + new string('x', 400);
        await growing.FinishAsync(
            SampleRun.Success(1, 4) with { Question = text, Sql = text }, SampleRun.Failure(2, Outcome.Failed, text, text));
        await Shows("main", "<img src=/x onerror=alert(1)>");

        Assert.DoesNotContain(browser.Events, what => !what.StartsWith("request http://127.0.0.1:", StringComparison.Ordinal));
        Assert.Equal("[1,0]", await JsonOf("[document.scripts.length, document.images.length]"));
        Assert.Equal("[]", await JsonOf(ReportInBrowserTests.StickingOut));
    }

    private static string Role(JsonNode node) => (string?)node["role"]?["value"] ?? "";

    private static string Name(JsonNode node) => (string?)node["name"]?["value"] ?? "";

    private async Task<string> JsonOf(string expression) => (await browser.EvaluateAsync(expression))!.ToJsonString();

    /// <summary>Waits until an element of the page has some words.</summary>
    private async Task Shows(string selector, string words)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        string shown = "";
        while (!limit.IsCancellationRequested)
        {
            shown = (string?)await browser.EvaluateAsync(
                $"(document.querySelector({JsonValue.Create(selector)!.ToJsonString()})?.textContent ?? '').replace(/\\s+/g, ' ')") ?? "";
            if (shown.Contains(words, StringComparison.Ordinal))
                return;
            await Task.Delay(20);
        }
        Assert.Contains(words, shown, StringComparison.Ordinal);
    }
}
