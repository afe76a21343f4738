using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ExportGenieRunTests : IDisposable
{
    private const string Capacity =
        """
        $probe = [GenieLoad.Model.CapacityProbe]@{
            People = 14; Verdict = 'Pass'; Answers = 60; Misses = 2; Slo = 'X'; AllowedMissShare = 0.1; QuestionsSpent = 70
            DurationSeconds = 900; RunId = 'r1'; Reason = 'few missed'
        }
        $capacity = [GenieLoad.Model.SpaceCapacity]@{
            Model = 'Closed'; Slo = 'X'; AllowedMissShare = 0.1; People = 14; PeopleFailed = 17; AnswerCount = 30
            RunId = 'r0'; Reason = 'y'
            Curve = [GenieLoad.Model.RowList[GenieLoad.Model.CapacityPoint]]::new([GenieLoad.Model.CapacityPoint[]]@())
            Probes = [GenieLoad.Model.RowList[GenieLoad.Model.CapacityProbe]]::new([GenieLoad.Model.CapacityProbe[]]@($probe))
        }
        """;

    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new();

    public ExportGenieRunTests()
    {
        _store.Add();
        _session.Set("folder", _store.Home);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void One_call_writes_every_format_and_gives_the_files()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRun out.csv, out.json, out.jsonl -PassThru").Clean();

        Assert.Equal(
            new[] { "out.csv", "out.json", "out.jsonl" }.Select(_store.InHome),
            outcome.Output.Select(file => ((FileInfo)file).FullName));
        string csv = File.ReadAllText(_store.InHome("out.csv"));
        Assert.StartsWith("Index,QuestionId,Question,Outcome,Success,", csv, StringComparison.Ordinal);
        Assert.Contains("'=SUM(A1:A9) is what I typed", csv, StringComparison.Ordinal);
        string json = File.ReadAllText(_store.InHome("out.json"));
        Assert.Contains("\"runId\": \"" + RunStoreFolder.SampleRunId, json, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(_store.InHome("out.jsonl")).Length);
    }

    [Fact]
    public void Nothing_is_given_unless_asked_for() =>
        Assert.Empty(_session.Run("Export-GenieRun -InputObject (Get-GenieRun -Latest) -Path out.csv").Clean().Output);

    [Fact]
    public void What_if_names_the_file_and_writes_nothing()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRun out.csv -WhatIf -PassThru").Clean();

        Assert.Contains(
            $"Performing the operation \"Export run {RunStoreFolder.SampleRunId}\" on target \"{_store.InHome("out.csv")}\"",
            outcome.Text,
            StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.False(File.Exists(_store.InHome("out.csv")));
    }

    [Theory]
    [InlineData("out.csv, out.xlsx", "UnknownExportFormat")]
    [InlineData("out.csv, there.json", "FileExists")]
    public void A_bad_path_keeps_all_files_from_being_written(string paths, string errorId)
    {
        File.WriteAllText(_store.InHome("there.json"), "mine");

        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRun " + paths);

        Assert.Equal($"{errorId},GenieLoad.PowerShell.Commands.ExportGenieRunCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.False(File.Exists(_store.InHome("out.csv")));
        Assert.Equal("mine", File.ReadAllText(_store.InHome("there.json")));
    }

    [Fact]
    public void Force_replaces_a_file()
    {
        File.WriteAllText(_store.InHome("there.json"), "mine");

        _session.Run("Get-GenieRun -Latest | Export-GenieRun there.json -Force").Clean();

        Assert.StartsWith("{", File.ReadAllText(_store.InHome("there.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_get_a_file_each()
    {
        _store.Add("20261124-080000-light_load-0002");

        _session.Run("Get-GenieRun | Export-GenieRun -Path { \"$($_.RunId).csv\" }").Clean();

        Assert.True(File.Exists(_store.InHome("20261124-080000-light_load-0002.csv")));
        Assert.True(File.Exists(_store.InHome(RunStoreFolder.SampleRunId + ".csv")));
    }

    [Fact]
    public void A_second_run_never_overwrites_the_first_one_s_file_even_with_force()
    {
        _store.Add("20261124-080000-light_load-0002");

        ScriptOutcome outcome = _session.Run("Get-GenieRun | Export-GenieRun out.json -Force");

        Assert.StartsWith("FileTakenByAnotherRun,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("light_load-0002", File.ReadAllText(_store.InHome("out.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_capacity_comes_down_the_pipeline_like_a_run()
    {
        _session.Run(Capacity);

        ScriptOutcome outcome = _session.Run(
            "$capacity | Export-GenieRun out.html, out.md, out.xml, out.csv, out.json -PassThru").Clean();

        Assert.Equal(5, outcome.Output.Count);
        Assert.Contains("14 to 16 people", File.ReadAllText(_store.InHome("out.html")), StringComparison.Ordinal);
        Assert.StartsWith("## ✅ Capacity: 14 to 16 people", File.ReadAllText(_store.InHome("out.md")), StringComparison.Ordinal);
        Assert.Contains("People meet X", File.ReadAllText(_store.InHome("out.xml")), StringComparison.Ordinal);
        Assert.Contains("14,Pass,60,2,", File.ReadAllText(_store.InHome("out.csv")), StringComparison.Ordinal);
        Assert.Contains("\"people\": 14", File.ReadAllText(_store.InHome("out.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_capacity_names_itself_with_what_if_and_never_overwrites_another_one()
    {
        _session.Run(Capacity);

        Assert.Contains(
            "Export capacity 14 people, fewer than 17, meet X",
            _session.Run("Export-GenieRun out.md -Capacity $capacity -WhatIf").Clean().Text,
            StringComparison.Ordinal);
        ScriptOutcome twice = _session.Run("$capacity, $capacity | Export-GenieRun out.md -Force");

        Assert.StartsWith("FileTakenByAnotherRun,", twice.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "UnknownExportFormat,", _session.Run("$capacity | Export-GenieRun a.html, a.jsonl").Error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.False(File.Exists(_store.InHome("a.html")));
        Assert.StartsWith(
            "TargetInsideRun,",
            _session.Run($"$capacity | Export-GenieRun runs/{RunStoreFolder.SampleRunId}/a.html").Error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_are_written_beside_data_and_hold_the_run_against_thresholds_that_are_given()
    {
        ScriptOutcome outcome = _session.Run(
            "Get-GenieRun -Latest | Export-GenieRun out.html, out.xml, out.md -Threshold 'QuestionCount < 1', 'SuccessRate > 1%' -PassThru")
                .Clean();

        Assert.Equal(3, outcome.Output.Count);
        Assert.Contains("✕ Failed", File.ReadAllText(_store.InHome("out.html")), StringComparison.Ordinal);
        Assert.Contains("<failure", File.ReadAllText(_store.InHome("out.xml")), StringComparison.Ordinal);
        Assert.StartsWith("## ❌", File.ReadAllText(_store.InHome("out.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_that_cannot_be_read_is_refused_before_anything_is_written()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRun out.html -Threshold 'P95ResponsSeconds < 3'");

        Assert.StartsWith("UnknownFigure,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(_store.InHome("out.html")));
    }

    [Fact]
    public void Comparisons_that_go_to_one_file_are_one_report()
    {
        _store.Add("20261124-192455-high_load-4a00");
        _store.Add("20261125-192455-high_load-4a01");

        ScriptOutcome outcome = _session.Run(
            $"Get-GenieRun 20261124-192455-high_load-4a00, 20261125-192455-high_load-4a01 | Compare-GenieRun "
                + $"{RunStoreFolder.SampleRunId} | Export-GenieRun compare.html, compare.md -PassThru");

        Assert.Equal(
            new[] { "compare.html", "compare.md" }.Select(_store.InHome), outcome.Output.Select(file => ((FileInfo)file).FullName));
        string page = File.ReadAllText(_store.InHome("compare.html"));
        Assert.Contains("high_load-4a00", page, StringComparison.Ordinal);
        Assert.Contains("high_load-4a01", page, StringComparison.Ordinal);
        Assert.Contains("2 comparisons of runs", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_get_a_file_each_where_their_paths_differ()
    {
        _store.Add("20261124-192455-high_load-4a00");
        _store.Add("20261125-192455-high_load-4a01");

        _session.Run($"Get-GenieRun 20261124-192455-high_load-4a00, 20261125-192455-high_load-4a01 | Compare-GenieRun "
            + $"{RunStoreFolder.SampleRunId} | Export-GenieRun -Path {{ \"$($_.DifferenceRunId).md\" }}");

        Assert.Contains("high\\_load-4a00", File.ReadAllText(_store.InHome("20261124-192455-high_load-4a00.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("4a00", File.ReadAllText(_store.InHome("20261125-192455-high_load-4a01.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare.csv", "UnknownExportFormat")]
    [InlineData("compare.html, there.md", "FileExists")]
    public void A_bad_path_of_a_comparison_keeps_all_files_from_being_written(string paths, string errorId)
    {
        _store.Add("20261124-192455-high_load-4a00");
        File.WriteAllText(_store.InHome("there.md"), "mine");

        ScriptOutcome outcome = _session.Run(
            $"Get-GenieRun -Latest | Compare-GenieRun {RunStoreFolder.SampleRunId} | Export-GenieRun {paths}");

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(_store.InHome("compare.html")));
        Assert.Equal("mine", File.ReadAllText(_store.InHome("there.md")));
    }

    [Theory]
    [InlineData("Export-GenieRun -InputObject $run -Force ./results.csv, ./run.json, ./responses.jsonl")]
    [InlineData("$run | Export-GenieRun -Force -Path plan.json")]
    [InlineData("$run | Export-GenieRun -Force -Path ../x.csv, ./report.html")]
    [InlineData("Get-GenieScenario high_load | Export-GenieScenario -Force -Path plan.json")]
    [InlineData("$run | Export-GenieRunToMlflow .")]
    [InlineData("$run | Export-GenieRunToMlflow ./mlruns -WhatIf")]
    public void Nothing_is_written_into_the_folder_of_a_run(string command)
    {
        string folder = _store.InHome($"runs/{RunStoreFolder.SampleRunId}");
        Dictionary<string, string> before = Directory.EnumerateFileSystemEntries(folder).ToDictionary(file => file, File.ReadAllText);
        _session.Set("runFolder", folder);
        _session.Run("$run = Get-GenieRun -Latest; $ExecutionContext.SessionState.Path.SetLocation($runFolder)").Clean();

        ScriptOutcome outcome = _session.Run(command);

        Assert.StartsWith("TargetInsideRun,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder).ToDictionary(file => file, File.ReadAllText));
        Assert.False(File.Exists(_store.InHome("runs/x.csv")));
    }

    [Fact]
    public void A_folder_that_waits_for_its_run_in_the_store_takes_no_export_either()
    {
        Directory.CreateDirectory(_store.InHome("runs/20261124-101010-light_load-0001"));

        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRun runs/20261124-101010-light_load-0001/run.json");

        Assert.StartsWith("TargetInsideRun,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.InHome("runs/20261124-101010-light_load-0001")));
    }
}
