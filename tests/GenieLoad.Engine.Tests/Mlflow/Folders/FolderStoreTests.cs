using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Mlflow.Folders;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow.Folders;

public sealed class FolderStoreTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private string Tree => _folder.File("tracking");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tree_is_what_the_file_store_reads_with_no_path_of_this_machine_in_it()
    {
        MlflowExport export = await ExportAsync();

        Assert.True(export.Verified);
        Assert.Matches("^[0-9]{18}$", export.ExperimentId);
        Assert.True(File.Exists(Path.Combine(Tree, "0", "meta.yaml")));
        string experiment = File.ReadAllText(Path.Combine(Tree, export.ExperimentId, "meta.yaml"));
        Assert.Contains($"artifact_location: \"mlflow-artifacts:/{export.ExperimentId}\"\n", experiment, StringComparison.Ordinal);
        string run = Path.Combine(Tree, export.ExperimentId, export.ParentRunId);
        string meta = File.ReadAllText(Path.Combine(run, "meta.yaml"));
        foreach (string line in (string[])
            [
                $"experiment_id: \"{export.ExperimentId}\"", $"run_id: \"{export.ParentRunId}\"", "status: 3",
                "lifecycle_stage: \"active\"", "tags: []",
                "source_type: 4", $"start_time: {new DateTimeOffset(SampleRun.StartedAt).ToUnixTimeMilliseconds()}", "deleted_time: null",
            ])
            Assert.Contains(line + "\n", meta, StringComparison.Ordinal);
        Assert.Equal("7", File.ReadAllText(Path.Combine(run, "params", "seed")));
        Assert.Matches("^[0-9]{13} 80 0\n$", File.ReadAllText(Path.Combine(run, "metrics", "success_rate")));
        Assert.True(File.Exists(
            Path.Combine(_folder.Path, "mlartifacts", export.ExperimentId, export.ParentRunId, "artifacts", "results.csv")));
        Assert.Equal(7, Directory.GetDirectories(
            Path.Combine(Tree, export.ExperimentId)).Count(path => Path.GetFileName(path).Length == 32));
        Assert.Empty(Directory.GetDirectories(_folder.Path, ".*"));
        Assert.All(
            Directory.GetFiles(Tree, "meta.yaml", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(_folder.Path, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exporting_again_completes_what_is_missing()
    {
        MlflowExport first = await ExportAsync();
        string experiment = Path.Combine(Tree, first.ExperimentId);
        string[] children = [.. Directory.GetDirectories(experiment)
            .Where(path => File.Exists(Path.Combine(path, "tags", "mlflow.parentRunId")))];
        Directory.Delete(children[0], recursive: true);
        File.Delete(Path.Combine(children[1], "metrics", "success"));

        MlflowExport second = await ExportAsync();

        Assert.Equal((true, 2, true), (second.Resumed, second.WrittenQuestionRunCount, second.Verified));
        Assert.True(File.Exists(Path.Combine(children[1], "metrics", "success")));
        Assert.Equal(7, Directory.GetDirectories(experiment).Count(path => Path.GetFileName(path).Length == 32));
    }

    [Fact]
    public async Task A_new_folder_is_never_named_mlruns() => Assert.Equal(
        "FolderNamedMlruns", (await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync(_folder.File("mlruns")))).ErrorId);

    [Fact]
    public async Task A_tree_of_MLflow_s_own_is_written_where_it_keeps_its_files()
    {
        string tree = _folder.File("mlruns");
        Directory.CreateDirectory(Path.Combine(tree, "123"));
        File.WriteAllText(
            Path.Combine(tree, "123", "meta.yaml"),
            $"artifact_location: file://{_folder.File("files")}/123\ncreation_time: 1\nexperiment_id: '123'\nlast_update_time: "
                + "1\nlifecycle_stage: active\nname: /Shared/genie-load-test\n");

        MlflowExport export = await ExportAsync(tree);

        Assert.Equal("123", export.ExperimentId);
        Assert.True(File.Exists(Path.Combine(_folder.File("files"), "123", export.ParentRunId, "artifacts", "summary.json")));
    }

    [Theory]
    [InlineData("file:///{0}/elsewhere/files")]
    [InlineData("{0}/elsewhere/files")]
    [InlineData("file:///{0}/here/tree/../../elsewhere/files")]
    [InlineData("mlflow-artifacts:/../../elsewhere/files")]
    [InlineData("s3:")]
    [InlineData("file://host/../files")]
    [InlineData("http:///")]
    public async Task A_tree_from_elsewhere_makes_files_in_and_beside_itself_only(string location)
    {
        string tree = _folder.File("here/tree");
        Directory.CreateDirectory(Path.Combine(tree, "123"));
        File.WriteAllText(
            Path.Combine(tree, "123", "meta.yaml"),
            $"artifact_location: {string.Format(null, location, _folder.Path)}\nexperiment_id: '123'\nlifecycle_stage: "
                + "active\nname: /Shared/genie-load-test\n");
        LoadRun run = MlflowFixture.Run(_folder);

        string? error = null;
        MlflowExport? export = null;
        try
        {
            export = await _fixture.ExportNowAsync(run, new MlflowExportOptions { TrackingUri = tree }, null, CancellationToken.None);
        }
        catch (GenieLoadException e)
        {
            error = e.ErrorId;
        }

        Assert.True(error == "UnusableMlflowValue" || export?.KeptArtifactCount == MlflowFixture.ArtifactCount, error);
        Assert.False(Directory.Exists(_folder.File("elsewhere")));
        Assert.Empty(Directory.EnumerateFiles(_folder.File("here"), "results.csv", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../out")]
    [InlineData("..")]
    [InlineData("/tmp/genieload-out")]
    public async Task Ids_in_a_tree_s_files_are_no_paths(string id)
    {
        MlflowExport first = await ExportAsync();
        string run = Path.Combine(Tree, first.ExperimentId, first.ParentRunId, "meta.yaml");
        File.WriteAllText(run, File.ReadAllText(run).Replace(first.ParentRunId, id, StringComparison.Ordinal)
            .Replace(first.ExperimentId, id, StringComparison.Ordinal)
            .Replace($"/{id}/{id}/artifacts", $"/{first.ExperimentId}/{first.ParentRunId}/artifacts", StringComparison.Ordinal));

        MlflowExport second = await ExportAsync();

        Assert.Equal((first.ParentRunId, first.ExperimentId, true), (second.ParentRunId, second.ExperimentId, second.Resumed));
        string experiment = Path.Combine(Tree, first.ExperimentId, "meta.yaml");
        File.WriteAllText(experiment, File.ReadAllText(experiment).Replace(first.ExperimentId, id, StringComparison.Ordinal));
        Assert.NotEqual(id, (await ExportAsync()).ExperimentId);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("x 1 0")]
    [InlineData("1 x 0")]
    [InlineData("1 1 99999999999999999999")]
    public async Task A_metric_that_cannot_be_read_is_told_with_its_name(string line)
    {
        MlflowExport first = await ExportAsync();
        File.WriteAllText(Path.Combine(Tree, first.ExperimentId, first.ParentRunId, "metrics", "success_rate"), line + "\n");

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());

        Assert.Equal("FolderNotUsable", error.ErrorId);
        Assert.Contains("success_rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_or_too_long_is_neither_waited_for_nor_read()
    {
        MlflowExport first = await ExportAsync();
        string run = Path.Combine(Tree, first.ExperimentId, first.ParentRunId);
        if (!OperatingSystem.IsWindows())
        {
            foreach ((string name, string target) in new[] { ("endless", "/dev/zero"), ("pipe", "") })
            {
                string path = Path.Combine(run, "params", name);
                if (target.Length > 0)
                    File.CreateSymbolicLink(path, target);
                else
                    System.Diagnostics.Process.Start("mkfifo", [path])!.WaitForExit();
            }
            Assert.True((await ExportAsync()).Verified);
        }
        using (FileStream file = File.Create(Path.Combine(run, "params", "seed")))
            file.SetLength(StoreFile.MostBytes + 1L);

        Assert.Contains("larger than 16 MB", (await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told()
    {
        File.WriteAllText(Tree, "");

        Assert.Equal("FolderNotUsable", (await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync())).ErrorId);
    }

    [Fact]
    public void A_meta_file_reads_what_MLflow_s_own_writer_makes()
    {
        string path = _folder.File("meta.yaml");
        File.WriteAllText(path, "name: 'it''s: mine'\nlong: one two\n  three\nempty: null\nnumber: 12\n");

        MetaFile meta = MetaFile.Read(path)!;

        Assert.Equal(("it's: mine", "one two three", null, 12L), (meta["name"], meta["long"], meta["empty"], meta.Number("number")));
    }

    private Task<MlflowExport> ExportAsync(string? tree = null)
    {
        LoadRun run = MlflowFixture.Run(_folder);
        return _fixture.ExportNowAsync(run, new MlflowExportOptions { TrackingUri = tree ?? Tree }, null, CancellationToken.None);
    }
}
