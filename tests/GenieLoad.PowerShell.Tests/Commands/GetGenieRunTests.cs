using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class GetGenieRunTests : IDisposable
{
    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("Get-GenieRun *light*", "20261124-101010-light_load-0001")]
    [InlineData("Get-GenieRun -Path {0}/runs/*light*", "20261124-101010-light_load-0001")]
    [InlineData("Get-GenieRun -Path {0}", "20261124-101010-light_load-0001 20261123-192455-high_load-3f9a")]
    [InlineData("Get-GenieRun -Path {0}/runs", "20261124-101010-light_load-0001 20261123-192455-high_load-3f9a")]
    [InlineData("$env:GENIELOAD_HOME = '/nowhere'; Get-GenieRun -StorePath {0} -ScenarioName high*", "20261123-192455-high_load-3f9a")]
    [InlineData("Get-GenieRun -State Completed, Stopped", "20261124-101010-light_load-0001 20261123-192455-high_load-3f9a")]
    [InlineData("Get-GenieRun -StorePath {0}/runs -ScenarioName high*", "20261123-192455-high_load-3f9a")]
    [InlineData("Get-GenieRun -State Completed", "")]
    public void A_store_is_listed_by_wildcard_path_or_state(string command, string ids)
    {
        _store.Add();
        _store.Add("20261124-101010-light_load-0001");

        string script = command.Replace("{0}", _store.Home, StringComparison.Ordinal);
        ScriptOutcome outcome = _session.Run($"{script} | ForEach-Object RunId").Clean();

        Assert.Equal(ids, string.Join(' ', outcome.Output));
    }

    [Fact]
    public void Runs_are_listed_newest_first_one_line_each()
    {
        _store.Add("20261123-192455-high_load-0001");
        _store.Add("20261124-080000-light_load-0002");

        Assert.Equal(
            """

            State       Count   OK %  P50 s  P95 s Run
            -----       -----   ----  -----  ----- ---
            Stopped         6  75.00   5.00   8.83 20261124-080000-light_load-0002
            Stopped         6  75.00   5.00   8.83 20261123-192455-high_load-0001


            """.ReplaceLineEndings("\n"),
            _session.Show("Get-GenieRun"));
    }

    [Fact]
    public void A_listed_run_is_a_whole_run()
    {
        _store.Add();

        dynamic run = _session.Run("Get-GenieRun").Only;

        Assert.Equal("GenieLoad.Model.LoadRun", run.GetType().FullName);
        Assert.Equal(6, run.Results.Count);
    }

    [Fact]
    public void A_run_that_was_asked_for_shows_as_its_summary()
    {
        string folder = _store.Add();

        Assert.Equal(
            $"""
            ? Stopped. Stopped by the user.
              Health    Doubtful: the load generator was not monitored -
                        run the test again to its end
              Success   75.00 % (95 % interval 19.41-99.37), 3 of 4
              P50       5.00 s, from 3 answers; 6 needed
              P95       8.83 s, from 3 answers; 72 needed
              Failures  1 Failed SQL_EXECUTION_EXCEPTION
              429s      2 retries, 3.50 s lost
              Slowest questions (median of each)
                        never     q3 Net sales per month, "Größe" and r…
                        9.25 s    q4 Top ten customers by revenue this …
                        5.00 s    q2 =SUM(A1:A9) is what I typed, what …
            ============================================================
            Load Test Summary: high_load_6q_3s
            ============================================================
            Total Questions: 6
            Successful: 3
            Failed: 1
            Success Rate: 75.00%
            Total Duration: 14.50s
            Avg Question Duration: 6.12s
            Throughput: 0.28 QPS
            ============================================================
            Left out: 1 of 6 not asked: stopped
            Left out: 1 of 6 cut off: stopped
            Run: {RunStoreFolder.SampleRunId}
            Folder: {folder}
            More: Get-GenieRun -Detailed
            """.ReplaceLineEndings("\n"),
            _session.Show("Get-GenieRun -Latest").Trim());
    }

    [Fact]
    public void A_run_that_was_asked_for_in_detail_shows_all_of_its_summary_whatever_stands_before_it()
    {
        string folder = _store.Add();
        string all =
            $"""
            ============================================================
            Load Test Summary: high_load_6q_3s
            ============================================================
            Total Questions: 6
            Successful: 3
            Failed: 1
            Success Rate: 75.00%
            Total Duration: 14.50s
            Avg Question Duration: 6.12s
            Throughput: 0.28 QPS
            ============================================================
            Left out: 1 of 6 not asked: stopped
            Left out: 1 of 6 cut off: stopped
            Seconds          P50     P75     P90     P95     P99     Max
            Response       ~5.00   ~7.13   ~8.40   ~8.83   ~9.17    9.25
            Duration       ~5.00   ~7.12   ~8.40   ~8.82   ~9.16    9.25
            Service        ~5.00   ~5.38   ~5.60   ~5.67   ~5.74    5.75
            ~ too few answers for a 95 % interval

            Response, with 95 % intervals
              P50 5.00 s, from 3 answers; 6 needed
              P75 7.13 s, from 3 answers; 13 needed
              P90 8.40 s, from 3 answers; 36 needed
              P95 8.83 s, from 3 answers; 72 needed
              P99 9.17 s, from 3 answers; 368 needed
            Response, counting failures as unanswered
              P50 5.00 s, P90 never, P95 never, P99 never

            Rates: offered 2.00/s, started 1.67/s, completed 0.25/s; in
            flight 3.3 (P95 5)

            Failures by cause
              1  Failed: SQL_EXECUTION_EXCEPTION
                 [TABLE_OR_VIEW_NOT_FOUND] The table or view main.sal...

            Time lost to 429s: 3.50s in 2 retries

            State: Stopped. Stopped by the user.
            Health: Doubtful
              Sent late by 1.0 ms (P50), 1.0 ms (P99), 1.0 ms (maximum)
              the load generator was not monitored - run the test
                again to its end
            Run: {RunStoreFolder.SampleRunId}
            Folder: {folder}
            ============================================================
            """.ReplaceLineEndings("\n");

        Assert.EndsWith("\n" + all, _session.Show("Get-GenieRun -Latest -Detailed").Trim(), StringComparison.Ordinal);
        Assert.EndsWith("\n" + all, _session.Show("Get-GenieRun -Latest; Get-GenieRun -Latest -Detailed").Trim(), StringComparison.Ordinal);
        Assert.EndsWith("\n" + all, _session.Show("Get-GenieRun -Detailed").Trim(), StringComparison.Ordinal);
        Assert.Equal(6, _session.Run("(Get-GenieRun -Latest -Detailed).Results.Count").Only);
    }

    [Theory]
    [InlineData("Get-GenieRun 20261123-192455-high_load-0001")]
    [InlineData("Get-GenieRun -ScenarioName high*")]
    [InlineData("Get-GenieRun -Latest -ScenarioName high_load")]
    [InlineData("'20261123-192455-high_load-0001' | Get-GenieRun")]
    [InlineData("Get-GenieRun -Path $folder")]
    [InlineData("Get-GenieRun -Path $folder/run.json")]
    [InlineData("Get-GenieRun -Latest -ScenarioName high_load | Get-GenieRun")]
    public void A_run_is_found_by_id_scenario_and_path(string script)
    {
        _session.Set("folder", _store.Add("20261123-192455-high_load-0001"));
        _store.Add("20261124-080000-light_load-0002");

        Assert.Equal("20261123-192455-high_load-0001", _session.Run(script).Only.RunId);
    }

    [Theory]
    [InlineData("Get-GenieRun nothing", "RunNotFound")]
    [InlineData("Get-GenieRun -Latest", "NoRunYet")]
    [InlineData("Get-GenieRun -Path .", "NotARunFolder")]
    public void What_is_not_there_is_an_error_that_lets_the_script_go_on(string script, string errorId)
    {
        ScriptOutcome outcome = _session.Run(script + "; 'on'");

        Assert.Equal($"{errorId},GenieLoad.PowerShell.Commands.GetGenieRunCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, outcome.Error.CategoryInfo.Category);
        Assert.Equal("on", Assert.Single(outcome.Output));
    }

    [Fact]
    public void An_empty_store_gives_nothing() => Assert.Empty(_session.Run("Get-GenieRun").Clean().Output);

    [Fact]
    public void A_torn_last_line_is_a_warning()
    {
        File.AppendAllText(Path.Combine(_store.Add(), "results.jsonl"), "{\"index\":6,\"quest");

        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest").Clean();

        Assert.Contains("was not written to its end", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(3, outcome.Only.SuccessfulCount);
    }

    [Theory]
    [InlineData("Get-GenieRun ", "20261124-080000-light_load-0002,20261123-192455-high_load-0001")]
    [InlineData("Get-GenieRun -RunId 20261123", "20261123-192455-high_load-0001")]
    [InlineData("Get-GenieRun -ScenarioName ", "high_load,light_load")]
    public void Ids_and_scenarios_complete(string typed, string completions)
    {
        _store.Add("20261123-192455-high_load-0001");
        _store.Add("20261124-080000-light_load-0002");
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(typed, typed.Length, null, shell);

        Assert.Equal(completions.Split(','), completion.CompletionMatches.Select(match => match.CompletionText));
    }

    [Fact]
    public void Rows_show_as_a_table_of_120_columns_at_most()
    {
        _store.Add();
        string table = _session.Show("(Get-GenieRun -Latest).Results");

        Assert.StartsWith(
            """

                # Outcome     Question                                                                     Response s  429 s   Rows
                - -------     --------                                                                     ----------  -----   ----
                1 Completed   How many orders did we ship
            """.ReplaceLineEndings("\n"),
            table,
            StringComparison.Ordinal);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Theory]
    [InlineData("Latency", "Measure           Count  P50 s  P90 s  P95 s  P99 s  Max s")]
    [InlineData("Causes", " Count Outcome     ErrorType ")]
    [InlineData("Percentiles", "Measure                 P Value s From s   To s Count Needed")]
    [InlineData("Slices", "Slice      Key       Count     OK  P50 s  P95 s Label")]
    [InlineData("Intervals", "From s   Due  Sent    OK Failed In flight  P50 s  P95 s")]
    [InlineData("Plan", "Scenario        Name ")]
    [InlineData("Plan.Questions", "    #    Due s Text ")]
    public void Parts_of_a_run_show_as_tables_of_120_columns_at_most(string part, string header)
    {
        _store.Add();
        string table = _session.Show("(Get-GenieRun -Latest)." + part);

        Assert.StartsWith("\n" + header, table, StringComparison.Ordinal);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public void A_run_from_a_remote_session_shows_its_summary_too()
    {
        _store.Add();
        string text = _session.Show(
            """
            $s = [System.Management.Automation.PSSerializer]
            $s::Deserialize($s::Serialize((Get-GenieRun -Latest), 1))
            """);

        Assert.Contains("Load Test Summary: high_load_6q_3s\n", text, StringComparison.Ordinal);
        Assert.Contains("Avg Question Duration: 6.12s\n", text, StringComparison.Ordinal);
        Assert.StartsWith("\n? Stopped. Stopped by the user.\n", text, StringComparison.Ordinal);
        Assert.Contains("  P50       5.00 s\n  P95       8.83 s\n", text, StringComparison.Ordinal);
        Assert.Contains("  Health    Doubtful: the load generator was not monitored -\n", text, StringComparison.Ordinal);
        Assert.Contains("  Failures  1 Failed SQL_EXECUTION_EXCEPTION\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_loses_nothing_in_a_remote_session()
    {
        _store.Add();
        ScriptOutcome outcome = _session.Run(
            """
            $s = [System.Management.Automation.PSSerializer]
            foreach ($row in (Get-GenieRun -Latest).Results) {
                $copy = $s::Deserialize($s::Serialize($row, 1))
                foreach ($property in $row.PSObject.Properties) {
                    $value = $copy.($property.Name)
                    if ($value -cne $property.Value) { $property.Name }
                    if ($null -ne $value -and $value.GetType() -ne $property.Value.GetType()) { $property.Name }
                }
            }
            """).Clean();

        Assert.Empty(outcome.Output);
    }
}
