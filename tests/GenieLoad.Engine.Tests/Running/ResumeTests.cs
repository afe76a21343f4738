using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A run that was broken off and gone on with; what was asked, and how often, the simulator says.</summary>
public class ResumeTests
{
    private static readonly Plan Forty = SimulatedRun.Plan(40, 40, workers: 40);

    private static string Json(LoadRun run) => JsonSerializer.Serialize(run, RunJson.Pretty.LoadRun);

    private static void AssertAskedOnce(LastingSpace space, LoadRun run)
    {
        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.Equal(run.Plan.QuestionCount, run.Results.Count);
        Assert.Equal(space.Truth.Messages.Count, run.Results.Count(row => row.MessageId is not null));
        Assert.Equal(Json(run), Json(RunReader.Read(run.RunPath!, warning => Assert.Fail(warning))));
    }

    [Fact]
    public async Task What_is_finished_stays_what_is_open_is_fetched_and_the_rest_is_asked()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);

        LoadRun after = await space.Resume(before, pauseSeconds: 600);

        AssertAskedOnce(space, after);
        Assert.Equal(RunState.Completed, after.State);
        Assert.All(after.Results, row => Assert.True(row.Success, row.ErrorText));
        QuestionResult[] open = [.. before.Results.Where(row => row.Outcome == Outcome.Interrupted)];
        Assert.NotEmpty(open);
        foreach (QuestionResult row in before.Results.Where(row => row.Success))
            Assert.Equal(row, after.Results.Single(other => other.Index == row.Index));
        foreach (QuestionResult row in open)
        {
            QuestionResult fetched = after.Results.Single(other => other.Index == row.Index);
            Assert.Equal((true, row.MessageId, row.StartedAt), (fetched.IsReattached, fetched.MessageId, fetched.StartedAt));
            Assert.Null(fetched.ResponseSeconds);
            Assert.Equal(
                space.Truth.Messages.Single(message => message.MessageId == row.MessageId).AnswerSeconds,
                fetched.ServerSeconds!.Value, 0.01);
            Assert.NotNull(fetched.Sql);
        }
    }

    [Fact]
    public async Task The_run_s_clock_stands_still_in_between_and_the_interruption_is_told()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);

        LoadRun after = await space.Resume(before, pauseSeconds: 600);

        RunInterruption interruption = Assert.Single(after.Interruptions);
        Assert.Equal(20, interruption.OffsetSeconds, 0.1);
        Assert.Equal(600, interruption.PauseSeconds, 0.1);
        Assert.Equal((RunState.Stopped, "Stopped by the user."), (interruption.State, interruption.Reason));
        QuestionResult[] asked = [.. after.Results.Where(row => row.PlannedOffsetSeconds > 20.1)];
        Assert.All(asked, row => Assert.Equal(row.PlannedOffsetSeconds, row.StartedOffsetSeconds!.Value, 0.05));
        Assert.All(asked, row => Assert.Equal(600, (row.PlannedAt - after.StartedAt).TotalSeconds - row.PlannedOffsetSeconds, 0.2));
        Assert.InRange(after.TotalDurationSeconds, 40, 70);
        Assert.Equal(HealthVerdict.Doubtful, after.Health!.Verdict);
        Assert.Contains("interrupted at 20 s, resumed 600 s later", after.Health.Reasons, StringComparison.Ordinal);
        Assert.True(after.Health.MaximumLagSeconds < 0.1, "an interruption is no lateness of the generator");
    }

    [Fact]
    public async Task A_run_whose_process_died_loses_nothing_but_what_nobody_knows()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        QuestionResult[] lastTwo = [.. before.Results.Where(row => row.Success).OrderBy(row => row.CompletedOffsetSeconds).TakeLast(2)];
        int lost = before.Results.First(row => row.Outcome == Outcome.Interrupted).Index;
        DeadRun.Kill(before.RunPath!,
            withoutRowsOf: [.. before.Results.Where(row => !row.Success).Concat(lastTwo).Select(row => row.Index)], lost);

        var warnings = new List<string>();
        LoadRun after = await space.Resume(before, warnings: warnings);

        Assert.Equal(Outcome.Ambiguous, after.Results.Single(row => row.Index == lost).Outcome);
        Assert.All(after.Results.Where(row => row.Index != lost), row => Assert.True(row.Success, row.ErrorText));
        Assert.All(lastTwo, row => Assert.True(after.Results.Single(other => other.Index == row.Index).IsReattached));
        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.Equal(RunState.Interrupted, Assert.Single(after.Interruptions).State);
        Assert.Contains(warnings, warning => warning.Contains("was not written to its end", StringComparison.Ordinal));
        Assert.Equal(Json(after), Json(RunReader.Read(after.RunPath!, warning => Assert.Fail(warning))));
    }

    [Fact]
    public async Task A_question_of_unknown_fate_is_asked_again_only_on_request()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        QuestionResult lost = before.Results.First(row => row.Outcome == Outcome.Interrupted);
        DeadRun.Kill(before.RunPath!, withoutRowsOf: [.. before.Results.Where(row => !row.Success).Select(row => row.Index)], lost.Index);

        LoadRun after = await space.Resume(before, resendAmbiguous: true);

        Assert.All(after.Results, row => Assert.True(row.Success, row.ErrorText));
        Assert.Equal(lost.Question, Assert.Single(space.Truth.AcceptedByQuestion, question => question.Value == 2).Key);
    }

    [Fact]
    public async Task Conversations_go_on_where_they_were_one_turn_at_a_time()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        Plan plan = SimulatedRun.Plan(24, 6, workers: 24, conversation: i => $"c{i % 4}");
        LoadRun before = await space.RunAndStop(plan, afterSeconds: 25);
        Assert.Contains(before.Results, row => row.Success);
        Assert.Contains(before.Results, row => row.Outcome == Outcome.Interrupted);
        Assert.Contains(before.Results, row => row.Outcome == Outcome.NotStarted);

        LoadRun after = await space.Resume(before);

        AssertAskedOnce(space, after);
        Assert.Equal(4, after.Results.Select(row => row.ConversationId).Distinct().Count());
        foreach (var conversation in space.Truth.Messages.GroupBy(message => message.ConversationId))
        {
            var turns = conversation.OrderBy(message => message.AcceptedAt.Utc).ToArray();
            Assert.Equal(6, turns.Length);
            for (int i = 1; i < turns.Length; i++)
                Assert.True(turns[i].AcceptedAt.Utc >= turns[i - 1].AcceptedAt.Utc.AddSeconds(turns[i - 1].AnswerSeconds));
        }
    }

    [Fact]
    public async Task Users_of_a_closed_test_go_on_thinking_where_they_had_stopped()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0, LatencySpread = 0 });
        LoadRun before = await space.RunAndStop(ThreeUsers(), afterSeconds: 11);
        Assert.Equal(3, before.SuccessfulCount);

        LoadRun after = await space.Resume(before);

        AssertAskedOnce(space, after);
        Assert.Equal(12, after.SuccessfulCount);
        foreach (QuestionResult row in after.Results.Where(row => row.Index is > 3 and <= 6))
            Assert.Equal(after.Results.Single(other => other.Index == row.Index - 3).CompletedOffsetSeconds!.Value + 5,
                row.PlannedOffsetSeconds, 0.01);
    }

    [Fact]
    public async Task A_conversation_that_was_between_two_turns_goes_on_after_the_interruption()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0, LatencySpread = 0 });
        Plan plan = ThreeUsers();
        plan = plan with
        {
            Questions = new RowList<PlannedQuestion>(
            [
                .. plan.Questions.Select(question => question with
                {
                    Conversation = $"user {question.User}", Turn = (question.Index + 2) / 3,
                }),
            ]),
        };
        LoadRun before = await space.RunAndStop(plan, afterSeconds: 11);
        Assert.Equal(3, before.Results.Count(row => row.Outcome != Outcome.NotStarted));

        LoadRun after = await space.Resume(before);

        Assert.Equal(12, after.SuccessfulCount);
        Assert.Equal(3, after.Results.Select(row => row.ConversationId).Distinct().Count());
    }

    /// <summary>
    /// The row of a question is written in the background; the mark of the one that follows it is written before it is sent.
    /// </summary>
    [Fact]
    public async Task A_question_that_was_sent_is_not_asked_again_when_the_row_of_the_one_before_was_not_written_yet()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0, LatencySpread = 0 });
        LoadRun before = await space.RunAndStop(ThreeUsers(), afterSeconds: 14);
        Assert.Equal(Outcome.Interrupted, before.Results[3].Outcome);
        DeadRun.Kill(before.RunPath!,
            withoutRowsOf: [1, .. before.Results.Where(row => !row.Success).Select(row => row.Index)], withoutIdsOf: 4);

        LoadRun after = await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.True(after.Results[0].IsReattached);
        Assert.Equal(Outcome.Ambiguous, after.Results[3].Outcome);
        Assert.Equal(11, after.SuccessfulCount);
    }

    /// <summary>Users who ask four questions each, and think for 5 s before each further one.</summary>
    private static Plan ThreeUsers()
    {
        PlannedQuestion[] questions = new PlannedQuestion[12];
        for (int i = 0; i < questions.Length; i++)
        {
            questions[i] = new PlannedQuestion
            {
                Index = i + 1, PlannedSeconds = i / 3 * 5, QuestionId = $"q{i + 1}", Text = $"Question {i + 1}?", User = (i % 3) + 1,
                AfterIndex = i < 3 ? null : i - 2, ThinkSeconds = i < 3 ? null : 5,
            };
        }
        return SimulatedRun.Plan(1, 0, 3) with { Questions = new RowList<PlannedQuestion>(questions) };
    }

    [Fact]
    public async Task A_run_can_be_interrupted_again_and_again()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun run = await space.Run(Forty, new BudgetRule(new RunBudget { MaximumQuestions = 10 }));
        Assert.Equal((RunState.Stopped, StopCause.Budget, 10), (run.State, run.StopCause, run.SuccessfulCount));

        run = await space.Resume(run, pauseSeconds: 100);

        AssertAskedOnce(space, run);
        Assert.Equal((RunState.Completed, null, 40), (run.State, run.StopCause, run.SuccessfulCount));
        Assert.Equal("NothingToResume", (await Assert.ThrowsAsync<GenieLoadException>(() => space.Resume(run))).ErrorId);
    }

    [Fact]
    public async Task A_resumed_run_that_is_stopped_again_reads_back_as_it_was()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun run = await space.RunAndStop(Forty, afterSeconds: 10);

        run = await space.Resume(run, rules: [new BudgetRule(new RunBudget { MaximumQuestions = 20 })]);

        Assert.Equal((RunState.Stopped, 20), (run.State, run.Results.Count(UnfinishedQuestion.IsUnasked)));
        AssertAskedOnce(space, run);
    }

    [Fact]
    public async Task A_run_that_is_polled_for_otherwise_from_now_on_says_so()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 10);

        LoadRun after = await space.Resume(before, change: options => options with { Poll = new PollOptions { FirstSeconds = 2 } });

        Assert.StartsWith($"{before.PollPolicy}; resumed with ", after.PollPolicy, StringComparison.Ordinal);
        AssertAskedOnce(space, after);
    }

    [Fact]
    public async Task Without_its_texts_a_run_cannot_be_resumed_and_its_folder_does_not_hold_them()
    {
        using var space = new LastingSpace(new SimulatorOptions { FailedShare = 0.3 })
        {
            Options = new LoadTestOptions { StopGraceSeconds = 0, ExcludeText = true },
        };
        LoadRun run = await space.RunAndStop(Forty, afterSeconds: 20);

        Assert.Equal("CannotResume", (await Assert.ThrowsAsync<GenieLoadException>(() => space.Resume(run))).ErrorId);
        foreach (string path in Directory.EnumerateFiles(run.RunPath!))
        {
            string text = await File.ReadAllTextAsync(path);
            Assert.DoesNotContain("Question number", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("SELECT", text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(Forty.Hash, run.PlanHash);
        Assert.All(run.Results, row => Assert.Equal(("", null, null), (row.Question, row.Sql, row.Answer)));
        Assert.Contains(run.Results, row => row.ErrorType == "SQL_EXECUTION_EXCEPTION");
        Assert.Equal(Json(run), Json(RunReader.Read(run.RunPath!, warning => Assert.Fail(warning))));
    }
}
