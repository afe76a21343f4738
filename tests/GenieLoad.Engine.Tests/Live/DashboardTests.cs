using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Html;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Reports;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>What a dashboard shows, and when, over real sockets.</summary>
public sealed class DashboardTests
{
    private static readonly LiveLimits Fast = new() { Interval = TimeSpan.FromMilliseconds(20), Rest = 0 };

    [Fact]
    public async Task The_page_is_that_of_the_report_and_updates_bring_what_has_changed_and_nothing_else()
    {
        await using GrowingRun growing = new(4);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();

        string page = await visitor.ReadPageAsync();
        Assert.Equal(Body(Report(RunReader.Read(growing.Path))), Body(page));

        using EventReader events = await visitor.ListenAsync(VersionOf(page));
        await growing.FinishAsync(SampleRun.Success(2, 40));
        JsonNode update = await UpdateWith(events, "2 of 2 questions answered in full");
        string html = (string)update["html"]!;
        Assert.Contains("<header>", html, StringComparison.Ordinal);
        Assert.Contains("aria-labelledby=\"times\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-labelledby=\"failures\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<footer>", html, StringComparison.Ordinal);
        Assert.Equal(
            ["figures", "times", "load", "questions", "failures", "setup"], update["keys"]!.AsArray().Select(key => (string)key!));
        Assert.Equal("high_load_35q_30s: Running", (string)update["title"]!);
    }

