using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Archives;
using GenieLoad.Engine.Tests.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Archives;

public sealed class RunLogBlockTests : IDisposable
{
    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    private async Task<string[]> BlockAsync(int number, int count)
    {
        string path = await _shards.WriteAsync(number, count);
        string file = _shards.File($"run{number}.log");
        RunExport.Write(RunReader.Read(path), file, overwrite: true);
        Directory.Delete(path, recursive: true);
        return File.ReadAllLines(file);
    }

    private string Log(IEnumerable<string> lines)
    {
        string path = _shards.File("collected.txt");
        File.WriteAllLines(path, lines);
        return path;
    }

    private void AssertIsTheWhole(LoadRun merged) => Assert.Equal(
        _shards.Whole().Results.Select(row => RunMergeTests.Json(row)),
        merged.Results.Select(row => RunMergeTests.Json(row with { Shard = null, Place = null })));

    [Fact]
    public async Task A_block_has_a_line_for_its_begin_and_its_end()
    {
        string[] block = await BlockAsync(1, 1);

        Assert.Equal($"-----BEGIN GENIELOAD RUN {SampleShards.IdOf(1)}-----", block[0]);
        Assert.Equal("-----END GENIELOAD RUN-----", block[^1]);
        Assert.All(block[1..^2], line => Assert.Matches("^[A-Za-z0-9+/]{1024}$", line));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1 << 20, true)]
    public async Task A_run_that_is_too_long_for_a_log_leaves_its_responses_out_and_says_so(long mostBytes, bool isWhole)
    {
        string path = await _shards.WriteAsync(1, 1);
        File.AppendAllText(Path.Combine(path, "responses.jsonl"), "{}\n");
        string file = _shards.File("run.log");
        using (FileStream stream = File.Create(file))
            RunLogBlock.Write(RunReader.Read(path), stream, mostBytes);

        Assert.Equal(!isWhole, File.ReadAllLines(file)[0].StartsWith("responses.jsonl is left out", StringComparison.Ordinal));
        string target = Directory.CreateDirectory(_shards.File("found")).FullName;
        string archive = Assert.Single(RunLogBlock.Find(file, target));
        RunFolder run = Assert.Single(RunArchive.Unpack(archive, Directory.CreateDirectory(_shards.File("unpacked")).FullName));
        Assert.Equal((true, isWhole), (File.Exists(run.ResultsPath), File.Exists(run.ResponsesPath)));
        Directory.Delete(path, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-23T19:24:55.123456789Z ")]
    [InlineData("shard-0 ")]
    [InlineData("[pod/genieload-0-x7k2p/genieload] ")]
    [InlineData("[pod/genieload-0-x7k2p/genieload] 2026-11-23T19:24:55.123456789Z ")]
    [InlineData("2026-11-23 19:24:55,123 INFO | ")]
    public async Task Blocks_among_other_lines_are_found_behind_any_prefix(string prefix)
    {
        string[] one = await BlockAsync(1, 2);
        string[] two = await BlockAsync(2, 2);

        string log = Log([
            "Asking 20 questions ...", .. one.Select(line => prefix + line), $"{prefix}done in 3 s", "",
            .. two.Select(line => prefix + line)]);

        AssertIsTheWhole(_shards.Merge([log]));
    }

    [Fact]
    public async Task Blocks_of_pods_that_write_at_the_same_time_are_told_apart()
    {
        string[] one = [.. (await BlockAsync(1, 2)).Select((line, i) => $"2026-11-23T19:24:{i % 60:00}.1Z pod-a {line}")];
        string[] two = [.. (await BlockAsync(2, 2)).Select((line, i) => $"2026-11-23T19:25:{i % 60:00}.2Z pod-b {line}")];

        string[] mixed = [.. one.Zip(two).SelectMany(pair => new[] { pair.First, pair.Second })];
        string log = Log([.. mixed, .. one.Skip(two.Length), .. two.Skip(one.Length)]);

        AssertIsTheWhole(_shards.Merge([log]));
    }

    [Fact]
    public async Task Windows_line_ends_and_another_one_s_lines_in_between_do_no_harm()
    {
        string[] block = await BlockAsync(1, 1);

        string log = Log([
            block[0] + "\r", .. block[1..^1].SelectMany(line => new[] { line + "\r", "warning: slow disk\r", "\r" }), block[^1] + "\r"]);

        AssertIsTheWhole(_shards.Merge([log]));
    }

    [Fact]
    public async Task A_block_that_was_cut_is_refused_by_name()
    {
        string[] block = await BlockAsync(1, 1);

        foreach (string[] cut in (string[][])[block[..^1], block[..1], [.. block[..2], .. block[3..]], [.. block[..^1], block[0]]])
        {
            var error = Assert.Throws<GenieLoadException>(() => _shards.Merge([Log(cut)]));
            Assert.Contains(error.ErrorId, new[] { "LogBlockCut", "ArchiveUnreadable" });
            if (error.ErrorId == "LogBlockCut")
                Assert.Contains(SampleShards.IdOf(1), error.Message, StringComparison.Ordinal);
            Assert.Contains("collected.txt", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_text_without_a_block_holds_no_run() => Assert.Equal(
        "NoRunFound", Assert.Throws<GenieLoadException>(() => _shards.Merge([Log(["hello", "-----BEGIN CERTIFICATE-----"])])).ErrorId);
}
