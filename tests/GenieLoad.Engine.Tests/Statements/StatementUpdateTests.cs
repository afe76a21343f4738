using System.Text.Json;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

public sealed class StatementUpdateTests
{
    [Fact]
    public async Task The_history_is_asked_until_it_is_final()
    {
        using var space = new StatementSpace(new SimulatorOptions { CallSeconds = 0, HistoryLagSeconds = 40 });
        LoadRun run = await space.RunAsync();

        LoadRun updated = await space.UpdateAsync(run);

        double[] calls = [.. space.HistoryCalls(run).Select(seconds => Math.Round(seconds, 1))];
        Assert.Equal([5, 15, 30, 60], calls);
        Assert.Equal("20 of 20 answers known", updated.Statements);
    }

    [Fact]
    public async Task A_load_test_asks_the_history_only_after_its_last_answer()
    {
        using var space = new StatementSpace(new SimulatorOptions());

        LoadRun run = await space.RunAsync(includesStatements: true);

        Assert.All(space.HistoryCalls(run), seconds => Assert.InRange(seconds, 4.999, double.MaxValue));
        Assert.Equal("20 of 20 answers known", run.Statements);
        Assert.Equal((20, 20), space.Progress[^1]);
        Assert.Equal(20, File.ReadLines(new RunFolder(run.RunPath!).StatementsPath).Count());
    }

    [Fact]
    public async Task Without_the_wish_nothing_is_asked_and_nothing_is_known()
    {
        using var space = new StatementSpace(new SimulatorOptions());

        LoadRun run = await space.RunAsync();

        Assert.Empty(space.HistoryCalls(run));
        Assert.Null(run.Statements);
        Assert.All(run.Results, row => Assert.Null(row.StatementState ?? (object?)row.StatementCount ?? row.CompileSeconds));
        Assert.False(File.Exists(new RunFolder(run.RunPath!).StatementsPath));
    }

    [Fact]
    public async Task An_update_is_the_same_a_second_time_and_asks_for_nothing_that_is_known()
    {
        using var space = new StatementSpace(new SimulatorOptions { RegenerateShare = 0.5 });
        LoadRun run = await space.RunAsync();

        LoadRun once = await space.UpdateAsync(run);
        string file = await File.ReadAllTextAsync(new RunFolder(run.RunPath!).StatementsPath);
        int calls = space.HistoryCalls(run).Count();
        LoadRun twice = await space.UpdateAsync(once);

        Assert.Equal(calls, space.HistoryCalls(run).Count());
        Assert.Equal(file, await File.ReadAllTextAsync(new RunFolder(run.RunPath!).StatementsPath));
        Assert.Equal(once.Results, twice.Results);
        Assert.Equal(once.Results, RunReader.Read(run.RunPath!).Results);
    }

    [Fact]
    public async Task The_statement_of_a_query_that_genie_repaired_is_counted_too()
    {
        using var space = new StatementSpace(new SimulatorOptions { RegenerateShare = 1 });

        LoadRun run = await space.RunAsync(questions: 5, includesStatements: true);

        foreach (QuestionResult row in run.Results)
        {
            string[] ids = [.. space.Truth[row.MessageId!].Statements.Select(statement => statement.StatementId)];
            Assert.Equal(string.Join(' ', ids), row.StatementIds);
            Assert.Equal((2, ids[1]), (row.StatementCount, row.StatementId));
        }
    }

    [Fact]
    public async Task What_the_history_does_not_show_within_five_minutes_is_named_for_each_question_and_asked_again_later()
    {
        using var space = new StatementSpace(new SimulatorOptions
        {
            CallSeconds = 0, HistoryMissingShare = 0.1, TextOnlyShare = 0.1, Seed = 3,
        });

        LoadRun run = await space.RunAsync(questions: 60, seconds: 60, includesStatements: true);

        int missing = space.Truth.Values.Count(message => message.Statements.Any(statement => statement.IsMissing));
        int texts = space.Truth.Values.Count(message => message.Statements.Count == 0);
        Assert.True(missing > 0 && texts > 0);
        Assert.Equal(
            $"{60 - missing - texts} of {60 - texts} answers known, {missing} not in the query history, {texts} without a statement",
            run.Statements);
        Assert.Equal(300, space.HistoryCalls(run).Last(), 1);
        Assert.Equal(RunState.Completed, run.State);
        QuestionResult[] lost = [.. run.Results.Where(row => row.StatementState == StatementState.NotFound)];
        Assert.Equal(missing, lost.Length);
        Assert.All(lost, row => Assert.Null(row.ModelBeforeSeconds ?? row.CompileSeconds ?? row.StatementSeconds ?? row.ReadBytes));
        Assert.All(lost, row => Assert.Equal(1, row.StatementCount));
        string warning = Assert.Single(space.Warnings);
        Assert.Contains($"{missing} not in the query history", warning, StringComparison.Ordinal);
        Assert.Contains($"Update-GenieRun {run.RunId} -Statement", warning, StringComparison.Ordinal);
        int calls = space.HistoryCalls(run).Count();
        await space.UpdateAsync(run);
        // A run that is five minutes old is asked for once.
        Assert.Equal(calls + 1, space.HistoryCalls(run).Count());
    }

