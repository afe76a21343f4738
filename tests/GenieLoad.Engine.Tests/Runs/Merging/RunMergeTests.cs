using System.Text.Json;
using System.Text.Json.Serialization;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Merging;

public sealed class RunMergeTests : IDisposable
{
    private static readonly JsonSerializerOptions AnyNumber = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    internal static string Json<T>(T value) => JsonSerializer.Serialize(value, AnyNumber);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Rows_and_figures_are_those_of_the_test_in_one_piece(int count)
    {
        LoadRun merged = _shards.Merge(await _shards.WriteAllAsync(count));
        LoadRun whole = _shards.Whole();

        Assert.Equal(
            whole.Results.Select(row => Json(row)), merged.Results.Select(row => Json(row with { Shard = null, Place = null })));
        Assert.Equal(Json(whole.Percentiles), Json(merged.Percentiles));
        Assert.Equal(Json(whole.Latency), Json(merged.Latency));
        Assert.Equal(Json(whole.Rates), Json(merged.Rates));
        Assert.Equal(Json(whole.Intervals), Json(merged.Intervals));
        Assert.Equal(Json(whole.Causes), Json(merged.Causes));
        Assert.Equal((whole.SuccessRateLower, whole.TotalDurationSeconds, whole.CompletedAt, whole.StartedAt, whole.PlanHash),
            (merged.SuccessRateLower, merged.TotalDurationSeconds, merged.CompletedAt, merged.StartedAt, merged.PlanHash));
        Assert.Equal((RunState.Completed, null, HealthVerdict.Valid), (merged.State, merged.StateReason, merged.Health!.Verdict));
        Assert.Equal(Json(whole.Plan), Json(merged.Plan));
    }

    [Fact]
    public async Task Every_row_says_which_shard_asked_it_and_where()
    {
        LoadRun merged = _shards.Merge(await _shards.WriteAllAsync(4));

        for (int number = 1; number <= 4; number++)
        {
            Assert.Equal(
                _shards.IndexesOf(number, 4), merged.Results.Where(row => row.Shard == number).Select(row => row.Index));
            Assert.All(merged.Results.Where(row => row.Shard == number), row => Assert.Equal(SampleShards.PlaceOf(number), row.Place));
        }
        Assert.Equal(["1", "2", "3", "4"], merged.Slices.Where(slice => slice.Slice == "Shard").Select(slice => slice.Key));
        Assert.Equal(
            ["westeurope", "eastus", "japaneast", "onpremises"],
            merged.Slices.Where(slice => slice.Slice == "Place").Select(slice => slice.Key));
        Assert.Equal(SampleShards.QuestionCount, merged.Slices.Where(slice => slice.Slice == "Place").Sum(slice => slice.Count));
    }

    [Fact]
    public async Task The_run_returned_is_the_run_that_its_folder_tells()
    {
        string[] paths = await _shards.WriteAllAsync(4);
        LoadRun merged = _shards.Merge([paths[0], paths[2], paths[3]]);
        List<string> warnings = [];

        LoadRun read = RunReader.Read(merged.RunPath!, warnings.Add);

        Assert.Equal(Json(merged), Json(read));
        Assert.Empty(warnings);
        Assert.Equal(merged.RunPath, _shards.Store.Find(merged.RunId).Path);
    }

    [Fact]
    public async Task The_merged_run_names_its_shards_and_their_connections()
    {
        LoadRun merged = _shards.Merge(await _shards.WriteAllAsync(4));

        Assert.Equal(["1/4", "2/4", "3/4", "4/4"], merged.Shards.Select(shard => shard.Shard));
        Assert.Equal([1, 2, 3, 4], merged.Shards.Select(shard => shard.Number));
        Assert.Equal("2/4 (eastus): Completed", $"{merged.Shards[1]}");
        RunShard second = merged.Shards[1];
        Assert.Equal(
            (SampleShards.IdOf(2), 0.02, 0, 0.0, HealthVerdict.Valid),
            (second.RunId, second.StartLagSeconds!.Value, second.MissingCount, second.MovedSeconds, second.Health));
        Assert.Equal(SampleShards.QuestionCount, merged.Shards.Sum(shard => shard.QuestionCount));
        RunConnection connection = Assert.Single(merged.Connections);
        Assert.Equal(
            ("default", SampleShards.QuestionCount, "token of westeurope, token of eastus, token of japaneast, token of onpremises"),
            (connection.Name, connection.QuestionCount, connection.Credential));
        Assert.Null(merged.Place);
        Assert.Null(merged.StartLagSeconds);
        Assert.Null(merged.Shard);
    }

    [Fact]
    public async Task Spaces_that_share_a_name_are_told_apart_by_their_shards()
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(2, 2, header => header with
        {
            SpaceId = "02ab", Connections = new([header.Connections![0] with { SpaceId = "02ab" }]),
        });

        LoadRun merged = _shards.Merge([one, two]);

