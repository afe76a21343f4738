using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>Answers held against the benchmarks' own SQL, beside what the simulator knows of each answer.</summary>
public sealed partial class ExpectedCheckTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly WaitingClock _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Watcher _watcher = new();
    private GenieSimulator? _simulator;
    private SimulatorOptions _options = new();
    private bool _checks = true;
    private bool _refusesStatements;
    private string? _troubled;

    public void Dispose()
    {
        _simulator?.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task An_answer_is_right_where_the_benchmarks_own_query_gives_the_same()
    {
        LoadRun run = await Run(new SimulatorOptions { AnswerDriftShare = 0.4, TextOnlyShare = 0.1, FailedShare = 0.1 }, 40);
        Dictionary<string, SimulatedMessage> truth = _simulator!.Record.Messages.ToDictionary(message => message.MessageId);
        // Who got no answer got no wrong one.
        Assert.All(run.Results.Where(row => !row.Success), row => Assert.Null(row.Expectation));
        Assert.NotEqual(40, run.SuccessfulCount);
        Assert.All(run.Results.Where(row => row.Success), row =>
        {
            bool isUsual = truth[row.MessageId!] is { Drift: null, Statements.Count: > 0 };
            Assert.Equal((isUsual ? Expectation.Right : Expectation.Wrong, isUsual ? null : truth[row.MessageId!].Drift is null
                ? "no query, but text" : "other values"), (row.Expectation, row.ExpectationReason));
        });
        Assert.Contains(run.Results, row => row.Expectation == Expectation.Wrong);
        Assert.Equal(run.Results.Count(row => row.Expectation == Expectation.Right), run.Agreement!.RightCount);
        Assert.All(run.ExpectedAnswers, answer => Assert.Equal(
            (ExpectedState.Stable, 10L, 3), (answer.State, answer.RowCount, answer.ColumnCount)));
        // At the start and at the end.
        Assert.Equal(2 * run.ExpectedAnswers.Count, _simulator.Record.CountOf(SimulatedOperation.RunStatement));
        Assert.Equal(12, _watcher.Expected.Count);
        LoadRun read = RunReader.Read(run.RunPath!);
        Assert.Equal(run.ExpectedAnswers, read.ExpectedAnswers);
        Assert.Equivalent(run.Agreement, read.Agreement, strict: true);
        Assert.Equal(run.Consistency, read.Consistency);
    }

    [Theory]
    [InlineData(SimulatedDrift.Wording)]
    [InlineData(SimulatedDrift.Rounding)]
    public async Task Another_way_to_the_same_rows_is_right(SimulatedDrift drift)
    {
        LoadRun run = await Run(new SimulatorOptions { AnswerDriftShare = 0.5, AnswerDrift = drift, ResultRowCount = 900 }, 20);
        Assert.All(run.Results, row => Assert.Equal(Expectation.Right, row.Expectation));
    }

    [Fact]
    public async Task Where_the_data_changes_during_the_run_nothing_is_called_wrong()
    {
        LoadRun run = await Run(new SimulatorOptions { DataChangesAtSeconds = 60 }, 20);
        Assert.All(run.ExpectedAnswers, answer => Assert.Equal(ExpectedState.Changed, answer.State));
        Assert.All(run.Results, row => Assert.Equal(
            (Expectation.NotComparable, "its expected result changed during the run"), (row.Expectation, row.ExpectationReason)));
        Assert.Equal((0, 0, 20, null), (run.Agreement!.RightCount, run.Agreement.WrongCount, run.Agreement.NotComparableCount,
            run.Agreement.ExpectedAnswerShare));
        Assert.All(RunReader.Read(run.RunPath!).Results, row => Assert.Equal(Expectation.NotComparable, row.Expectation));
    }

    [Fact]
    public async Task What_there_was_no_memory_for_is_neither_signed_nor_judged()
    {
        Start(new SimulatorOptions { TextOnlyShare = 0.2 });
        await Carry(Session(20, load: new LoadTestOptions { AnswerMemoryBytes = 10, StopGraceSeconds = 0 }), default);
        QuestionResult[] queries = [.. _watcher.Run!.Results.Where(row => row.AnswerKind == AnswerKind.Sql)];
        Assert.All(queries, row => Assert.Equal(
            (null, null, Expectation.NotComparable, "its result was not read"),
            (row.SqlSignature, row.ResultSignature, row.Expectation, row.ExpectationReason)));
        Assert.NotEmpty(queries);
    }

    [Fact]
    public async Task Where_texts_are_not_kept_the_expected_sql_is_not_either_and_answers_are_judged_all_the_same()
    {
        Start(new SimulatorOptions());
        await Carry(Session(20, load: new LoadTestOptions { ExcludeText = true }), default);
        LoadRun run = _watcher.Run!;
        Assert.Equal(20, run.Agreement!.RightCount);
        foreach (string file in Directory.GetFiles(run.RunPath!))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("group by", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("total for each", text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.All(RunReader.Read(run.RunPath!).Consistency.Concat(run.Consistency), question => Assert.Null(question.Question));
        // What keeps texts can still be exported without them.
        await Carry(Session(5), default);
        LoadRun without = TextRemoval.From(_watcher.Run!);
        Assert.All(without.Consistency, question => Assert.Null(question.Question));
        Assert.Null(without.Plan.ExpectedQueries);
    }

    [Fact]
    public async Task A_result_of_more_rows_than_are_compared_judges_nothing()
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => Run(new SimulatorOptions { ResultRowCount = 6000 }, 20));
        Assert.Equal("ExpectedSqlFailed", error.ErrorId);
        Assert.Contains("more than 5,000 rows", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _simulator!.Record.QuestionCount);
    }

    [Fact]
    public async Task Some_sql_that_fails_is_warned_of_and_none_that_works_is_an_error()
    {
        LoadRun run = await Run(
            new SimulatorOptions(), 24,
            questions => [questions[0] with { ExpectedSql = "select nothing from nowhere" }, .. questions[1..]]);
        Assert.Equal(ExpectedState.Unknown, run.ExpectedAnswers.Single(answer => answer.QuestionId == "b1").State);
        Assert.All(run.Results.Where(row => row.QuestionId == "b1"), row => Assert.Equal(Expectation.NotComparable, row.Expectation));
        Assert.StartsWith(
            "1 of 12 expected answers are not known, so those questions are not checked: b1: the expected SQL failed: ",
            Assert.Single(_watcher.Warnings), StringComparison.Ordinal);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => Run(new SimulatorOptions { OwnStatementError = "no table" }, 20));
        Assert.Equal("ExpectedSqlFailed", error.ErrorId);
        Assert.Contains("no table", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop table main.sales.orders")]
    [InlineData("select 1; delete from main.sales.orders")]
    public async Task What_does_more_than_read_is_never_run(string sql)
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => Run(new SimulatorOptions(), 5, questions => [questions[0] with { ExpectedSql = sql }]));
        Assert.Equal("ExpectedSqlFailed", error.ErrorId);
        Assert.Equal(0, _simulator!.Record.CountOf(SimulatedOperation.RunStatement));
    }

    [Fact]
    public async Task What_cannot_be_checked_is_refused_before_anything_is_sent()
    {
        GenieLoadException without = await Refused(questions => [.. questions.Select(question => question with { ExpectedSql = null })]);
        GenieLoadException unread = await Refused(questions => questions, new LoadTestOptions { ReadResult = false });
        Assert.Equal(("NoExpectedSql", "CheckNeedsResult"), (without.ErrorId, unread.ErrorId));
        Assert.Equal(0, _simulator!.Record.CallCount);
        Start(new SimulatorOptions { HideWarehouse = true });
        Assert.Equal("NoWarehouseToCheck", (await Refused(questions => questions)).ErrorId);
        Assert.Equal(0, _simulator.Record.QuestionCount);
    }

    [Fact]
    public void The_plan_says_how_many_statements_the_check_runs()
    {
        Start(new SimulatorOptions());
        using LoadTestSession checking = Session(20);
        _checks = false;
        using LoadTestSession plain = Session(20);
        Assert.Contains("12 statements on the warehouse before the test and again after", checking.Describe(200), StringComparison.Ordinal);
        Assert.DoesNotContain("Expected SQL", plain.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_wish_nothing_is_run_on_the_warehouse()
    {
        _checks = false;
        LoadRun run = await Run(new SimulatorOptions(), 5);
        Assert.Equal((0L, 0), (_simulator!.Record.CountOf(SimulatedOperation.RunStatement), run.ExpectedAnswers.Count));
        Assert.All(run.Results, row => Assert.Null(row.Expectation));
    }

    [Fact]
    public async Task A_run_that_is_stopped_keeps_its_verdicts_as_unconfirmed_and_goes_on_with_the_check()
    {
        using var stop = new CancellationTokenSource();
        Start(new SimulatorOptions());
        _watcher.WhenFinished = row => _ = row.Index == 6 ? stop.CancelAsync() : Task.CompletedTask;
        await Carry(Session(20), stop.Token);
        LoadRun stopped = _watcher.Run!;
        Assert.Equal(RunState.Stopped, stopped.State);
        Assert.All(stopped.ExpectedAnswers, answer => Assert.Equal(
            (ExpectedState.Unconfirmed, "the run was stopped"), (answer.State, answer.Reason)));
        Assert.Contains(stopped.Results, row => row.Expectation == Expectation.Right);

        _watcher.WhenFinished = _ => { };
        await Carry(Rest(), default);
        Assert.All(_watcher.Run!.ExpectedAnswers, answer => Assert.Equal(ExpectedState.Stable, answer.State));
        Assert.All(_watcher.Run.Results, row => Assert.Equal(Expectation.Right, row.Expectation));
    }

    [Fact]
    public async Task Of_a_run_whose_process_died_the_verdicts_stand_unconfirmed()
    {
        LoadRun run = await Run(new SimulatorOptions(), 12);
        DeadRun.Kill(run.RunPath!);
        File.Delete(new RunFolder(run.RunPath!).ExpectedPath);
        LoadRun dead = RunReader.Read(run.RunPath!);
        Assert.Equal(12, dead.ExpectedAnswers.Count);
        Assert.All(dead.ExpectedAnswers, answer => Assert.Equal(ExpectedState.Unconfirmed, answer.State));
        Assert.Equal(12, dead.Agreement!.RightCount);
    }

    [Fact]
    public async Task Sql_that_was_changed_in_the_folder_is_not_run()
    {
        using var stop = new CancellationTokenSource();
        Start(new SimulatorOptions());
        _watcher.WhenFinished = row => _ = row.Index == 6 ? stop.CancelAsync() : Task.CompletedTask;
        await Carry(Session(20), stop.Token);
        string plan = new RunFolder(_watcher.Run!.RunPath!).PlanPath;
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("-- all years", "-- other years", StringComparison.Ordinal));
        Assert.Equal("PlanChanged", Assert.Throws<GenieLoadException>(() => Rest()).ErrorId);
    }

    [Fact]
    public async Task A_run_that_goes_on_says_what_it_runs_and_keeps_its_answers_where_the_check_fails_now()
    {
        using var stop = new CancellationTokenSource();
        Start(new SimulatorOptions());
        _watcher.WhenFinished = row => _ = row.Index == 6 ? stop.CancelAsync() : Task.CompletedTask;
        await Carry(Session(20), stop.Token);
        _watcher.WhenFinished = _ => { };
        _refusesStatements = true;
        LoadTestSession rest = Rest();
        Assert.Contains("run 12 statements on the warehouse", rest.Describe(), StringComparison.Ordinal);
        await Carry(rest, default);
        Assert.Equal((RunState.Completed, 20), (_watcher.Run!.State, _watcher.Run.SuccessfulCount));
        Assert.StartsWith("12 of 12 expected answers are not known", _watcher.Warnings[^1], StringComparison.Ordinal);
        Assert.Contains(_watcher.Run.Results, row => row.ExpectationReason == "the expected SQL failed");
    }

    [Fact]
    public async Task One_statement_that_the_workspace_has_trouble_with_costs_its_check_alone()
    {
        _troubled = "customers";
        LoadRun run = await Run(new SimulatorOptions(), 12);
        Assert.Equal((12, 11), (run.SuccessfulCount, run.Agreement!.RightCount));
        Assert.Equal(ExpectedState.Unknown, run.ExpectedAnswers[0].State);
    }

    [Fact]
    public async Task What_the_service_says_of_failed_sql_stands_once_and_not_at_all_without_texts()
    {
        Question[] Failing(Question[] questions) =>
            [questions[0] with { ExpectedSql = "select nothing from mrs_secret" }, .. questions[1..]];
        LoadRun run = await Run(new SimulatorOptions(), 12, Failing);
        Assert.StartsWith("the expected SQL failed: [", run.ExpectedAnswers[0].Reason, StringComparison.Ordinal);
        Assert.All(run.Results.Where(row => row.QuestionId == "b1"), row => Assert.Equal("the expected SQL failed", row.ExpectationReason));
        await Carry(Session(12, Failing, new LoadTestOptions { ExcludeText = true }), default);
        Assert.All(
            Directory.GetFiles(_watcher.Run!.RunPath!), file => Assert.DoesNotMatch("mrs_secret|SQL failed: ", File.ReadAllText(file)));
        Assert.Equal("the expected SQL failed", _watcher.Run.ExpectedAnswers[0].Reason);
    }

    [Fact]
    public void A_threshold_on_right_answers_needs_a_check()
    {
        Start(new SimulatorOptions());
        _checks = false;
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => LoadTestSession.Of(new LoadTestRequest
        {
            Questions = [.. Benchmarks()], Overrides = new ScenarioOverrides { QuestionCount = 5 },
            Thresholds = ["ExpectedAnswerShare >= 95"],
        }));
        Assert.Equal("ThresholdNeedsCheck", error.ErrorId);
    }

    [Fact]
    public async Task Data_that_changed_while_a_run_was_interrupted_judges_none_of_its_answers()
    {
        using var stop = new CancellationTokenSource();
        Start(new SimulatorOptions { DataChangesAtSeconds = 3600 });
        _watcher.WhenFinished = row => _ = row.Index == 6 ? stop.CancelAsync() : Task.CompletedTask;
        await Carry(Session(20), stop.Token);
        _watcher.WhenFinished = _ => { };
        _time.Advance(TimeSpan.FromHours(2));
        await Carry(Rest(), default);
        Assert.All(_watcher.Run!.ExpectedAnswers, answer => Assert.Equal(ExpectedState.Changed, answer.State));
        Assert.DoesNotContain(_watcher.Run.Results, row => row.Expectation is Expectation.Right or Expectation.Wrong);
    }
}
