using GenieLoad.Engine.Live.Terminal;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Live.Terminal;

public sealed class LiveFrameTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 14, 0, 0, DateTimeKind.Local);

    private static RunProgress Progress => new()
    {
        Planned = 100, Waiting = 3, InFlight = 7, Throttled = 2, ThrottleSeconds = 80, Succeeded = 40, Failed = 2, LeftOut = 1,
        InFlightByStatus = new Dictionary<string, int> { ["ASKING_AI"] = 5, ["EXECUTING_QUERY"] = 2 }, ElapsedSeconds = 400,
        RemainingSeconds = 600, WorkerCount = 10, QuestionsPerMinute = 6,
    };

    [Fact]
    public void What_goes_on_is_said_in_numbers()
    {
        RunBudget budget = new()
        {
            MaximumQuestions = 60, MaximumDurationSeconds = 900, MaximumFailures = 5, MaximumFailurePercent = 20,
            MaximumThrottleSeconds = 300,
        };
        string text = string.Join('\n', Frame(Some(), budget).Draw(150, 40, new LiveFoot("Running", "Changed.", Keys: LiveKeys.Help), Now));

        Assert.Contains("Running  06:40", text, StringComparison.Ordinal);
        Assert.Contains("43 %  43 of 100, about 10 min left (until 14:10)", text, StringComparison.Ordinal);
        Assert.Contains("7 of 10: 5 ASKING_AI, 2 EXECUTING_QUERY", text, StringComparison.Ordinal);
        Assert.Contains("3, at most 6 questions a minute", text, StringComparison.Ordinal);
        Assert.Contains("P50 20.50 s (14.00\u201327.00)", text, StringComparison.Ordinal);
        Assert.Contains("P90 36.10 s (32.00\u201340.00)", text, StringComparison.Ordinal);
        Assert.Contains("4 retries of ended questions, 1 min 20 s lost, 2 waiting now", text, StringComparison.Ordinal);
        Assert.Contains("40 Completed, 2 Failed", text, StringComparison.Ordinal);
        Assert.Contains(
            "49 of 60 questions, 6 min 40 s of 15 min, 2 of 5 failures, 4.8 of 20 % failures, 1 min 20 s of 5 min lost to 429s", text,
            StringComparison.Ordinal);
        Assert.Contains("Last of 2 failures", text, StringComparison.Ordinal);
        Assert.Matches("Failed INTERNAL_ERROR  #42 .*\n.*Failed INTERNAL_ERROR  #41 ", text);
        Assert.Matches("Slowest answers\n +40.00 s  #40 .*\n +39.00 s  #39 ", text);
        Assert.EndsWith($" Changed.\n {LiveKeys.Help}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_answers_are_said_to_be_too_few()
    {
        LiveFigures few = Figures([.. Enumerable.Range(1, 10).Select(i => SampleRun.Success(i, i))]);

        string text = string.Join('\n', Frame(few).Draw(100, 30, new LiveFoot("Running"), Now));

        Assert.Contains("P50 5.50 s (2.00\u2013", text, StringComparison.Ordinal);
        Assert.Contains("P90 ~9.10 s (10 of 36 answers needed)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(41, 12)]
    [InlineData(60, 20)]
    [InlineData(80, 24)]
    [InlineData(132, 43)]
    [InlineData(300, 100)]
    public void A_frame_fills_its_screen_and_no_more(int width, int height)
    {
        RunBudget budget = new() { MaximumQuestions = 60, MaximumDurationSeconds = 900 };
        SummaryStyle colours = SummaryStyle.Plain with { HasBlocks = true };

        LiveFoot foot = new("Running", "Changed.", Keys: LiveKeys.Help);
        IReadOnlyList<string> lines = Frame(Some(), budget, colours).Draw(width, height, foot, Now);

        Assert.Equal(height, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("06:40", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(" p pause", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_count_the_name_of_the_test_is_there()
    {
        var figures = new LiveFigures(SampleRun.Plan(100));

        Assert.Contains(figures.Plan.Name, Frame(figures).Draw(80, 24, new LiveFoot("Running"), Now)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_and_intervals_are_those_of_the_finished_run()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 90).Select(i => SampleRun.Success(i, 1 + (i * 37 % 91)))];
        LoadRun run = SampleRun.Summarize(100, [.. rows, SampleRun.Success(91, 900) with { IsWarmUp = true }]);

        LiveFigures figures = Figures([.. rows, SampleRun.Success(91, 900) with { IsWarmUp = true }]);

        foreach (double percent in (double[])[50, 90])
            Assert.Equal(run.Percentiles.Single(one => one.Measure == "Response" && one.Percentile == percent), figures.Response(percent));
    }

    [Fact]
    public void Warm_up_is_in_the_budget_and_in_no_figure()
    {
        LiveFigures figures = Figures(
            SampleRun.Success(1, 5), SampleRun.Success(2, 9) with { IsWarmUp = true },
            SampleRun.Failure(3, Outcome.Failed, "X") with { IsWarmUp = true });
        figures.Add(SampleRun.Failure(4, Outcome.Failed, "X"), isEarlier: true);

        Assert.Equal([new("Completed", 1), new("Failed", 1)], figures.Outcomes);
        Assert.Equal((1, 1, 1, 3), (figures.AnsweredCount, figures.FailedCount, figures.FailedNow, figures.EndedNow));
        Assert.Equal(1, figures.Response(50)!.Count);
    }

    [Fact]
    public void Without_a_pace_the_rate_is_that_of_the_plan_or_of_the_answers_where_that_is_slower()
    {
        Plan plan = SampleRun.Plan(4);
        Plan Every(double seconds) => plan with
        {
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select((one, i) => one with { PlannedSeconds = i * seconds })]),
        };
        var even = new LiveFigures(Every(3));
        Assert.Equal(20, even.RatePerMinute());
        var atOnce = new LiveFigures(Every(0));
        Assert.Null(atOnce.RatePerMinute());
        foreach (LiveFigures figures in (LiveFigures[])[even, atOnce])
        {
            figures.Add(SampleRun.Success(1, 5) with { CompletedOffsetSeconds = 10 });
            figures.Take(Progress with { ElapsedSeconds = 30 });
            Assert.Equal(2, figures.RatePerMinute());
        }
    }

    [Fact]
    public void An_address_that_is_pinned_is_there_in_full_with_its_token()
    {
        string address = $" Dashboard: http://127.0.0.1:40123/?token={new string('a', 64)}";

        IReadOnlyList<string> lines = Frame(Some()).Draw(60, 20, new LiveFoot("Running", Pinned: address, Keys: LiveKeys.Help), Now);

        Assert.Equal(address, lines[^3] + lines[^2]);
        Assert.Equal(20, lines.Count);
    }

    [Fact]
    public void A_row_that_comes_twice_counts_once()
    {
        LiveFigures figures = Figures(SampleRun.Success(1, 5), SampleRun.Success(1, 5), SampleRun.Failure(2, Outcome.Failed, "X"));

        Assert.Equal([new("Completed", 1), new("Failed", 1)], figures.Outcomes);
        Assert.Equal(1, figures.Response(50)!.Count);
    }

    [Fact]
    public void Rates_are_those_of_the_last_minute()
    {
        // A question every 5 s, answered at once, and none from 200 s on.
        LiveFigures figures = Figures(
            [.. Enumerable.Range(0, 40).Select(i => SampleRun.Success(i + 1, 1) with { CompletedOffsetSeconds = 5 * i })]);

        figures.Take(Progress with { ElapsedSeconds = 200 });
        Assert.Equal(11, figures.AnsweredPerMinute());
        figures.Take(Progress with { ElapsedSeconds = 230 });
        Assert.Equal(5, figures.AnsweredPerMinute());
        figures.Take(Progress with { ElapsedSeconds = 400 });
        Assert.Equal(0, figures.AnsweredPerMinute());
    }

    [Fact]
    public void What_falls_due_is_counted_from_the_plan_and_not_where_questions_follow_answers()
    {
        Plan plan = SampleRun.Plan(4);
        plan = plan with
        {
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select((one, i) => one with { PlannedSeconds = i * 30 })]),
        };
        var figures = new LiveFigures(plan);
        figures.Take(Progress with { ElapsedSeconds = 100 });
        Assert.Equal(2, figures.OfferedPerMinute());

        // The plan has instants for these as if all answers took no time.
        PlannedQuestion[] followers = [.. plan.Questions.Select((one, i) => i == 3 ? one with { AfterIndex = 3 } : one)];
        var closed = new LiveFigures(plan with { Questions = new RowList<PlannedQuestion>(followers) });
        closed.Take(Progress with { ElapsedSeconds = 100 });
        Assert.Equal((null, null), (closed.OfferedPerMinute(), closed.RatePerMinute()));
    }

    [Fact]
    public void A_curve_shows_the_whole_run_however_long_it_is()
    {
        ResponseSlots slots = new();
        Random random = new(3);
        (double At, double Seconds)[] answers = [.. Enumerable.Range(0, 4000).Select(i => (i * 1.7, random.NextDouble() * 60))];

        foreach ((double at, double seconds) in answers)
            slots.Add(at, seconds);

        Assert.Equal(160, slots.SlotSeconds);
        IReadOnlyList<double?> medians = slots.Percentiles(50);
        Assert.InRange(medians.Count, ResponseSlots.MaximumCount / 2, ResponseSlots.MaximumCount);
        for (int i = 0; i < medians.Count; i++)
        {
            double[] inSlot = [.. answers.Where(one => (int)(one.At / 160) == i).Select(one => one.Seconds).Order()];
            Assert.Equal(Engine.Statistics.Percentile.Of(inSlot, 50), medians[i]!.Value);
        }
        slots.Add(160 * 58, 1);
        Assert.Null(slots.Percentiles(90)[50]);
    }

    [Fact]
    public void Heights_are_those_of_the_values_with_and_without_blocks()
    {
        Assert.Equal("\u2581\u2584\u2588 \u2588", Sparkline.Draw([0, 4, 8, null, 9], 8, hasBlocks: true));
        Assert.Equal("_=# #", Sparkline.Draw([0, 4, 8, null, 9], 8, hasBlocks: false));
    }

    private static LiveFrame Frame(LiveFigures figures, RunBudget? budget = null, SummaryStyle? style = null) =>
        new(figures, budget ?? new RunBudget(), style ?? SummaryStyle.Plain);

    /// <summary>40 answers of 1 to 40 s and two failures; two of the answers met a 429.</summary>
    private static LiveFigures Some() => Figures(
    [
        .. Enumerable.Range(1, 40).Select(i => SampleRun.Success(i, i) with
        {
            CompletedOffsetSeconds = 9 * i, ThrottleRetries = i <= 2 ? 2 : 0,
        }),
        SampleRun.Failure(41, Outcome.Failed, "INTERNAL_ERROR", "It broke."),
        SampleRun.Failure(42, Outcome.Failed, "INTERNAL_ERROR", "It broke again."),
    ]);

    private static LiveFigures Figures(params QuestionResult[] rows)
    {
        var figures = new LiveFigures(SampleRun.Plan(100));
        foreach (QuestionResult row in rows)
            figures.Add(row);
        figures.Take(Progress);
        return figures;
    }
}