        Assert.Equal(["default@1", "default@2"], merged.Connections.Select(connection => connection.Name));
        Assert.Equal(SampleShards.QuestionCount, merged.Connections.Sum(connection => connection.QuestionCount));
        Assert.Equal("01ef, 02ab", merged.SpaceId);
        Assert.All(merged.Results, row => Assert.Equal($"default@{row.Shard}", row.Connection));
        Assert.Equal(Json(merged), Json(RunReader.Read(merged.RunPath!)));
    }

    [Fact]
    public async Task Merging_the_same_again_gives_the_same_run_in_any_order()
    {
        string[] paths = await _shards.WriteAllAsync(4);
        LoadRun first = _shards.Merge(paths);
        DateTime written = File.GetLastWriteTimeUtc(new RunFolder(first.RunPath!).ManifestPath);

        LoadRun second = _shards.Merge(paths.Reverse());

        Assert.Equal(Json(first), Json(second));
        Assert.Equal(written, File.GetLastWriteTimeUtc(new RunFolder(first.RunPath!).ManifestPath));
        Assert.Single(Directory.GetDirectories(_shards.Store.RunsPath));
        Assert.Matches("^20261123-192455-high_load-[0-9a-f]{4}$", first.RunId);
    }

    [Fact]
    public async Task Shards_that_have_changed_since_replace_the_merged_run_only_on_request()
    {
        string[] paths = await _shards.WriteAllAsync(3);
        LoadRun first = _shards.Merge(paths);
        RunFolder changed = new(paths[1]);
        File.WriteAllText(changed.ResultsPath, string.Join('\n', File.ReadAllLines(changed.ResultsPath)[1..]) + "\n");

        var error = Assert.Throws<GenieLoadException>(() => _shards.Merge(paths));
        Assert.Equal("MergedRunDiffers", error.ErrorId);
        Assert.Contains("-Force", error.Recommendation, StringComparison.Ordinal);
        Assert.Equal(Json(first), Json(RunReader.Read(first.RunPath!)));

        LoadRun second = _shards.Merge(paths, replaces: true);
        Assert.Equal(first.RunId, second.RunId);
        Assert.Equal(Json(second), Json(RunReader.Read(second.RunPath!)));
        Assert.NotEqual(first.SuccessfulCount, second.SuccessfulCount);
        Assert.Single(Directory.GetDirectories(_shards.Store.RunsPath));
    }

    [Fact]
    public async Task What_somebody_else_has_put_where_the_merged_run_belongs_stays()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        LoadRun first = _shards.Merge(paths);
        File.WriteAllText(Path.Combine(first.RunPath!, "notes.txt"), "mine");
        File.AppendAllText(new RunFolder(paths[0]).ResultsPath, "\n");

        Assert.Equal(
            "MergedPlaceTaken", Assert.Throws<GenieLoadException>(() => _shards.Merge(paths, replaces: true)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(first.RunPath!, "notes.txt")));

        Directory.Delete(first.RunPath!, recursive: true);
        Directory.CreateDirectory(first.RunPath!);
        Assert.Equal("MergedPlaceTaken", Assert.Throws<GenieLoadException>(() => _shards.Merge(paths)).ErrorId);
    }

    [Fact]
    public async Task A_merge_that_fails_half_way_leaves_nothing_behind()
    {
        string[] paths = await _shards.WriteAllAsync(3);
        File.AppendAllText(new RunFolder(paths[1]).ResultsPath, "{");
        using CancellationTokenSource stop = new();
        string[] meanwhile = [];
        using RunMerge merge = RunMerge.Of(paths, _shards.Store, _ =>
        {
            meanwhile = Directory.GetDirectories(_shards.Store.RunsPath);
            stop.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => merge.Carry(false, stop.Token));

        Assert.Single(meanwhile);
        Assert.Empty(Directory.GetFileSystemEntries(_shards.Store.RunsPath));
    }

    [Fact]
    public async Task A_merge_that_is_under_way_is_no_run_of_the_store()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        LoadRun merged = _shards.Merge(paths);
        Directory.Move(merged.RunPath!, Path.Combine(_shards.Store.RunsPath, $".merging-{merged.RunId}-x"));

        Assert.Empty(_shards.Store.List());
        Assert.Equal("NoRunFound", Assert.Throws<GenieLoadException>(() => _shards.Merge([_shards.Store.Root])).ErrorId);
    }

    [Fact]
    public async Task A_merged_run_is_not_resumed()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        LoadRun merged = _shards.Merge([paths[0]]);

        var error = Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(merged.RunPath!));

        Assert.Equal("CannotResume", error.ErrorId);
        Assert.Contains("Merge-GenieRun", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_and_reports_show_the_shards()
    {
        string[] paths = await _shards.WriteAllAsync(3);
        LoadRun merged = _shards.Merge(paths[..2]);

        Assert.Contains("  Shards    2 of 3, from 2 places", SummaryText.Brief(merged), StringComparison.Ordinal);
        Assert.Contains("Places", SummaryText.Write(merged), StringComparison.Ordinal);
        foreach (string name in (string[])["page.html", "page.md"])
        {
            RunExport.Write(merged, _shards.File(name), overwrite: false);
            string text = File.ReadAllText(_shards.File(name));
            Assert.Contains("Shards", text, StringComparison.Ordinal);
            Assert.Contains("westeurope", text, StringComparison.Ordinal);
            Assert.Contains("3/3", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Responses_and_events_of_all_shards_are_kept()
    {
        LoadRun merged = _shards.Merge(await _shards.WriteAllAsync(3));
        RunFolder folder = new(merged.RunPath!);

        Assert.Equal(SampleShards.QuestionCount, File.ReadAllLines(folder.ResponsesPath).Length);
        string[] events = File.ReadAllLines(folder.EventsPath);
        Assert.Contains("is merged from 3 of 3 shards", events[0], StringComparison.Ordinal);
        Assert.Contains(events, line => line.Contains("Z [shard 2/3 (eastus)] Run ends: Completed.", StringComparison.Ordinal));
        Assert.Equal(1 + SampleShards.QuestionCount, File.ReadAllLines(folder.StartedPath).Length);
        Assert.False(folder.IsHeld());
    }
}
