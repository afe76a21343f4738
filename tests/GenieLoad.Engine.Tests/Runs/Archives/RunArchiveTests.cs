using System.IO.Compression;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Archives;
using GenieLoad.Engine.Tests.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Archives;

public sealed class RunArchiveTests : IDisposable
{
    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    private string Pack(string path, string name)
    {
        RunExport.Write(RunReader.Read(path), _shards.File(name), overwrite: true);
        return _shards.File(name);
    }

    private string Zip(string name, params (string Path, string Content)[] entries)
    {
        using ZipArchive archive = new(File.Create(_shards.File(name)), ZipArchiveMode.Create);
        foreach ((string path, string content) in entries)
        {
            using StreamWriter writer = new(archive.CreateEntry(path).Open());
            writer.Write(content);
        }
        return _shards.File(name);
    }

    private IReadOnlyList<RunFolder> Unpack(string archive) =>
        RunArchive.Unpack(archive, Directory.CreateDirectory(_shards.File(Path.GetRandomFileName())).FullName);

    [Fact]
    public async Task What_was_packed_unpacks_to_the_same_run()
    {
        string path = await _shards.WriteAsync(1, 2);
        File.AppendAllText(new RunFolder(path).ResponsesPath, "{\"torn");

        RunFolder unpacked = Assert.Single(Unpack(Pack(path, "run.zip")));

        Assert.Equal(
            RunMergeTests.Json(RunReader.Read(path) with { RunPath = null }),
            RunMergeTests.Json(RunReader.Read(unpacked.Path) with { RunPath = null }));
        Assert.EndsWith("}\n", File.ReadAllText(unpacked.ResponsesPath), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(unpacked.Path, "run.lock")));
    }

    [Fact]
    public async Task Archives_and_folders_merge_alike()
    {
        string[] paths = await _shards.WriteAllAsync(3);
        string[] archives = [Pack(paths[0], "one.zip"), Pack(paths[1], "two.zip")];

        LoadRun merged = _shards.Merge([.. archives, paths[2], paths[0]]);

        Assert.Equal(3, merged.Shards.Count);
        Assert.Equal(
            _shards.Whole().Results.Select(row => RunMergeTests.Json(row)),
            merged.Results.Select(row => RunMergeTests.Json(row with { Shard = null, Place = null })));
    }

    [Fact]
    public async Task Nothing_that_was_unpacked_is_left()
    {
        string archive = Pack(await _shards.WriteAsync(1, 1), "one.zip");
        HashSet<string> before = [.. Directory.GetDirectories(Path.GetTempPath(), "genieload-merge-*")];

        _shards.Merge([archive]);
        File.WriteAllBytes(_shards.File("broken.zip"), File.ReadAllBytes(archive)[..^40]);
        Assert.Equal("ArchiveUnreadable", Assert.Throws<GenieLoadException>(() => _shards.Merge([_shards.File("broken.zip")])).ErrorId);

        // Those of other tests that run at the same time go too.
        Assert.True(Wait(() => Directory.GetDirectories(Path.GetTempPath(), "genieload-merge-*").All(before.Contains)));

        static bool Wait(Func<bool> isSo) => SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_path_in_an_archive_is_no_path()
    {
        string outside = _shards.File("outside");
        string archive = Zip(
            "evil.zip", ("../../outside/run.json", "{}"), ($"{outside}/run.json", "{}"), ("a/b/run.json", "{}"),
            ("a/b/results.jsonl", ""), ("a/b/../../../evil.txt", "x"), ("a/b/program.exe", "x"), ("c\\run.json", "{}"),
            ("d/results.jsonl", ""), ("a/b/run.lock", "x"));

        IReadOnlyList<RunFolder> folders = Unpack(archive);

        Assert.Equal(4, folders.Count);
        Assert.False(Directory.Exists(outside));
        Assert.All(folders, folder => Assert.All(
            Directory.GetFileSystemEntries(folder.Path),
            file => Assert.Contains(Path.GetFileName(file), new[] { "run.json", "results.jsonl" })));
        Assert.DoesNotContain(Directory.GetFiles(_shards.Root, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) is "evil.txt" or "program.exe" or "run.lock");
    }

    [Fact]
    public void An_archive_that_is_far_larger_inside_is_refused()
    {
        string archive = _shards.File("bomb.zip");
        using (ZipArchive zip = new(File.Create(archive), ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("run/run.json", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 96; i++)
                entry.Write(zeros);
        }
        string target = Directory.CreateDirectory(_shards.File("target")).FullName;

        Assert.Equal("ArchiveTooLarge", Assert.Throws<GenieLoadException>(() => RunArchive.Unpack(archive, target)).ErrorId);
        Assert.InRange(Directory.GetFiles(target, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 0, 90L << 20);
    }

    [Fact]
    public void A_file_that_is_there_twice_is_refused() => Assert.Equal(
        "ArchiveUnreadable",
        Assert.Throws<GenieLoadException>(() => Unpack(Zip("twice.zip", ("a/run.json", "{}"), ("a/run.json", "{}")))).ErrorId);

    [Fact]
    public async Task A_byte_that_was_turned_over_on_the_way_is_noticed()
    {
        string path = await _shards.WriteAsync(1, 1);
        byte[] archive = File.ReadAllBytes(Pack(path, "one.zip"));
        string damaged = _shards.File("damaged.zip");
        int noticed = 0;

        for (int at = 30; at < archive.Length; at += 97)
        {
            byte[] bytes = [.. archive];
            bytes[at] ^= 4;
            File.WriteAllBytes(damaged, bytes);
            try
            {
                // A date of a file may be another one.
                foreach (string file in Unpack(damaged).SelectMany(folder => Directory.GetFiles(folder.Path)))
                    Assert.Equal(File.ReadAllBytes(Path.Combine(path, Path.GetFileName(file))), File.ReadAllBytes(file));
            }
            catch (GenieLoadException error)
            {
                Assert.Equal("ArchiveUnreadable", error.ErrorId);
                noticed++;
            }
        }
        Assert.InRange(noticed, archive.Length / 97 / 2, archive.Length / 97);
    }

    [Fact]
    public async Task A_run_that_is_going_on_or_has_no_folder_is_not_packed()
    {
        string path = _shards.PathOf(1);
        await using RunJournal journal = RunJournal.Open(new RunFolder(path), _shards.Header(1, 1), _shards.Plan);
        LoadRun run = RunReader.Read(path);

        Assert.Equal(
            "RunStillRunning", Assert.Throws<GenieLoadException>(() => RunExport.Write(run, _shards.File("run.zip"), false)).ErrorId);
        Assert.Equal(
            "RunNotPacked",
            Assert.Throws<GenieLoadException>(() => RunExport.Write(run with { RunPath = null }, _shards.File("run.log"), false)).ErrorId);
        Assert.Empty(Directory.GetFiles(_shards.Root, "run.*"));
    }
}
