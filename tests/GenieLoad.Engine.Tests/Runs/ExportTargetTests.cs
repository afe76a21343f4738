using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class ExportTargetTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private async Task<(RunFolder Folder, LoadRun Run)> WriteRun()
    {
        RunFolder folder = new(_temporary.File("Some Run"));
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)))
        {
            journal.Append(SampleRun.Success(1, 2), SampleRun.Responses("{}"));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(9), 9));
        }

        return (folder, RunReader.Read(folder.Path));
    }

    private static void Refused(string path)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => ExportTarget.RefuseInsideRun(path));
        Assert.Equal("TargetInsideRun", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("results.csv")]
    [InlineData("run.json")]
    [InlineData("plan.json")]
    [InlineData("responses.jsonl")]
    [InlineData("report.html")]
    [InlineData("new.xml")]
    public async Task No_export_of_a_run_goes_into_a_folder_of_a_run(string name)
    {
        (RunFolder folder, LoadRun run) = await WriteRun();
        Dictionary<string, string> before = Directory.EnumerateFiles(folder.Path).ToDictionary(file => file, File.ReadAllText);

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => RunExport.Write(run, Path.Combine(folder.Path, name), overwrite: true));

        Assert.Equal("TargetInsideRun", error.ErrorId);
        Assert.Equal(before, Directory.EnumerateFiles(folder.Path).ToDictionary(file => file, File.ReadAllText));
    }

    [Fact]
    public async Task No_report_of_a_comparison_goes_there()
    {
        (RunFolder folder, _) = await WriteRun();

        Assert.Equal("TargetInsideRun", Assert.Throws<GenieLoadException>(
            () => ComparisonExport.Check(Path.Combine(folder.Path, "comparison.html"), overwrite: true)).ErrorId);
    }

    [Fact]
    public async Task The_folder_is_recognized_on_every_way_to_it()
    {
        (RunFolder folder, _) = await WriteRun();
        string inside = Directory.CreateDirectory(Path.Combine(folder.Path, "mine", "deep")).FullName;
        Directory.CreateSymbolicLink(_temporary.File("first"), inside);
        Directory.CreateSymbolicLink(_temporary.File("second"), "first");
        File.CreateSymbolicLink(_temporary.File("run.html"), folder.EventsPath);

        Refused(folder.Path);
        Refused(Path.Combine(inside, "x.csv"));
        Refused(Path.Combine(_temporary.Path, "other", "..", "Some Run", "x.csv"));
        Refused(Path.Combine(_temporary.File("second"), "x.csv"));
        Refused(Path.Combine(_temporary.File("second"), "new folder", "x.csv"));
        Refused(_temporary.File("run.html"));
    }

    [Theory]
    [InlineData("torn manifest")]
    [InlineData("no manifest")]
    [InlineData("newer format")]
    public async Task A_damaged_run_is_kept_from_exports_too(string damage)
    {
        (RunFolder folder, _) = await WriteRun();
        if (damage == "newer format")
        {
            File.WriteAllText(folder.ManifestPath, "{\"formatVersion\":9}");
            File.Delete(folder.PlanPath);
        }
        else if (damage == "torn manifest")
        {
            File.WriteAllText(folder.ManifestPath, "{");
        }
        else
        {
            File.Delete(folder.ManifestPath);
        }

        Refused(Path.Combine(folder.Path, "x.csv"));
    }

    /// <summary>Between its making and its first file a run's folder holds nothing that tells what it is, but its name and place.</summary>
    [Fact]
    public void A_folder_of_the_store_that_waits_for_its_run_is_one()
    {
        string? before = Environment.GetEnvironmentVariable(RunStore.HomeVariable);
        try
        {
            Environment.SetEnvironmentVariable(RunStore.HomeVariable, _temporary.Path);
            RunFolder waiting = new RunStore(_temporary.Path).Create("a", SampleRun.StartedAt);

            Refused(Path.Combine(waiting.Path, "run.json"));
            const string runId = "20261123-192455-a-3f9a";
            string otherName = Directory.CreateDirectory(_temporary.File("runs/mine")).FullName;
            string otherPlace = Directory.CreateDirectory(_temporary.File(runId)).FullName;
            foreach (string folder in (string[])[otherName, otherPlace, _temporary.File($"runs/{runId}")])
                ExportTarget.RefuseInsideRun(Path.Combine(folder, "run.json"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(RunStore.HomeVariable, before);
        }
    }

    [Fact]
    public async Task A_folder_with_exports_in_it_takes_more()
    {
        (RunFolder folder, LoadRun run) = await WriteRun();
        foreach (string name in (string[])["results.csv", "run.json", "responses.jsonl", "run.json"])
            RunExport.Write(run, _temporary.File(name), overwrite: true);

        ExportTarget.RefuseInsideRun(_temporary.File("plan.json"));
        Assert.True(folder.Exists);
    }

    [Fact]
    public void Links_in_a_ring_lead_nowhere()
    {
        Directory.CreateSymbolicLink(_temporary.File("a"), "b");
        Directory.CreateSymbolicLink(_temporary.File("b"), "a");
        Directory.CreateSymbolicLink(_temporary.File("c"), Path.Combine("c", "c"));

        ExportTarget.RefuseInsideRun(Path.Combine(_temporary.File("a"), "x.csv"));
        ExportTarget.RefuseInsideRun(Path.Combine(_temporary.File("c"), "x.csv"));
    }
}
