using System.Globalization;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class MergeGenieRunTests : IDisposable
{
    private readonly ShardStore _store = new();
    private readonly PowerShellSession _session = new(importSamples: true);

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
    }

    private string With(string script) => script.Replace("{0}", _store.Home, StringComparison.Ordinal)
        .Replace("{1}", ShardStore.IdOf(1), StringComparison.Ordinal).Replace("{2}", ShardStore.IdOf(2), StringComparison.Ordinal);

    [Theory]
    [InlineData("Merge-GenieRun '{0}/runs/{1}', '{0}/runs/{2}'")]
    [InlineData("Merge-GenieRun -Path '{0}/runs/*000?'")]
    [InlineData("Merge-GenieRun '{0}'")]
    [InlineData("Merge-GenieRun -RunId {1}, {2}")]
    [InlineData("Get-GenieRun | Merge-GenieRun")]
    [InlineData("Get-GenieRun {1}, {2} | Merge-GenieRun -RunPath '{0}'")]
    [InlineData("'{1}', '{0}/runs/{2}/run.json' | Merge-GenieRun")]
    [InlineData("[System.IO.DirectoryInfo[]]('{0}/runs/{1}', '{0}/runs/{2}') | Merge-GenieRun")]
    [InlineData("[System.IO.FileInfo[]]('{0}/runs/{1}/run.json', '{0}/runs/{2}/run.json') | Merge-GenieRun")]
    [InlineData("Get-GenieRun | Export-GenieRun -Path { \"{0}/$($_.RunId).zip\" }; Merge-GenieRun '{0}/*.zip' -StorePath '{0}/other'")]
    [InlineData("Get-GenieRun | Export-GenieRun -Path { \"{0}/$($_.RunId).log\" }; "
        + "'{0}/*.log' | Merge-GenieRun -StorePath '{0}/other'")]
    public void Shards_are_merged_however_they_are_named(string script)
    {
        _store.Add(1, 2);
        _store.Add(2, 2);

        dynamic run = _session.Run(With(script)).Clean().Only;

        Assert.Equal("GenieLoad.Model.LoadRun", run.GetType().FullName);
        Assert.Equal((6, 2, 3), ((int)run.Results.Count, (int)run.Shards.Count, (int)run.SuccessfulCount));
        Assert.Matches("^20261123-192455-high_load-[0-9a-f]{4}$", (string)run.RunId);
        Assert.True(File.Exists(Path.Combine((string)run.RunPath, "run.json")));
    }

    [Fact]
    public void The_summary_names_the_shards_and_their_table_fits()
    {
        _store.Add(1, 3);
        _store.Add(3, 3);

        string shown = _session.Show(With("Merge-GenieRun '{0}'"));
        Assert.Contains("  Shards    2 of 3, from 2 places\n", shown, StringComparison.Ordinal);
        Assert.Contains("shard 2/3 is missing", shown, StringComparison.Ordinal);
        Assert.Equal(
            """

            Shard  State       Count Lost  Lag s Clock s Place
            -----  -----       ----- ----  ----- ------- -----
            1/3    Completed       2    0   0.00         place1
            2/3    missing         2    2
            3/3    Completed       2    1   0.00         place3


            """.ReplaceLineEndings("\n"),
            string.Join('\n', _session.Show(With("(Merge-GenieRun '{0}').Shards")).Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public void Under_WhatIf_nothing_is_written()
    {
        _store.Add(1, 2);

        Assert.Contains(
            "Merge 1 of 2 shards", _session.Run(With("Merge-GenieRun '{0}' -WhatIf")).Clean().Text, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(Path.Combine(_store.Home, "runs")));
    }

    [Theory]
    [InlineData("Merge-GenieRun '{0}/nowhere'", "NoRunFound")]
    [InlineData("Merge-GenieRun '{0}/*.zip'", "FileNotFound")]
    [InlineData("Merge-GenieRun -RunId unknown", "RunNotFound")]
    [InlineData("$run = Merge-GenieRun '{0}'; $run | Merge-GenieRun", "AlreadyMerged")]
    [InlineData("$run = Merge-GenieRun '{0}'; Resume-GenieLoadTest $run.RunId", "CannotResume")]
    [InlineData("Merge-GenieRun '{0}' -StorePath '{0}/runs/{1}/run.json'", "MergeNotWritten")]
    public void What_cannot_be_merged_is_an_error_of_its_own(string script, string errorId)
    {
        _store.Add(1, 2);

        ScriptOutcome outcome = _session.Run(With(script));

        Assert.StartsWith(errorId, outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_changed_is_merged_again_with_Force_alone()
    {
        _store.Add(1, 2);
        string second = _store.Add(2, 2);
        string id = (string)_session.Run(With("(Merge-GenieRun '{0}').RunId")).Clean().Only;
        File.AppendAllText(Path.Combine(second, "events.log"), "2026-11-24T08:00:00.000Z resumed\n");

        Assert.StartsWith(
            "MergedRunDiffers,", _session.Run(With("Merge-GenieRun '{0}'")).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(id, (string)_session.Run(With("(Merge-GenieRun '{0}' -Force).RunId")).Clean().Only);
    }

    [Fact]
    public void Thresholds_can_be_of_one_shard_or_place()
    {
        _store.Add(1, 2);
        _store.Add(2, 2);

        string counts = string.Join(' ', _session.Run(With(
            "$run = Merge-GenieRun '{0}'; 'SuccessRate{shard=1} > 0', 'SuccessRate{place=place2} > 0' | ForEach-Object { "
                + "($run | Test-GenieRun -Threshold $_).Value.ToString([cultureinfo]::InvariantCulture) }")).Clean().Output
            .Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));

        Assert.Equal("50 100", counts);
    }
}
