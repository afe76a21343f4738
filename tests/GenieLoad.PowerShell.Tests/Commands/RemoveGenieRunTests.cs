using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class RemoveGenieRunTests : IDisposable
{
    private const string Other = "20261124-101010-light_load-0001";

    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new(importSamples: true);

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("Remove-GenieRun {0}")]
    [InlineData("Remove-GenieRun -Path '{1}'")]
    [InlineData("Get-GenieRun {0} | Remove-GenieRun")]
    public void It_asks_and_deletes_that_run_alone(string command)
    {
        string folder = _store.Add();
        string other = _store.Add(Other);

        _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, RunStoreFolder.SampleRunId, folder)).Clean();

        Assert.Contains(RunStoreFolder.SampleRunId, Assert.Single(_session.Host.Console.Prompts), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.True(Directory.Exists(other));
    }

    [Fact]
    public void Old_runs_go_and_the_newest_stay_however_old_they_are()
    {
        string oldest = _store.Add("20250101-000000-nightly-0001");
        string older = _store.Add("20250102-000000-nightly-0002");
        string other = _store.Add("20250103-000000-light_load-0003");

        _session.Run("Remove-GenieRun -OlderThan '30d' -KeepLatest 1 -ScenarioName nigh* -Confirm:$false").Clean();

        Assert.Equal((false, true, true), (Directory.Exists(oldest), Directory.Exists(older), Directory.Exists(other)));

        _session.Run($"Remove-GenieRun -OlderThan 30d -StorePath '{_store.Home}' -Confirm:$false").Clean();
        Assert.Empty(Directory.EnumerateDirectories(_store.InHome("runs")));
    }

    [Fact]
    public void Not_every_run_goes_because_no_limit_was_given()
    {
        string folder = _store.Add();

        ScriptOutcome outcome = _session.Run("Remove-GenieRun -ScenarioName high_load -Confirm:$false");

        Assert.StartsWith("NoRetention,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public void No_means_no_and_consent_is_not_asked_for()
    {
        string folder = _store.Add();
        _session.Host.Console.ChoiceAnswer = 2;
        _session.Run($"Remove-GenieRun {RunStoreFolder.SampleRunId}").Clean();
        Assert.True(File.Exists(Path.Combine(folder, "run.json")));

        _session.Run($"Remove-GenieRun {RunStoreFolder.SampleRunId} -Confirm:$false").Clean();

        Assert.False(Directory.Exists(folder));
        Assert.Single(_session.Host.Console.Prompts);
    }

    [Fact]
    public void What_is_running_or_not_ours_stays()
    {
        string folder = _store.Add();
        string running = _store.Add(Other);
        string note = Path.Combine(folder, "my notes.txt");
        File.WriteAllText(note, "mine");
        using FileStream held = new(Path.Combine(running, "run.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        ScriptOutcome outcome = _session.Run("Get-GenieRun | Remove-GenieRun -Confirm:$false");

        Assert.StartsWith("RunStillRunning,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(running, "results.jsonl")));
        Assert.Equal([note], Directory.EnumerateFiles(folder));
        Assert.Equal("NotARunFolder",
            _session.Run($"Remove-GenieRun -Path '{folder}' -Confirm:$false").Error.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void What_stays_is_named_before_and_after()
    {
        string folder = _store.Add();
        File.WriteAllText(Path.Combine(folder, "my notes.txt"), "mine");

        ScriptOutcome outcome = _session.Run($"Remove-GenieRun {RunStoreFolder.SampleRunId}");

        Assert.Contains("but not 'my notes.txt'", Assert.Single(_session.Host.Console.Prompts), StringComparison.Ordinal);
        Assert.Contains("'my notes.txt'", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remove-GenieRun {0} -Confirm:$false")]
    [InlineData("Remove-GenieRun -Path '{1}' -Confirm:$false")]
    public void What_a_killed_run_left_goes_by_its_id_or_its_path_in_the_store(string command)
    {
        string folder = _store.Add();
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != "plan.json"))
            File.Delete(file);

        _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, RunStoreFolder.SampleRunId, folder)).Clean();

        Assert.False(Directory.Exists(folder));
    }
}
