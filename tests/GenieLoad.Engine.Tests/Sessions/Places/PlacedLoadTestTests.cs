using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Places;

public sealed class PlacedLoadTestTests : IDisposable
{
    private readonly PlacedTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task All_places_start_at_one_instant_and_become_one_run()
    {
        FakePlace a = Place("a"), b = Place("b", prepareSeconds: 20);

        await _test.RunAsync(a, b);

        Assert.Equal(a.StartAt, b.StartAt);
        // When the slowest is ready, and as much later: it may be as slow again.
        Assert.InRange(a.StartAt!.Value, _test.Start.AddSeconds(40), _test.Start.AddSeconds(42));
        Assert.Equal(("1/2", "2/2"), (a.Order!.Shard, b.Order!.Shard));
        Assert.Equal(a.Order.Plan, b.Order.Plan);
        Assert.Equal(["{\"of\":\"a\"}", "{\"of\":\"b\"}"], _test.Merged.OrderBy(shard => shard.Key).Select(shard => shard.Value));
        Assert.NotNull(_test.Listener.Run);
        Assert.Empty(_test.Listener.Warnings);
        Assert.True(a.IsCleaned && b.IsCleaned && a.IsDisposed && b.IsDisposed);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_test.Store, "shards")));
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(60.0, 60)]
    [InlineData(0.0, 0)]
    public async Task The_delay_to_the_start_is_five_seconds_or_as_given(double? given, double seconds)
    {
        FakePlace a = Place("a");

        await _test.RunAsync([a], new PlacesOptions { ModuleVersion = "1.2.3", StartDelaySeconds = given }, default, default);

        Assert.InRange((a.StartAt!.Value - _test.Start).TotalSeconds, seconds + 2, seconds + 3);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_another_instant_and_warned_of()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { ClockAhead = 3 };

        await _test.RunAsync(a, b);

        Assert.Equal(3, (b.StartAt! - a.StartAt!).Value.TotalSeconds, 0.1);
        Assert.Contains("The clock of b is 3.0 s ahead of this one", Assert.Single(_test.Listener.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_may_be_right_is_left_alone()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { ClockAhead = 0.3, Latency = 0.5 };

        await _test.RunAsync(a, b);

        Assert.Equal(a.StartAt, b.StartAt);
        Assert.Empty(_test.Listener.Warnings);
    }

    [Theory]
    [InlineData("7.5.1", "1.2.2", "PlaceWithOtherModule")]
    [InlineData("7.5.1", null, "PlaceWithoutModule")]
    [InlineData("7.3.9", "1.2.3", "PlaceOutdated")]
    [InlineData("no version", "1.2.3", "PlaceOutdated")]
    public async Task A_place_that_is_not_fit_keeps_all_from_starting(string shell, string? module, string error)
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { Facts = new PlaceFacts(shell, module, "/m/GenieLoad.psd1") };

        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(a, b));

        Assert.Equal(error, failure.ErrorId);
        Assert.StartsWith("b ", failure.Message, StringComparison.Ordinal);
        Assert.Null(a.Order);
    }

    [Fact]
    public async Task The_module_is_brought_only_where_it_is_missing()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { Facts = new PlaceFacts("7.4.0", "1.0.0", "/m/GenieLoad.psd1") };
        PlacesOptions options = new() { ModuleVersion = "1.2.3", ModuleArchive = () => [1, 2, 3] };

        await _test.RunAsync([a, b], options, default, default);

        Assert.Equal(("/modules/GenieLoad.psd1", null), (a.Order!.ModulePath, a.Order.ModuleArchive));
        Assert.Null(b.Order!.ModulePath);
        Assert.Equal([1, 2, 3], b.Order.ModuleArchive);
    }

    [Fact]
    public async Task A_place_without_credential_is_named_before_anything_starts()
    {
        FakePlace a = Place("a");
        FakePlace b = new(_test.Time, "b")
        {
            Refusal = ("MissingCredential", "No credential for https://w.example. Bearer dapi0123456789abcdef0123456789abcdef"),
        };

        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(a, b));

        Assert.Equal("PlaceRefused", failure.ErrorId);
        Assert.Contains("b cannot run its shard: No credential for https://w.example.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dapi0123", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-SendCredential", failure.Recommendation, StringComparison.Ordinal);
        Assert.Equal((0, 0), (a.Starts, b.Starts));
        Assert.True(a.IsStopped && a.IsCleaned && b.IsCleaned);
    }

    [Fact]
    public async Task A_full_disk_keeps_all_from_starting()
    {
        GenieLoadException full = new("RemoteScriptFailed", ErrorKind.WriteFailed, "b reports: No space left on device", "Make room.");
        FakePlace a = Place("a"), b = new(_test.Time, "b") { PrepareFailure = full };

        Assert.Same(full, await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(a, b)));

        Assert.Equal(0, a.Starts);
        Assert.True(a.IsStopped && a.IsCleaned && b.IsCleaned);
    }

    [Fact]
    public async Task Several_places_that_are_not_fit_are_all_named()
    {
        PlaceFacts none = new("7.5.0", null, null);

        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(
            Place("a"), new(_test.Time, "b") { Facts = none }, new(_test.Time, "c") { Facts = none }));

        Assert.Equal("PlacesNotReady", failure.ErrorId);
        Assert.Contains("b does not have GenieLoad 1.2.3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("c does not have GenieLoad 1.2.3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_never_gets_ready_ends_the_wait()
    {
        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(
            () => _test.RunAsync(Place("a"), Place("b", prepareSeconds: 1e6)));

        Assert.Equal("PlaceTooSlow", failure.ErrorId);
        Assert.InRange(_test.Now, _test.Start.AddSeconds(180), _test.Start.AddSeconds(190));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_is_opened_again_and_nothing_is_missing(bool hangs)
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { Cut = (12, 25), Hangs = hangs, RunSeconds = 200 };

        await _test.RunAsync(a, b);

        string warning = Assert.Single(_test.Listener.Warnings);
        Assert.StartsWith("The connection to b is broken: ", warning, StringComparison.Ordinal);
        Assert.Equal(2, _test.Merged.Count);
        Assert.Equal(1, b.Starts);
    }

    [Fact]
    public async Task A_place_that_is_told_late_is_told_the_same_instant()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { BreaksWhenTold = true };

        await _test.RunAsync(a, b);

        Assert.Equal((a.StartAt, 1), (b.StartAt, b.Starts));
        Assert.Equal(2, _test.Merged.Count);
    }

    [Fact]
    public async Task A_connection_that_stays_broken_costs_its_shard_and_nothing_else()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { Cut = (12, double.MaxValue) };

        await _test.RunAsync(a, b);

        Assert.Equal(["1"], _test.Merged.Keys);
        Assert.Equal(2, _test.Listener.Warnings.Count);
        string missing = _test.Listener.Warnings[1];
        Assert.StartsWith("Shard 2/2 of b is missing: the connection could not be opened again", missing, StringComparison.Ordinal);
        Assert.Contains(
            $"It is on b in {b.WorkPath}/store/runs/r. To add it later: Copy-Item -FromSession", missing, StringComparison.Ordinal);
        Assert.Contains("Merge-GenieRun", missing, StringComparison.Ordinal);
        // It was waited for, and the other shard is kept: it is needed when this one is added.
        Assert.InRange((_test.Now - a.StartAt!.Value).TotalSeconds, 30 + 60, 30 + 60 + 15);
        Assert.True(File.Exists(Directory.GetFiles(Path.Combine(_test.Store, "shards"), "run.json", SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public async Task Where_all_are_out_of_reach_they_are_waited_for_as_long_as_the_plan_takes()
    {
        FakePlace a = new(_test.Time, "a") { Cut = (10, 2000), RunSeconds = 300 }, b = new(_test.Time, "b") { Cut = (10, double.MaxValue) };

        // The plan of 12 questions ends after 9 s, and a question may take 300 s.
        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(a, b));

        Assert.Equal("NoShardCame", failure.ErrorId);
        Assert.InRange((_test.Now - a.StartAt!.Value).TotalSeconds, 300 + 60, 300 + 60 + 40);
        Assert.Equal(2, _test.Left.Count);
    }

    [Fact]
    public async Task A_shard_whose_process_was_killed_gives_what_it_has()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { KilledAfter = 10 };

        await _test.RunAsync(a, b);

        Assert.Equal(2, _test.Merged.Count);
        Assert.Equal(
            "Shard 2/2 of b ended early: its process was killed, or the machine went down.", Assert.Single(_test.Listener.Warnings));
    }

    [Fact]
    public async Task A_shard_that_died_before_it_had_a_run_is_missing()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { KilledAfter = 0 };
        b.Files.Clear();

        await _test.RunAsync(a, b);

        Assert.Equal(["1"], _test.Merged.Keys);
        Assert.StartsWith(
            "Shard 2/2 of b is missing: its process was killed", Assert.Single(_test.Listener.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_stays_at_a_place_is_named()
    {
        FakePlace a = Place("a"), b = new(_test.Time, "b") { CannotBeCleaned = true };

        await _test.RunAsync(a, b);

        Assert.Equal(
            $"The folder of the test could not be removed: shard 2/2 on b, {b.WorkPath}.", Assert.Single(_test.Listener.Warnings));
    }

    [Fact]
    public async Task A_stop_ends_all_in_order_and_keeps_what_is_there()
    {
        using CancellationTokenSource stop = new();
        FakePlace a = Place("a"), b = Place("b");
        using ITimer timer = _test.Time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);

        await _test.RunAsync([a, b], new PlacesOptions { ModuleVersion = "1.2.3" }, stop.Token, default);

        Assert.True(a.IsStopped && b.IsStopped && a.IsCleaned && b.IsCleaned);
        Assert.Equal(2, _test.Merged.Count);
        Assert.NotNull(_test.Listener.Run);
    }

    [Fact]
    public async Task A_stop_before_the_start_takes_everything_back()
    {
        using CancellationTokenSource stop = new();
        FakePlace a = Place("a"), b = Place("b", prepareSeconds: 100);
        using ITimer timer = _test.Time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _test.RunAsync([a, b], new PlacesOptions { ModuleVersion = "1.2.3" }, stop.Token, default));

        Assert.True(a.IsStopped && b.IsStopped && a.IsCleaned && b.IsCleaned);
        Assert.Equal((0, 0), (a.Starts, b.Starts));
    }

    [Fact]
    public async Task Who_leaves_is_told_where_the_shards_are()
    {
        using CancellationTokenSource leave = new();
        FakePlace a = Place("a"), b = Place("b");
        using ITimer timer = _test.Time.CreateTimer(_ => leave.Cancel(), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _test.RunAsync([a, b], new PlacesOptions { ModuleVersion = "1.2.3" }, default, leave.Token));

        Assert.Equal(
            [$"shard 1/2 on a, {a.WorkPath}/store/runs/r", $"shard 2/2 on b, {b.WorkPath}/store/runs/r"], _test.Left);
        Assert.False(a.IsStopped || a.IsCleaned);
    }

    [Fact]
    public async Task The_token_is_fetched_once_all_are_fit()
    {
        int fetched = 0;
        PlacesOptions options = new()
        {
            ModuleVersion = "1.2.3",
            Token = _ => Task.FromResult($"token {++fetched}"),
        };
        FakePlace a = Place("a"), b = Place("b");

        await _test.RunAsync([a, b], options, default, default);

        Assert.Equal(("token 1", "token 1"), (a.Order!.Token, b.Order!.Token));
        await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(
            [Place("a"), new(_test.Time, "b") { Facts = new PlaceFacts("7.4.0", null, null) }], options, default, default));
        Assert.Equal(1, fetched);
    }

    [Fact]
    public async Task More_places_than_parts_of_the_plan_are_refused()
    {
        FakePlace[] places = [.. Enumerable.Range(1, 13).Select(i => Place($"p{i}"))];

        GenieLoadException failure = await Assert.ThrowsAsync<GenieLoadException>(() => _test.RunAsync(places));

        Assert.Equal("EmptyShard", failure.ErrorId);
    }

    private FakePlace Place(string name, double prepareSeconds = 2) => new(_test.Time, name) { PrepareSeconds = prepareSeconds };
}