    [Fact]
    public async Task A_history_that_may_not_be_read_is_asked_once_and_the_run_stays_whole()
    {
        using var space = new StatementSpace(new SimulatorOptions { HistoryForbidden = true, HideWarehouse = true });

        LoadRun run = await space.RunAsync(includesStatements: true);

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
        Assert.Equal("0 of 20 answers known, 20 refused", run.Statements);
        Assert.All(run.Results, row => Assert.Equal(StatementState.Refused, row.StatementState));
        Assert.Single(space.HistoryCalls(run));
        Assert.Contains("CAN VIEW", Assert.Single(space.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_so_many_ids_are_refused_they_are_asked_for_one_by_one()
    {
        using var space = new StatementSpace(new SimulatorOptions { HistoryIdLimit = 3 });

        LoadRun run = await space.RunAsync(includesStatements: true);

        Assert.Equal("20 of 20 answers known", run.Statements);
        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory, 400));
        Assert.Equal(20, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory, 200));
    }

    [Fact]
    public async Task Not_more_than_fifty_ids_are_asked_for_in_one_call()
    {
        using var space = new StatementSpace(new SimulatorOptions { HistoryIdLimit = 50 });

        LoadRun run = await space.RunAsync(questions: 120, includesStatements: true);

        Assert.Equal("120 of 120 answers known", run.Statements);
        Assert.Equal(3, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory, 200));
        Assert.Equal(0, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory, 400));
    }

    [Fact]
    public async Task Faults_of_the_history_are_named_and_do_not_touch_the_run()
    {
        using var space = new StatementSpace(new SimulatorOptions { HistoryLagSeconds = 3600 });

        LoadRun run = await space.RunAsync(questions: 5, includesStatements: true);
        Assert.Equal("0 of 5 answers known, 5 not in the query history", run.Statements);

        // By now it shows all of them.
        space.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("5 of 5 answers known", (await space.UpdateAsync(run)).Statements);
    }

    [Fact]
    public async Task What_another_update_has_learned_meanwhile_stays()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync();
        StatementUpdate slow = StatementUpdate.Of(run.RunPath!, run.RunId);
        await space.UpdateAsync(run);

        LoadRun updated = await space.UpdateAsync(slow, new CancellationToken(canceled: true));

        Assert.Equal("20 of 20 answers known", updated.Statements);
        Assert.Equal(20, File.ReadLines(new RunFolder(run.RunPath!).StatementsPath).Count());
    }

    /// <summary>The history forgets after 30 days, and rights are taken away.</summary>
    [Fact]
    public async Task A_later_look_that_shows_less_does_not_replace_an_earlier_one()
    {
        using var space = new StatementSpace(new SimulatorOptions { HistoryMissingShare = 1 });
        LoadRun run = await space.RunAsync(questions: 2, includesStatements: true);
        string path = new RunFolder(run.RunPath!).StatementsPath;
        string[] lines = await File.ReadAllLinesAsync(path);
        lines[0] = lines[0].Replace("\"state\":\"NotFound\"", "\"state\":\"NotFinal\",\"startMs\":1700000000000", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(path, lines);

        LoadRun updated = await space.UpdateAsync(run);

        Assert.Contains("1700000000000", (await File.ReadAllLinesAsync(path))[0], StringComparison.Ordinal);
        Assert.Equal([StatementState.NotFinal, StatementState.NotFound], updated.Results.Select(row => row.StatementState));
    }

    [Fact]
    public async Task Without_texts_the_sql_is_not_kept()
    {
        using var space = new StatementSpace(new SimulatorOptions { RegenerateShare = 0.5 });

        LoadRun with = await space.RunAsync(questions: 5, includesStatements: true);
        LoadRun without = await space.RunAsync(questions: 5, includesStatements: true, excludesText: true);

        Assert.Contains("SELECT `", await File.ReadAllTextAsync(new RunFolder(with.RunPath!).StatementsPath), StringComparison.Ordinal);
        string file = await File.ReadAllTextAsync(new RunFolder(without.RunPath!).StatementsPath);
        Assert.DoesNotContain("SELECT `", file, StringComparison.Ordinal);
        Assert.DoesNotContain("UNRESOLVED", file, StringComparison.Ordinal);
        Assert.Equal("5 of 5 answers known", without.Statements);
    }

    [Fact]
    public async Task A_stop_keeps_what_is_known_by_then_and_says_nothing_of_the_rest()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync();

        LoadRun stopped = await space.UpdateAsync(run, new CancellationToken(canceled: true));

        Assert.Null(stopped.Statements);
        Assert.Equal("20 of 20 answers known", (await space.UpdateAsync(run)).Statements);
    }

    [Fact]
    public async Task A_run_that_is_resumed_gets_the_statements_of_both_of_its_stretches()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun stopped = await space.RunAsync(questions: 10, budget: 4);
        Assert.Equal("4 of 4 answers known", (await space.UpdateAsync(stopped)).Statements);
        long calls = space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory);

        LoadRun resumed = await space.ResumeAsync(stopped);

        Assert.Equal("10 of 10 answers known", resumed.Statements);
        Assert.Equal(calls + 1, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory));
        Assert.Equal(10, File.ReadLines(new RunFolder(resumed.RunPath!).StatementsPath).Count());
    }

    [Fact]
    public async Task A_run_that_could_not_be_kept_is_handed_over_as_it_is_in_memory()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var space = new StatementSpace(new SimulatorOptions());
        space.WhenFinished = row => File.Delete(Path.Combine(space.RunPath!, "events.log"));

        LoadRun run = await space.RunAsync(questions: 1, includesStatements: true);

        Assert.Equal(("RunFolderGone", StopCause.Fault), (space.NotKept, run.StopCause));
        Assert.Equal(1, run.SuccessfulCount);
        Assert.Null(run.Statements);
        Assert.Equal(0, space.Simulator.Record.CountOf(SimulatedOperation.ListQueryHistory));
    }

    [Fact]
    public async Task Another_run_in_the_folder_is_not_touched_and_a_running_one_neither()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync();

        GenieLoadException other = Assert.Throws<GenieLoadException>(() => StatementUpdate.Of(run.RunPath!, "another"));
        Assert.Equal("RunIsAnother", other.ErrorId);
        using (RunLock.Take(new RunFolder(run.RunPath!), TimeProvider.System))
        {
            GenieLoadException held = Assert.Throws<GenieLoadException>(() => StatementUpdate.Of(run.RunPath!, run.RunId));
            Assert.Equal("RunStillRunning", held.ErrorId);
        }
    }

    [Fact]
    public async Task The_file_belongs_to_the_run_and_goes_with_it()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(includesStatements: true);

        RunRemoval removal = RunRemoval.Of(new RunFolder(run.RunPath!));
        Assert.Empty(removal.Strangers);
        removal.CarryOut();

        Assert.False(Directory.Exists(run.RunPath));
    }

    [Fact]
    public async Task Lines_that_make_no_sense_are_left_out_with_a_warning_and_secrets_are_taken_out()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(questions: 4, includesStatements: true);
        string path = new RunFolder(run.RunPath!).StatementsPath;
        string[] lines = await File.ReadAllLinesAsync(path);
        lines[0] = lines[0].Replace("\"endMs\":1", "\"endMs\":-1", StringComparison.Ordinal);
        lines[1] = lines[1].Replace("\"state\":\"Known\"", "\"state\":\"Perhaps\"", StringComparison.Ordinal);
        lines[2] = lines[2].Replace("SELECT", "dapi0123456789abcdef0123456789abcdef", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, string.Join('\n', lines) + "\n{\"index\":");
        List<string> warnings = [];

        LoadRun read = RunReader.Read(run.RunPath!, warnings.Add);

        Assert.Equal("2 of 2 answers known", read.Statements);
        Assert.Equal(3, warnings.Count(warning => warning.Contains("statements.jsonl", StringComparison.Ordinal)));
        await space.UpdateAsync(read);
        string again = await File.ReadAllTextAsync(path);
        Assert.DoesNotContain("dapi0123456789abcdef", again, StringComparison.Ordinal);
        Assert.All(again.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
        Assert.Equal(4, again.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
