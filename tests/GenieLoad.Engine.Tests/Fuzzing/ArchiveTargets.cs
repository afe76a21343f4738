using GenieLoad.Engine.Runs.Archives;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of packed runs: archives and log blocks.</summary>
internal static class ArchiveTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        LoadRun run = FuzzSamples.Shared.Run;
        using MemoryStream archive = new();
        RunArchive.Write(run, archive);
        using MemoryStream log = new();
        RunLogBlock.Write(run, log);
        yield return Reader("archives/run.zip", archive.ToArray(), (file, target) => RunArchive.Unpack(file, target).Count > 0);
        yield return Reader("archives/run.log", log.ToArray(), (file, target) =>
        {
            IReadOnlyList<string> archives = RunLogBlock.Find(file, target);
            Assert.All(archives, found => Assert.Equal(target, Path.GetDirectoryName(found)));
            return archives.Count > 0;
        });
    }

    private static FuzzTarget Reader(string name, byte[] sample, Func<string, string, bool> read)
    {
        string file = FuzzSamples.Shared.FileFor(Path.GetFileName(name));
        string target = FuzzSamples.Shared.FileFor($"unpacked-{Path.GetExtension(name)[1..]}");
        return new FuzzTarget(
            name, [sample],
            input =>
            {
                File.WriteAllBytes(file, input);
                Directory.CreateDirectory(target);
                try
                {
                    bool isRead = read(file, target);
                    foreach (string found in Directory.GetFiles(target, "*", SearchOption.AllDirectories))
                        Assert.StartsWith(target + Path.DirectorySeparatorChar, Path.GetFullPath(found), StringComparison.Ordinal);
                    return isRead;
                }
                finally
                {
                    Directory.Delete(target, recursive: true);
                }
            },
            FuzzTargets.IsUserError)
        {
            Bytes = 30_000_000, Cost = 8,
        };
    }
}
