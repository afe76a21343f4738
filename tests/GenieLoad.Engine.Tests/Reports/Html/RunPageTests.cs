using System.Globalization;
using AngleSharp.Dom;
using GenieLoad.Engine.Reports.Html;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports.Html;

public sealed class RunPageTests
{
    public static TheoryData<string> Runs => ["many", "one answer", "no answer", "nothing asked", "nothing planned", "hostile", "no texts"];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_page_is_sound_safe_and_readable_whatever_the_run(string name) =>
        ParsedPage.Of(Run(name), "P50ResponseSeconds < 30").MustBeSound();

    private static LoadRun Run(string name) => name switch
    {
        "many" => ReportRun.Of(150, warmUps: 5),
        "one answer" => SampleRun.Summarize(1, SampleRun.Success(1, 4.2)),
        "no answer" => SampleRun.Summarize(
            2, SampleRun.Failure(1, Outcome.Throttled, null), SampleRun.Failure(2, Outcome.Failed, "X", "Y")),
        "nothing asked" => SampleRun.Summarize(3),
        "nothing planned" => SampleRun.Summarize(0),
        "hostile" => Hostile(ReportRun.Hostile),
        _ => ReportRun.Of(40, change: row => ReportRun.With(row, question: "", sql: "", errorText: "")),
    };

    /// <summary>A run in which every text that comes from elsewhere is another.</summary>
    private static LoadRun Hostile(string text) => ReportRun.Of(40, change: row => ReportRun.With(
        row, question: text, sql: text, errorText: text, errorType: text, questionId: $"q{row.Index % 10}{text}"));

