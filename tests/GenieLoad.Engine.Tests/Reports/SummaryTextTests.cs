using System.Text.RegularExpressions;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public class SummaryTextTests
{
    [Fact]
    public void Steers_no_terminal_whatever_the_service_says()
    {
        const string hostile = "x\u001b[2J\u009b2J\u202e\r\u0007";
        LoadRun run = SampleRun.Summarize(2, [SampleRun.Success(1, 4), SampleRun.Failure(2, Outcome.Failed, hostile, hostile)]) with
        {
            Name = hostile, State = RunState.Stopped, StateReason = hostile, RunId = hostile, RunPath = hostile,
        };

        string text = SummaryText.Write(run);

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("State: Stopped. x\u27E8U+001B\u27E9[2J", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => line.StartsWith("     ", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 60));
    }

    [Fact]
    public void Modes_are_said_and_compared_where_not_all_questions_were_in_chat_mode()
    {
        LoadRun mixed = ReportRun.Mixed();
        LoadRun agent = mixed with { Plan = SampleRun.InModes(mixed.Plan, QuestionMode.Agent), Slices = new RowList<SliceFigures>([]) };

        string[] lines = SummaryText.Write(mixed).Split('\n');
        Assert.Contains("Mode: Chat 75 %, Agent 25 %", lines);
        int modes = Array.IndexOf(lines, "Modes");
        Assert.Equal(("  Chat", "  Agent"), (lines[modes + 1], lines[modes + 3]));
        Assert.StartsWith("    28 of 30 answered; response P50 ", lines[modes + 2], StringComparison.Ordinal);
        Assert.StartsWith("    8 of 10 answered; response P50 ", lines[modes + 4], StringComparison.Ordinal);
        Assert.Contains("\nMode: Agent\n", SummaryText.Brief(agent), StringComparison.Ordinal);
        Assert.DoesNotContain("Modes", SummaryText.Write(agent), StringComparison.Ordinal);
        Assert.DoesNotContain("Mode", SummaryText.Write(ReportRun.Of(40)), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_agent_mode_are_said_where_there_are_any_and_marked_where_they_are_of_too_few_answers()
    {
        static QuestionResult Asked(QuestionResult row) => row.Index % 2 == 0 && row.Success
            ? row with
            {
                Mode = QuestionMode.Agent, ThinkingSeconds = 18, SqlSeconds = 6.25, WritingSeconds = 5, FirstItemSeconds = 1.5,
                LongestSilenceSeconds = 8,
            }
            : row;
        const string Of30 =
            "  Agent     P50/P90 in s: thinking 18.0/~18.0, SQL 6.3/~6.3,\n"
            + "            writing 5.0/~5.0, first item 1.5/~1.5, longest\n"
            + "            silence 8.0/~8.0\n";

        Assert.Contains(Of30, SummaryText.Brief(ReportRun.Of(60, change: Asked)), StringComparison.Ordinal);
        Assert.Contains("thinking 18.0/18.0, SQL", SummaryText.Brief(ReportRun.Of(100, change: Asked)), StringComparison.Ordinal);
        Assert.DoesNotContain("Agent", SummaryText.Brief(ReportRun.Of(60)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_answered_while_nobody_looked_is_not_called_never_answered()
    {
        LoadRun run = SampleRun.Summarize(2,
            [SampleRun.Success(1, 4) with { ResponseSeconds = null, IsReattached = true }, SampleRun.Failure(2, Outcome.Failed, null)]);

        Assert.Single(Head(SummaryText.Brief(run)), line => line.Contains("never", StringComparison.Ordinal));
        Assert.Equal([("q2", "never"), ("q1", "unknown")], RankedQuestion.Of(run).Select(question => (question.Id, question.MedianText)));
    }

    /// <summary>The lines from the block on.</summary>
    private static string[] FromBlock(string text) =>
        [.. text.Split('\n').SkipWhile(line => !line.StartsWith("===", StringComparison.Ordinal))];

    /// <summary>The lines before the block.</summary>
    private static string[] Head(string text) =>
        [.. text.Split('\n').TakeWhile(line => !line.StartsWith("===", StringComparison.Ordinal))];

    [Fact]
    public void Has_the_block_to_the_letter()
    {
        // 33 of 35 in 45.23 s, a mean duration of 8.15 s.
        QuestionResult[] rows =
        [
            .. Enumerable.Range(1, 33).Select(index => SampleRun.Success(index, 8.4)),
            SampleRun.Failure(34, Outcome.Failed, "SQL_EXECUTION_EXCEPTION"),
            SampleRun.Failure(35, Outcome.Throttled, null),
        ];

        string block =
            """
            ============================================================
            Load Test Summary: high_load_35q_30s
            ============================================================
            Total Questions: 35
            Successful: 33
            Failed: 2
            Success Rate: 94.29%
            Total Duration: 45.23s
            Avg Question Duration: 8.15s
            Throughput: 0.77 QPS
            ============================================================

            """.ReplaceLineEndings("\n");
        LoadRun run = SampleRun.Summarize(35, rows);
        Assert.Contains("\n" + block, SummaryText.Write(run), StringComparison.Ordinal);
        Assert.Contains("\n" + block, SummaryText.Brief(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_with_times_causes_and_lost_time()
    {
        LoadRun run = RunSummarizer.Summarize(
            SampleRun.Header(),
            SampleRun.Plan(5),
            [
                SampleRun.Success(1, 4), SampleRun.Success(2, 12),
                SampleRun.Failure(
                    3, Outcome.Failed, "SQL_EXECUTION_EXCEPTION", "Table or view not found:\nmain.sales.orders_2026_q4_final in catalog"),
                SampleRun.Failure(4, Outcome.Failed, "SQL_EXECUTION_EXCEPTION"),
            ],
            new RunStatus(RunState.Stopped, SampleRun.StartedAt.AddSeconds(20), 20) { Reason = "Stopped by the user." },
            "/data/runs/20261123-192455-high_load-3f9a");

        string[] lines = FromBlock(SummaryText.Write(run));
        string[] rest = lines[12..];

        Assert.Equal(["Failed: 2", "Success Rate: 50.00%"], lines[5..7]);
        Assert.Equal("Left out: 1 of 5 not asked: stopped", lines[11]);
        Assert.Equal(
            [
                "Seconds          P50     P75     P90     P95     P99     Max",
                "Response       ~8.00  ~10.00  ~11.20  ~11.60  ~11.92   12.00",
                "Duration       ~7.75   ~9.75  ~10.95  ~11.35  ~11.67   11.75",
                "Service        ~7.50   ~9.50  ~10.70  ~11.10  ~11.42   11.50",
                "~ too few answers for a 95 % interval",
                "",
                "Response, with 95 % intervals",
                "  P50 8.00 s, from 2 answers; 6 needed",
                "  P75 10.00 s, from 2 answers; 13 needed",
                "  P90 11.20 s, from 2 answers; 36 needed",
                "  P95 11.60 s, from 2 answers; 72 needed",
                "  P99 11.92 s, from 2 answers; 368 needed",
                "Response, counting failures as unanswered",
                "  P50 never, P90 never, P95 never, P99 never",
                "",
                "Rates: offered 0.17/s, started 0.16/s, completed 0.16/s; in",
                "flight 1.3 (P95 2)",
                "",
                "Failures by cause",
                "  2  Failed: SQL_EXECUTION_EXCEPTION",
                "     Table or view not found: main.sales.orders_2026_q4_f...",
                "",
                "Time lost to 429s: 0.50s in 2 retries",
                "Time lost to faults: 3.00s in 4 retries",
                "",
                "State: Stopped. Stopped by the user.",
                "Health: Doubtful",
                "  Sent late by 1.5 ms (P50), 2.0 ms (P99), 2.0 ms (maximum)",
                "  the load generator was not monitored - run the test",
                "    again to its end",
                "Run: 20261123-192455-high_load-3f9a",
                "Folder: /data/runs/20261123-192455-high_load-3f9a",
                new string('=', 60),
            ],
            rest);
    }

    [Fact]
    public void A_percentile_with_enough_answers_comes_with_its_interval_and_without_a_mark()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 72).Select(index => SampleRun.Success(index, 4 + (0.1 * index)))];
        string[] lines = FromBlock(SummaryText.Write(SampleRun.Summarize(72, rows)));

        Assert.Equal("Response        7.65    9.43   10.49   10.85  ~11.13   11.20", lines[12]);
        Assert.Equal("  P50 7.65 s (6.80-8.50)", lines[18]);
        Assert.Equal("  P99 11.13 s, from 72 answers; 368 needed", lines[22]);
        Assert.DoesNotContain("never", string.Join('\n', lines), StringComparison.Ordinal);
    }

    private static readonly SummaryStyle Coloured = new() { Good = "<g>", Bad = "<b>", Unsure = "<u>", Dim = "<d>", Reset = "</>" };

    [Fact]
    public void Colour_changes_nothing_but_the_looks_and_each_line_ends_its_own()
    {
        LoadRun run = ReportRun.Of(40, thresholds: "P50ResponseSeconds < 1; SuccessRate > 50%; P99ResponseSeconds < 60");
        string plain = SummaryText.Write(run);
        string coloured = SummaryText.Write(run, Coloured);

        Assert.Equal(plain, Regex.Replace(coloured, "<.>|</>", ""));
        Assert.All(coloured.Split('\n'), line => Assert.Equal(
            line.Split('<').Count(part => part.Length > 1 && part[1] == '>' && part[0] != '/'), line.Split("</>").Length - 1));
        Assert.StartsWith("<b>\u2717 Failed. 1 of 3 thresholds is missed.</>\n<b>  \u2717 P50", coloured, StringComparison.Ordinal);
        Assert.Contains("<u>  ? P99ResponseSeconds < 60", coloured, StringComparison.Ordinal);
        Assert.Contains("\n<d>  P95 ", coloured, StringComparison.Ordinal);
        Assert.Matches("<d> +~", coloured);
        Assert.Contains("\n  P50 ", coloured, StringComparison.Ordinal);
        Assert.StartsWith(
            "<g>\u2713 Passed. The threshold is met.</>",
            SummaryText.Brief(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 60"), Coloured), StringComparison.Ordinal);
        Assert.All(plain.Split('\n'), line => Assert.InRange(line.Length, 0, 62));
    }

    [Fact]
    public void A_short_summary_leads_with_the_verdict_and_what_is_asked_for_next()
    {
        LoadRun run = ReportRun.Of(70, thresholds: "SuccessRate >= 99%; P50ResponseSeconds < 60");
        string[] head = Head(SummaryText.Brief(run));
        RankedQuestion[] slowest = [.. RankedQuestion.Of(run).Take(3)];

        Assert.Equal("\u2717 Failed. 1 of 2 thresholds is missed.", head[0]);
        Assert.StartsWith("  \u2717 SuccessRate >= 99%: 90 %, 95 % interval ", head[1], StringComparison.Ordinal);
        int first = Array.FindIndex(head, line => line.StartsWith("  Success ", StringComparison.Ordinal));
        Match success = Regex.Match(head[first], @"^  Success   90\.00 % \(95 % interval (\d\d\.\d\d)-(\d\d\.\d\d)\), 63 of 70$");
        Assert.True(success.Success, head[first]);
        // Of one rate, one interval.
        ThresholdResult[] results = [.. ThresholdJudge.Judge(run, ThresholdText.ParseAll([run.Thresholds]))];
        Assert.Equal(
            [$"{results[0].Lower:F2}", $"{results[0].Upper:F2}"], success.Groups.Values.Skip(1).Select(group => group.Value));
        Assert.Matches(@"^  P50       \d+\.\d\d s \(\d+\.\d\d-\d+\.\d\d\)$", head[first + 1]);
        string interval = FormattableString.Invariant($"({results[1].Lower:F2}-{results[1].Upper:F2})");
        Assert.EndsWith(interval, head[first + 1], StringComparison.Ordinal);
        PercentileFigure p95 = run.Percentiles.Single(one => one is { Measure: "Response", Percentile: 95 });
        Assert.Equal($"  P95       {p95.ToString()[4..]}", head[first + 2]);
        Assert.Equal("  Failures  4 TimedOut, 3 Failed SQL_EXECUTION_EXCEPTION", head[first + 3]);
        Assert.Equal("  429s      30 retries, 60.00 s lost", head[first + 4]);
        Assert.Equal("  Slowest questions (median of each)", head[first + 5]);
        Assert.StartsWith("            never     q0 What was the revenue of region 0", head[first + 6], StringComparison.Ordinal);
        Assert.Equal(
            slowest.Skip(1).Select(question => FormattableString.Invariant($"{question.Response.P50Seconds:0.00} s")),
            head[(first + 7)..].Select(line => line[12..20].Trim()));
        Assert.All(head, line => Assert.InRange(line.Length, 0, 60));
        Assert.InRange(SummaryText.Brief(run).Split('\n').Length, 20, 28);
    }

    [Theory]
    [InlineData(RunState.Completed, null, "- Completed. No thresholds were set.")]
    [InlineData(RunState.Stopped, null, "? Stopped. Stopped by the user.")]
    [InlineData(RunState.Completed, "P99ResponseSeconds < 60", "? Undecided. The threshold is undecided: too few answers, or")]
    [InlineData(RunState.Stopped, "P50ResponseSeconds < 1", "\u2717 Failed. The threshold is missed.")]
    public void The_verdict_is_the_gravest_of_state_and_thresholds(string state, string? thresholds, string first)
    {
        LoadRun run = ReportRun.Of(40, thresholds: thresholds) with
        {
            State = state, StateReason = state == RunState.Stopped ? "Stopped by the user." : null,
        };
        string[] head = Head(SummaryText.Brief(run));

        Assert.Equal(first, head[0]);
        Assert.Equal(
            state == RunState.Stopped && thresholds is not null, head.Contains("  State     Stopped. Stopped by the user."));
    }

    [Fact]
    public void Of_a_run_without_its_rows_the_summary_says_nothing_of_thresholds()
    {
        LoadRun run = ReportRun.Of(40) with { Results = new RowList<QuestionResult>([]) };

        Assert.Equal("- Completed", Head(SummaryText.Brief(run))[0]);
    }

    [Fact]
    public void Health_that_is_doubtful_stands_at_the_top_and_a_clean_run_says_none()
    {
        string[] doubtful = Head(SummaryText.Brief(SampleRun.Summarize(1, SampleRun.Success(1, 4)) with
        {
            Health = new RunHealth { Verdict = HealthVerdict.Doubtful, Reasons = "the load generator was not monitored" },
        }));
        Assert.Contains("  Health    Doubtful: the load generator was not monitored", doubtful);

        string[] clean = Head(SummaryText.Brief(ReportRun.Of(9, change: row => SampleRun.Success(row.Index, 4))));
        Assert.Contains("  Failures  none", clean);
        Assert.DoesNotContain(clean, line => line.StartsWith("  Health", StringComparison.Ordinal));
    }

    [Fact]
    public void A_console_without_the_signs_gets_letters()
    {
        SummaryStyle style = new() { HasSigns = false };

        Assert.StartsWith(
            "x Failed.", SummaryText.Brief(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 1"), style), StringComparison.Ordinal);
        Assert.StartsWith(
            "+ Passed.", SummaryText.Brief(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 60"), style), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_of_failures_and_lost_time_where_there_are_none()
    {
        QuestionResult clean = new()
        {
            Index = 1, QuestionId = "q1", Question = "?", Outcome = Outcome.Completed,
            ResponseSeconds = 2, DurationSeconds = 2, ServiceSeconds = 2, PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0,
        };
        string text = SummaryText.Write(SampleRun.Summarize(1, clean));

        Assert.DoesNotContain("Failures by cause", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("State", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_an_answer_is_told_without_figures()
    {
        string text = SummaryText.Write(SampleRun.Summarize(2, SampleRun.Failure(1, Outcome.Rejected, "PERMISSION_DENIED")));

        Assert.Contains("Success Rate: 0.00%\n", text, StringComparison.Ordinal);
        Assert.Contains("Avg Question Duration: n/a\n", text, StringComparison.Ordinal);
        Assert.Contains("No question was answered in full, so there are no times to show.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FromBlock(text), line => line.Contains("P50", StringComparison.Ordinal));
        Assert.Contains("  P50       -\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_questions_is_told_too()
    {
        string text = SummaryText.Write(SampleRun.Summarize(0));

        Assert.Contains("Success Rate: n/a\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_causes_are_cut_to_the_ten_most_frequent()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 13).Select(index => SampleRun.Failure(index, Outcome.Failed, $"TYPE_{index:00}"))];
        string text = SummaryText.Write(SampleRun.Summarize(13, rows));

        Assert.Contains("TYPE_10", text, StringComparison.Ordinal);
        Assert.DoesNotContain("TYPE_11", text, StringComparison.Ordinal);
        Assert.Contains("and 10 more causes\n", text, StringComparison.Ordinal);
        Assert.Contains("  and 3 more; see Causes\n", text, StringComparison.Ordinal);
    }
}
