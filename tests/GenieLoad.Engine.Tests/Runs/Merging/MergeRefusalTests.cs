using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Merging;

public sealed class MergeRefusalTests : IDisposable
{
    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    private GenieLoadException Refused(string id, params string[] paths)
    {
        var error = Assert.Throws<GenieLoadException>(() => _shards.Merge(paths));
        Assert.Equal(id, error.ErrorId);
        Assert.False(Directory.Exists(_shards.Store.RunsPath) && Directory.EnumerateFileSystemEntries(_shards.Store.RunsPath).Any());
        return error;
    }

    [Fact]
    public async Task Shards_of_different_plans()
    {
        Plan other = _shards.Plan with { Seed = 8 };
        other = other with { Hash = PlanHash.Of(other) };
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(2, 2, header => header with { PlanHash = other.Hash }, plan: other);

        GenieLoadException error = Refused("PlansDiffer", one, two);

        Assert.Contains(one, error.Message, StringComparison.Ordinal);
        Assert.Contains(two, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_of_different_cuts() => Refused(
        "ShardCountsDiffer", await _shards.WriteAsync(1, 2), await _shards.WriteAsync(2, 3));

    [Fact]
    public async Task Two_runs_of_one_shard()
    {
        string one = await _shards.WriteAsync(1, 2);
        string again = await _shards.WriteAsync(1, 2, header => header with { RunId = "another" }, path: _shards.File("again"));

        GenieLoadException error = Refused("ShardTwice", one, again);

        Assert.Contains("'another'", error.Message, StringComparison.Ordinal);
        Assert.Contains(SampleShards.IdOf(1), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_run_with_two_contents()
    {
        string one = await _shards.WriteAsync(1, 2);
        string again = await _shards.WriteAsync(1, 2, row: row => row with { Polls = 99 }, path: _shards.File("again"));

        Refused("ShardTwice", one, again);
    }

    [Fact]
    public async Task A_run_given_twice_counts_once()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        string copy = _shards.File("copy");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(paths[0]))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        LoadRun merged = _shards.Merge([.. paths, copy, paths[1], Path.Combine(paths[0], "run.json")]);

        Assert.Equal((2, SampleShards.QuestionCount), (merged.Shards.Count, merged.EndedCount));
    }

    [Fact]
    public async Task A_run_that_is_no_shard() => Refused(
        "NotAShard", await _shards.WriteAsync(1, 1, header => header with { Shard = null, Place = null }));

    [Fact]
    public async Task A_shard_that_is_running()
    {
        string path = _shards.PathOf(1);
        await using RunJournal journal = RunJournal.Open(new RunFolder(path), _shards.Header(1, 2), _shards.Plan);

        Refused("ShardStillRunning", path);
    }

    [Fact]
    public async Task A_merged_run_unless_it_was_only_found()
    {
        await _shards.WriteAllAsync(2);
        using RunMerge merge = RunMerge.Of([_shards.Root], new RunStore(_shards.Root));
        LoadRun merged = merge.Carry(false);

        Assert.Equal("AlreadyMerged", Assert.Throws<GenieLoadException>(() => _shards.Merge([merged.RunPath!])).ErrorId);
        // The store of the merged run lies where its shards are searched.
        using RunMerge again = RunMerge.Of([_shards.Root], new RunStore(_shards.Root));
        Assert.Equal(merged.RunId, again.RunId);
        Assert.Equal(RunMergeTests.Json(merged), RunMergeTests.Json(again.Carry(false)));
    }

    [Fact]
    public async Task A_plan_that_was_changed()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        string plan = new RunFolder(paths[1]).PlanPath;
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("Question 3?", "Question 4?", StringComparison.Ordinal));

        GenieLoadException error = Refused("ShardPlanChanged", paths);

        Assert.Contains("2/2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_only_looks_different_is_the_same()
    {
        string[] paths = await _shards.WriteAllAsync(2);
        string plan = new RunFolder(paths[1]).PlanPath;
        File.WriteAllText(plan, File.ReadAllText(plan) + "\n");

        Assert.Equal(SampleShards.QuestionCount, _shards.Merge(paths).EndedCount);
    }

    [Fact]
    public void Nothing() => Refused("NothingToMerge");

    [Fact]
    public void A_path_without_a_run()
    {
        Refused("NoRunFound", _shards.Root);
        Refused("NoRunFound", _shards.File("nowhere"));
    }

    [Fact]
    public async Task A_place_is_shown_on_one_line_and_without_control_characters()
    {
        string path = await _shards.WriteAsync(1, 1, header => header with { Place = "west\u001b[31m\neurope" + new string('x', 500) });

        LoadRun merged = _shards.Merge([path]);

        Assert.DoesNotContain(merged.Shards[0].Place!, c => char.IsControl(c));
        Assert.InRange(merged.Shards[0].Place!.Length, 1, 120);
        Assert.Equal(RunMergeTests.Json(merged), RunMergeTests.Json(RunReader.Read(merged.RunPath!)));
    }
}
