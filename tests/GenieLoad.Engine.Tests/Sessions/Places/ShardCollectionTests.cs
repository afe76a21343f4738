using System.Text;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Places;

public sealed class ShardCollectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genieload-collection-");

    private string Target => Path.Combine(_folder.FullName, "shard");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_no_file_of_a_run_is_not_copied()
    {
        FakePlace place = Place();
        foreach (string name in (string[])["../evil.sh", "/nowhere/evil.sh", "..\\evil", "run.lock", "other.txt", "steering-request.json"])
            place.Files[name] = [1];
        place.Files["results.jsonl"] = Encoding.UTF8.GetBytes("{}\n");

        Assert.True(await CopyAsync(place, new ShardCollection("a", Target)));

        Assert.Equal(["results.jsonl", "run.json"], Directory.GetFiles(Target).Select(Path.GetFileName).Order());
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task After_a_broken_connection_it_goes_on_where_it_was()
    {
        FakePlace place = Place();
        place.Files["results.jsonl"] = Encoding.UTF8.GetBytes("0123456789abcdefghijklmnopqrstuvwxyz");
        place.BreaksAfterParts = 4;
        ShardCollection collection = new("a", Target);

        await Assert.ThrowsAsync<PlaceLostException>(() => CopyAsync(place, collection));
        await place.ReopenAsync(default);
        Assert.True(await CopyAsync(place, collection));

        Assert.Equal("0123456789abcdefghijklmnopqrstuvwxyz", await File.ReadAllTextAsync(Path.Combine(Target, "results.jsonl")));
        Assert.Equal(place.Reads.Distinct(), place.Reads);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_no_run()
    {
        FakePlace place = Place();
        place.Files.Clear();

        Assert.False(await CopyAsync(place, new ShardCollection("a", Target)));
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_file_that_ends_too_soon_is_refused()
    {
        FakePlace place = Place();

        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => new ShardCollection("a", Target).CopyAsync(
            () => Task.FromResult<IReadOnlyList<PlaceFile>>([new PlaceFile("run.json", 1000)]),
            (name, at) => place.ReadAsync(name, at, default)));

        Assert.Equal("StrangeFile", failure.ErrorId);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_length_that_no_file_has_is_refused(long length)
    {
        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => new ShardCollection("a", Target).CopyAsync(
            () => Task.FromResult<IReadOnlyList<PlaceFile>>([new PlaceFile("run.json", length)]), (_, _) => Task.FromResult<byte[]>([])));

        Assert.Equal("StrangeFile", failure.ErrorId);
    }

    private static FakePlace Place() => new(TimeProvider.System, "a") { Latency = 0 };

    private static Task<bool> CopyAsync(FakePlace place, ShardCollection collection) =>
        collection.CopyAsync(() => place.ListAsync(default), (name, offset) => place.ReadAsync(name, offset, default));
}