    [Fact]
    public async Task It_ends_as_the_very_report_that_the_run_is_exported_to()
    {
        await using GrowingRun growing = new(3, "SuccessRate >= 99");
        Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.OnBegin(new RunBeginning("id", growing.Path, SampleRun.Plan(3)), _ => { });
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        string page = await visitor.ReadPageAsync();
        using EventReader events = await visitor.ListenAsync(VersionOf(page));
        await growing.FinishAsync(SampleRun.Success(1, 4), SampleRun.Success(2, 40), SampleRun.Failure(3, Outcome.Failed, "X"));
        LoadRun run = await growing.EndAsync();

        Task end = dashboard.EndAsync(run);
        Dictionary<string, string> shown = PiecesOf(page);
        (string Id, string Name, string Data)? next;
        bool isOver = false;
        while ((next = await events.NextAsync()) is { Name: "update" } update)
        {
            JsonNode change = JsonNode.Parse(update.Data)!;
            isOver = (bool)change["over"]!;
            foreach ((string key, string piece) in PiecesOf((string)change["html"]!))
                shown[key] = piece;
            Assert.Equal(shown.Keys.Except(["header", "footer"]).Order(), change["keys"]!.AsArray().Select(key => (string)key!).Order());
        }

        Assert.Equal("end", next?.Name);
        Assert.Null(await events.NextAsync());
        Assert.True(isOver);
        Assert.Equal(PiecesOf(Report(run)).OrderBy(piece => piece.Key), shown.OrderBy(piece => piece.Key));
        await end.WaitAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.GetAsync("/"));
    }

    [Fact]
    public async Task A_run_of_another_process_is_followed_from_its_folder_until_it_has_ended()
    {
        await using GrowingRun growing = new(1);
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        using EventReader events = await visitor.ListenAsync();
        Assert.Contains("0 of 0 questions", (string)(await events.UpdateAsync())["html"]!, StringComparison.Ordinal);

        await growing.FinishAsync(SampleRun.Success(1, 4));
        await growing.EndAsync();

        JsonNode last = await UpdateWith(events, "No thresholds");
        Assert.True((bool)last["over"]!);
        Assert.StartsWith("The test has ended. ", (string)last["said"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dashboard_that_is_closed_while_the_run_goes_on_elsewhere_does_not_say_that_it_has_ended()
    {
        await using GrowingRun growing = new(2);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        using EventReader events = await visitor.ListenAsync();
        await events.UpdateAsync();

        await dashboard.EndAsync(null);

        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task A_page_that_is_being_opened_when_the_test_ends_gets_its_report_too()
    {
        await using GrowingRun growing = new(1);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        Dashboard dashboard = new(0, Fast with { Farewell = TimeSpan.FromDays(1) }, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        int version = VersionOf(await visitor.ReadPageAsync());

        Task end = dashboard.EndAsync(await growing.EndAsync());
        using EventReader events = await visitor.ListenAsync(version);

        Assert.True((bool)(await events.UpdateAsync())["over"]!);
        Assert.Equal("end", (await events.NextAsync())?.Name);
        await end.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_test_whose_dashboard_nobody_opened_does_not_wait_for_anybody()
    {
        await using GrowingRun growing = new(1);
        Dashboard dashboard = new(0, Fast with { Farewell = TimeSpan.FromDays(1) }, TimeProvider.System);
        dashboard.Follow(growing.Path);
        dashboard.Listen();

        await dashboard.EndAsync(await growing.EndAsync()).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_page_has_no_script_but_ours_and_a_piece_of_it_has_none()
    {
        System.Xml.Linq.XElement other = new("script", "alert(1)");
        using MemoryStream stream = new();

        System.Xml.Linq.XElement own = new("script", LiveScript.Text);
        Assert.Throws<InvalidOperationException>(() => HtmlWriter.Fragment(new("div", own)));
        Assert.Throws<InvalidOperationException>(() => ReportPage.Write("x", [own], stream));
        Assert.Throws<InvalidOperationException>(() => ReportPage.Write("x", [other], stream, LiveScript.Text));
        ReportPage.Write("x", [], stream, LiveScript.Text);
    }

    [Fact]
    public async Task A_test_that_never_began_leaves_a_page_that_waits()
    {
        Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();

        Assert.Contains("The test has not begun", await visitor.ReadPageAsync(), StringComparison.Ordinal);
        await dashboard.EndAsync(null);
    }

    [Fact]
    public async Task Who_was_away_gets_all_that_changed_meanwhile_and_who_comes_from_another_dashboard_gets_everything()
    {
        await using GrowingRun growing = new(3);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        int version = VersionOf(await visitor.ReadPageAsync());
        await growing.FinishAsync(SampleRun.Success(2, 4));

        using EventReader back = await visitor.ListenAsync(0, ("Last-Event-ID", $"{version}"));
        Assert.DoesNotContain("<footer>", (string)(await back.UpdateAsync())["html"]!, StringComparison.Ordinal);
        using EventReader stranger = await visitor.ListenAsync(999);
        Assert.Contains("<footer>", (string)(await stranger.UpdateAsync())["html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_draws_only_while_somebody_looks_only_what_is_new_and_at_most_every_two_seconds()
    {
        FakeTimeProvider time = new();
        await using GrowingRun growing = new(4);
        using Dashboard dashboard = new Dashboard(0, new LiveLimits(), time);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, dashboard.DrawCount);

        await visitor.ReadPageAsync();
        await growing.FinishAsync(SampleRun.Success(1, 4));
        await visitor.ReadPageAsync();
        Assert.Equal(1, dashboard.DrawCount);
        time.Advance(TimeSpan.FromSeconds(2));
        await visitor.ReadPageAsync();
        Assert.Equal(2, dashboard.DrawCount);
        time.Advance(TimeSpan.FromMinutes(1));
        await visitor.ReadPageAsync();
        Assert.Equal(2, dashboard.DrawCount);
    }

    [Fact]
    public async Task After_a_page_that_took_long_it_rests_twenty_times_as_long()
    {
        FakeTimeProvider time = new();
        await using GrowingRun growing = new(4);
        using LiveReport report = new(new LiveLimits(), time) { WhenDrawn = () => time.Advance(TimeSpan.FromSeconds(1)) };
        report.Follow(growing.Path);
        await report.CurrentAsync();
        await growing.FinishAsync(SampleRun.Success(1, 4));

        time.Advance(TimeSpan.FromSeconds(19));
        await report.CurrentAsync();
        Assert.Equal(1, report.DrawCount);
        time.Advance(TimeSpan.FromSeconds(1));
        await report.CurrentAsync();
        Assert.Equal(2, report.DrawCount);
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_is_one_warning_and_what_was_shown_stays()
    {
        await using GrowingRun growing = new(2);
        await growing.FinishAsync(SampleRun.Success(1, 4));
        List<string> warnings = [];
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.OnBegin(new RunBeginning("id", growing.Path, SampleRun.Plan(2)), warnings.Add);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        string page = await visitor.ReadPageAsync();
        await File.WriteAllTextAsync(growing.Folder.PlanPath, "{");
        await Wait.Until(() => visitor.ReadPageAsync().GetAwaiter().GetResult().Length > 0 && warnings.Count > 0);

        int drawn = dashboard.DrawCount;
        await File.AppendAllTextAsync(growing.Folder.PlanPath, "{");
        await Wait.Until(() => visitor.ReadPageAsync().GetAwaiter().GetResult().Length > 0 && dashboard.DrawCount > drawn);
        Assert.Equal(Body(page), Body(await visitor.ReadPageAsync()));
        Assert.StartsWith("The dashboard cannot show the run: ", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_stay_texts_in_page_and_events()
    {
        await using GrowingRun growing = new(2, change: question => question with { Text = ReportRun.Hostile });
        await growing.FinishAsync(SampleRun.Success(1, 4) with { Question = ReportRun.Hostile, Sql = ReportRun.Hostile });
        using Dashboard dashboard = new Dashboard(0, Fast, TimeProvider.System);
        dashboard.Follow(growing.Path);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();

        IDocument page = new HtmlParser().ParseDocument(await visitor.ReadPageAsync());
        using EventReader events = await visitor.ListenAsync();
        string html = (string)(await events.UpdateAsync())["html"]!;

        Assert.Single(page.QuerySelectorAll("script"));
        Assert.Contains("<script>alert('x')</script>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(new HtmlParser().ParseDocument(html).QuerySelectorAll("script, img, iframe, a, link"));
    }

    /// <summary>Reads on until an update has some words.</summary>
    private static async Task<JsonNode> UpdateWith(EventReader events, string words)
    {
        while (true)
        {
            JsonNode update = await events.UpdateAsync();
            if (((string)update["html"]!).Contains(words, StringComparison.Ordinal))
                return update;
        }
    }

    private static string Report(LoadRun run)
    {
        using MemoryStream stream = new();
        HtmlReport.Write(run, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static int VersionOf(string page) => int.Parse(
        Regex.Match(page, "data-version=\"([0-9]+)\"").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a page has in its body, but for what only the dashboard has.</summary>
    private static string Body(string page) => string.Join('\n', PiecesOf(page).Values);

    private static Dictionary<string, string> PiecesOf(string html)
    {
        IDocument page = new HtmlParser().ParseDocument(html);
        return page.QuerySelectorAll("body > header, main > *, body > footer").ToDictionary(
            piece => piece.GetAttribute("aria-labelledby") ?? piece.LocalName, piece => piece.OuterHtml.Trim());
    }
}