    [Fact]
    public void Hostile_texts_change_nothing_but_texts()
    {
        ParsedPage hostile = ParsedPage.Of(Hostile(ReportRun.Hostile));
        ParsedPage tame = ParsedPage.Of(Hostile("What was the revenue?"));

        Assert.Equal(tame.ElementNames, hostile.ElementNames);
        Assert.Contains("</style></script><script>alert('x')</script>", hostile.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩gnp.exe ⟨U+0000⟩⟨U+0001⟩", hostile.Document.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_of_the_warehouse_are_drawn_where_there_were_several_looks()
    {
        LoadRun run = ReportRun.Of(40);
        WarehouseSample[] looks = [.. new[] { (0, "STOPPED", 0), (20, "RUNNING", 1), (40, ReportRun.Hostile, 3) }.Select(look =>
            new WarehouseSample { OffsetSeconds = look.Item1, WarehouseId = "w1", State = look.Item2, Clusters = look.Item3 })];

        ParsedPage page = ParsedPage.Of(run with { WarehouseSamples = new RowList<WarehouseSample>(looks) });
        ParsedPage once = ParsedPage.Of(run with { WarehouseSamples = new RowList<WarehouseSample>(looks[..1]) });

        page.MustBeSound();
        Assert.Equal(["0", "1", "3"], page.Table("Clusters of the SQL warehouse").Select(row => row[1]));
        Assert.NotNull(page.Document.QuerySelector("svg[aria-labelledby=warehouse-1-wide-name]"));
        Assert.DoesNotContain("Clusters of the SQL warehouse", once.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Headline_figures_leave_the_warm_up_out_and_those_of_too_few_answers_say_what_they_lack()
    {
        LoadRun run = ReportRun.Of(120, warmUps: 20);
        ParsedPage page = ParsedPage.Of(run);

        string[] cards = [.. page.Document.QuerySelectorAll(".card").Select(card => card.TextContent)];
        Assert.Contains(run.P50ResponseSeconds!.Value.ToString("0.00", CultureInfo.InvariantCulture), cards[0], StringComparison.Ordinal);
        Assert.Contains("90 of 368 answers needed", page.Text(".card.weak"), StringComparison.Ordinal);
        Assert.Contains("90 of 100 questions answered in full. 20 more warmed up", page.Text(".verdict"), StringComparison.Ordinal);
        Assert.Equal(90, page.Table("Distribution of response times").Sum(row => int.Parse(row[2], CultureInfo.InvariantCulture)));
        Assert.Contains("Warm-up", page.Document.QuerySelector("#latency-wide-text")!.ParentElement!.ParentElement!.TextContent,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P50ResponseSeconds < 60", "pass", "✓ Passed")]
    [InlineData("P50ResponseSeconds < 1", "fail", "✕ Failed")]
    [InlineData("P99ResponseSeconds < 60", "undecided", "? Undecided")]
    public void The_verdict_is_told_by_sign_word_and_colour(string threshold, string style, string words)
    {
        ParsedPage page = ParsedPage.Of(ReportRun.Of(40), threshold);

        Assert.Equal(words, page.Text($".verdict.{style} strong"));
        Assert.Contains(threshold, page.Table("Thresholds")[0], StringComparer.Ordinal);
    }

    [Fact]
    public void Modes_are_said_and_compared_where_not_all_questions_were_in_chat_mode()
    {
        ParsedPage mixed = ParsedPage.Of(ReportRun.Mixed());
        ParsedPage chat = ParsedPage.Of(ReportRun.Of(40));

        Assert.Equal([("Chat", "28 of 30"), ("Agent", "8 of 10")], mixed.Table("Response times by mode").Select(row => (row[0], row[1])));
        Assert.Equal("Chat 75 %, Agent 25 %", ModeOf(mixed));
        Assert.Null(ModeOf(chat));
        Assert.Empty(chat.Document.QuerySelectorAll("#modes"));

        Assert.NotNull(Fact(mixed, "Polling"));
        LoadRun agent = ReportRun.Of(40, change: row => row with { Mode = QuestionMode.Agent, ThinkingSeconds = 18 });
        ParsedPage only = ParsedPage.Of(agent with { Plan = SampleRun.InModes(agent.Plan, QuestionMode.Agent) });
        Assert.Equal((null, "P50/P90 in s: thinking 18.0/18.0"), (Fact(only, "Polling"), Fact(only, "Agent mode")));

        static string? ModeOf(ParsedPage page) => Fact(page, "Mode");

        static string? Fact(ParsedPage page, string fact) => page.Document.QuerySelectorAll("dl.facts dt")
            .FirstOrDefault(name => name.TextContent == fact)?.NextElementSibling?.TextContent;
    }

    [Fact]
    public void Every_question_is_a_point_with_a_shape_for_what_became_of_it()
    {
        LoadRun run = ReportRun.Of(70, warmUps: 2);
        IElement chart = ParsedPage.Of(run).Document.QuerySelector("svg.wide[aria-labelledby=latency-wide-name]")!;

        Assert.Equal(2, chart.QuerySelectorAll(".point.warm").Length);
        Assert.Equal(7, chart.QuerySelectorAll(".point.failed").Length);
        Assert.Equal(9, chart.QuerySelectorAll(".point.throttled").Length);
        Assert.Equal(52, chart.QuerySelectorAll(".point.answered").Length);
    }

    [Fact]
    public void The_time_axis_of_the_response_times_ends_with_the_plan_or_with_a_run_that_was_over_before()
    {
        // 40 questions over 32 s, of which the last answers came long after the plan's end.
        LoadRun late = ReportRun.Of(40, change: row => new QuestionResult
        {
            Index = row.Index, QuestionId = row.QuestionId, Question = row.Question, Outcome = Outcome.Completed, PlannedAt = row.PlannedAt,
            ResponseSeconds = 600, PlannedOffsetSeconds = row.PlannedOffsetSeconds, StartedOffsetSeconds = row.PlannedOffsetSeconds,
            CompletedOffsetSeconds = row.PlannedOffsetSeconds + 600,
        });
        Assert.Equal(32, late.Plan.DurationSeconds);
        Assert.Equal("30 s", LastMark(late));

        // Stopped after five of a hundred questions.
        LoadRun stopped = ReportRun.Of(100, change: row => row.Index <= 5 ? row : new QuestionResult
        {
            Index = row.Index, QuestionId = row.QuestionId, Question = row.Question, Outcome = Outcome.NotStarted,
            PlannedAt = row.PlannedAt, PlannedOffsetSeconds = row.PlannedOffsetSeconds,
        });
        double end = stopped.Results.Max(row => row.CompletedOffsetSeconds) ?? 0;
        Assert.InRange(end, 5, 30);
        Assert.InRange(double.Parse(LastMark(stopped).Split(' ')[0], CultureInfo.InvariantCulture), end / 2, end);

        static string LastMark(LoadRun run) => ParsedPage.Of(run).Document.QuerySelectorAll("svg.wide[aria-labelledby^=latency] text.tick")
            .Last(mark => mark.GetAttribute("text-anchor") == "middle").TextContent;
    }

    [Fact]
    public void Ten_thousand_questions_make_a_page_that_opens_and_says_what_is_left_out()
    {
        LoadRun run = ReportRun.Of(10_000, change: row => ReportRun.With(row, questionId: $"q{row.Index}"));
        ParsedPage page = ParsedPage.Of(run);

        page.MustBeSound();
        Assert.InRange(page.Length, 100_000, 700_000);
        IHtmlCollection<IElement> points = page.Document.QuerySelectorAll("svg.wide .point");
        Assert.InRange(points.Length, 900, 1000);
        Assert.Contains($"{points.Length} of 10\u00A0000 are drawn", page.Document.Body!.TextContent, StringComparison.Ordinal);
        double slowest = run.Results.Max(row => row.ResponseSeconds!.GetValueOrDefault());
        Assert.Contains(
            points, point => point.TextContent.Contains(slowest.ToString("0.00", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Contains("and 9\u00A0950 more", page.Document.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_each_tenth_add_up_to_its_response_time()
    {
        ParsedPage page = ParsedPage.Of(ReportRun.Of(150));

        string[][] rows = page.Table("Where the time goes");
        Assert.Equal(11, rows.Length);
        foreach (string[] row in rows)
        {
            double[] seconds = [.. row.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(seconds[^1], seconds[..^1].Sum(), 0.05);
        }

        double[] totals = [.. rows.SkipLast(1).Select(row => double.Parse(row[^1], CultureInfo.InvariantCulture))];
        Assert.Equal(totals.Order(), totals);
    }

    [Fact]
    public void Where_statements_are_known_the_parts_on_the_server_add_up_for_each_tenth_as_well()
    {
        const string Table = "Where the time goes on the server";
        LoadRun unknown = ReportRun.Of(150, change: row => row with { ServerSeconds = row.ServiceSeconds });
        Assert.DoesNotContain(Table, ParsedPage.Of(unknown).Source, StringComparison.Ordinal);

        ParsedPage page = ParsedPage.Of(ReportRun.Of(150, change: row => row with
        {
            ServerSeconds = row.ServiceSeconds, StatementState = StatementState.Known,
            ModelBeforeSeconds = 0.3 * row.ServiceSeconds, WarehouseStartSeconds = row.Index < 20 ? 0.1 * row.ServiceSeconds : 0,
            WarehouseQueueSeconds = 0.1 * row.ServiceSeconds, CompileSeconds = 0.05 * row.ServiceSeconds,
            ExecuteSeconds = 0.2 * row.ServiceSeconds, ResultFetchSeconds = 0.05 * row.ServiceSeconds,
            ModelAfterSeconds = 0.1 * row.ServiceSeconds,
            StatementResidualSeconds = (row.Index < 20 ? 0.1 : 0.2) * row.ServiceSeconds,
        }));

        string[][] rows = page.Table(Table);
        Assert.Equal(11, rows.Length);
        foreach (string[] row in rows)
        {
            double[] seconds = [.. row.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(10, seconds.Length);
            Assert.Equal(seconds[^1], seconds[..^1].Sum(), 0.05);
        }
    }

    [Fact]
    public void Time_that_no_part_explains_is_shown_as_such()
    {
        QuestionResult row = SampleRun.Success(1, 10);

        Assert.Equal(10, TimePart.All.Sum(part => part.Of(row)), 9);
        Assert.Equal(10 - 0.25 - 5 - 0.001, TimePart.All[^1].Of(row), 9);
    }

    [Fact]
    public void Questions_come_slowest_first_with_their_sql_and_those_without_text_say_so()
    {
        ParsedPage page = ParsedPage.Of(ReportRun.Of(40));

        string[][] rows = page.Table("Questions, slowest first");
        Assert.StartsWith("q0 What was the revenue of region 0", rows[0][0], StringComparison.Ordinal);
        Assert.Equal("never", rows[0][2]);
        double[] medians = [.. rows.Skip(1).Select(row => double.Parse(row[2], CultureInfo.InvariantCulture))];
        Assert.Equal(medians.OrderDescending(), medians);
        Assert.Contains("WHERE region = 7",
            page.Document.QuerySelectorAll("pre").Select(pre => pre.TextContent).First(sql => sql.Contains('7')), StringComparison.Ordinal);
        Assert.Contains("(text left out)", ParsedPage.Of(Run("no texts")).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_come_with_an_example_and_a_request_to_name_to_the_support_desk()
    {
        string[][] rows = ParsedPage.Of(ReportRun.Of(40)).Table("Failures by cause");

        string[] sql = rows.Single(row => row[0].Contains("SQL_EXECUTION_EXCEPTION", StringComparison.Ordinal));
        Assert.Contains("Column `totl` cannot be resolved. for example request req-20", sql[0], StringComparison.Ordinal);
        Assert.Equal("2", sql[1]);
    }

    [Fact]
    public void Repeated_calls_are_counted_where_their_question_was_sent()
    {
        string[][] rows = ParsedPage.Of(ReportRun.Of(70)).Table("Repeated calls over the run");

        Assert.Equal(30, rows.Sum(row => int.Parse(row[1], CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.Equal("0", row[2]));
        Assert.Contains("No call was repeated", ParsedPage.Of(SampleRun.Summarize(1)).Document.Body!.TextContent, StringComparison.Ordinal);
    }
}
