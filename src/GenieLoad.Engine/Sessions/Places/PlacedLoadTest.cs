using System.Runtime.CompilerServices;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>
/// One load test from several places: each asks one shard of the plan. Made, it has sent nothing; <see cref="RunAsync"/> carries it out,
/// once.
/// </summary>
public sealed class PlacedLoadTest : IDisposable
{
    // From a stop to the end, beside the grace for questions: for telling the places, and for collecting what they have.
    private static readonly TimeSpan ToCollect = TimeSpan.FromSeconds(60);

    private readonly Plan _plan;
    private readonly IReadOnlyList<IPlace> _places;
    private readonly PlacesOptions _options;
    private readonly RunStore _store;
    private readonly IReadOnlyList<Threshold> _demanded;
    private readonly double _graceSeconds;
    private readonly double _questionSeconds;
    private IReadOnlyList<PlacedShard> _shards = [];
    private long _lastEnd;
    private long _stoppedAt = long.MinValue;

    /// <summary>Sets it up.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="places">The places, in the order of their shards.</param>
    /// <param name="options">How it is carried out.</param>
    /// <param name="run">How each shard is carried out.</param>
    /// <param name="store">Where the merged run is kept.</param>
    /// <param name="demanded">Thresholds without which it fails.</param>
    /// <exception cref="GenieLoadException"><c>EmptyShard</c>, <c>PlanNotWhole</c>.</exception>
    internal PlacedLoadTest(
        Plan plan, IReadOnlyList<IPlace> places, PlacesOptions options, SessionOptions run, RunStore store,
        IReadOnlyList<Threshold> demanded)
    {
        PlanFile.RequireWhole(plan);
        // The last is the one that is empty first.
        PlanShards.Of(plan, new Shard(places.Count, places.Count));
        _plan = plan;
        _places = places;
        _options = options;
        _store = store;
        _demanded = demanded;
        _graceSeconds = run.Run.StopGraceSeconds;
        _questionSeconds = run.Run.QuestionTimeoutSeconds;
    }

    /// <summary>Longest time from a stop to the end.</summary>
    public TimeSpan LongestStop => TimeSpan.FromSeconds(_graceSeconds) + ToCollect;

    /// <summary>Workspace that all places ask.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Space that they ask.</summary>
    public required string SpaceId { get; init; }

    /// <summary>How the shards become one run.</summary>
    internal ShardMerge Merge { get; init; } = MergeHere;

    private double Delay => _options.StartDelaySeconds
        ?? Math.Max(_options.LeastDelaySeconds, _shards.Max(shard => shard.PreparedSeconds));

    /// <summary>Where the shards are that nobody has collected; empty where none is left.</summary>
    public IReadOnlyList<string> Left => [.. _shards.Where(shard => shard.Left is not null).Select(WhereIs)];

    /// <summary>Carries it out.</summary>
    /// <param name="watcher">Hears of it, and gets the run.</param>
    /// <param name="time">Clock of all waits.</param>
    /// <param name="log">Where events go.</param>
    /// <param name="stop">Ends it early: the places stop in order, and what they have is collected.</param>
    /// <param name="leave">Leaves at once; what runs at the places is told nothing more.</param>
    /// <exception cref="GenieLoadException">
    /// What keeps a place from its shard, before anything is started: <c>PlaceUnreachable</c>, <c>PlaceOutdated</c>,
    /// <c>PlaceWithoutModule</c>, <c>PlaceWithOtherModule</c>, <c>PlaceNotPrepared</c>, <c>PlaceTooSlow</c>, <c>PlaceRefused</c>,
    /// <c>PlacesNotReady</c>; after it, <c>NoShardCame</c>, and those of thresholds that are demanded.
    /// </exception>
    public async Task RunAsync(
        ISessionWatcher watcher, TimeProvider time, EngineLog log, CancellationToken stop, CancellationToken leave)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        ArgumentNullException.ThrowIfNull(time);
        string id = $"{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}-{Guid.NewGuid():N}"[..24];
        _shards =
        [
            .. _places.Select((place, i) => new PlacedShard(place, new Shard(i + 1, _places.Count).ToString(), _options, time, log)),
        ];
        DateTime startAt;
        try
        {
            await PrepareAsync(id, watcher, stop).ConfigureAwait(false);
            startAt = time.GetUtcNow().UtcDateTime.AddSeconds(Delay);
        }
        catch
        {
            await Task.WhenAll(_shards.Select(shard => shard.AbandonAsync(leave))).ConfigureAwait(false);
            throw;
        }
        string collected = Path.Combine(_store.Root, "shards", id);
        await FollowAsync(startAt, collected, watcher, time, stop, leave).ConfigureAwait(false);
        leave.ThrowIfCancellationRequested();
        await EndAsync(collected, watcher).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IPlace place in _places)
            place.Dispose();
    }

    private async Task PrepareAsync(string id, ISessionWatcher watcher, CancellationToken stop)
    {
        Report(watcher);
        string?[] modules = await AllAsync(shard => shard.CheckAsync(stop)).ConfigureAwait(false);
        foreach (PlacedShard shard in _shards.Where(shard => shard.Clock!.CertainSeconds > _options.ClockToleranceSeconds))
        {
            double offset = shard.Clock!.OffsetSeconds;
            await watcher.WarnAsync(FormattableString.Invariant(
                $"The clock of {shard.Name} is {Math.Abs(offset):0.0} s {(offset > 0 ? "ahead of" : "behind")} this one. ")
                + "Its start is corrected for that.").ConfigureAwait(false);
        }
        byte[]? archive = modules.Contains(null) ? _options.ModuleArchive!() : null;
        string? token = _options.Token is null ? null : await _options.Token(stop).ConfigureAwait(false);
        using MemoryStream plan = new();
        PlanFile.Write(plan, _plan, compresses: true);
        await AllAsync(shard =>
        {
            string? module = modules[Index(shard)];
            return shard.PrepareAsync(
                new PlaceOrder
                {
                    Id = $"{id}-{Index(shard) + 1}",
                    Shard = shard.Shard,
                    Plan = plan.ToArray(),
                    WorkspaceUrl = WorkspaceUrl,
                    SpaceId = SpaceId,
                    ModulePath = module,
                    ModuleArchive = module is null ? archive : null,
                    Token = token,
                    Parameters = _options.Parameters,
                }, stop);
        }).ConfigureAwait(false);
        Report(watcher);
    }

    private async Task FollowAsync(
        DateTime startAt, string collected, ISessionWatcher watcher, TimeProvider time, CancellationToken stop, CancellationToken leave)
    {
        Volatile.Write(ref _lastEnd, time.GetTimestamp());
        // What it takes by its plan, where nobody can be asked.
        double planned = Delay + _questionSeconds
            + (_plan.Questions.Count == 0 ? 0 : _plan.Questions.Max(question => question.PlannedSeconds));
        TimeSpan between = TimeSpan.FromSeconds(_options.LookSeconds);
        // Its end waits for a report that is under way: nobody is there to hear of it afterwards.
        ITimer reporting = time.CreateTimer(_ => Report(watcher), null, between, between);
        await using ConfiguredAsyncDisposable reports = reporting.ConfigureAwait(false);
        using CancellationTokenRegistration stopped = stop.Register(() => Volatile.Write(ref _stoppedAt, time.GetTimestamp()));
        await Task.WhenAll(_shards.Select(async shard =>
        {
            try
            {
                await shard.FollowAsync(
                    startAt, Path.Combine(collected, FormattableString.Invariant($"{Index(shard) + 1}")),
                    () => IsPatienceOver(planned, time), watcher.WarnAsync, stop, leave).ConfigureAwait(false);
                if (shard.Folder is not null)
                    Volatile.Write(ref _lastEnd, time.GetTimestamp());
            }
            catch (OperationCanceledException) when (leave.IsCancellationRequested)
            {
                shard.Leave();
            }
        })).ConfigureAwait(false);
        Report(watcher);
    }

    private async Task EndAsync(string collected, ISessionWatcher watcher)
    {
        PlacedShard[] here = [.. _shards.Where(shard => shard.Folder is not null)];
        if (here.Length == 0)
            throw PlacesErrors.NoShardCame(string.Join(" ", _shards.Select(Fate)));
        List<string> remarks = [];
        LoadRun run = Merge(collected, _store, remarks.Add);
        // Where one is missing, the others are needed when it is added.
        bool isWhole = here.Length == _shards.Count;
        if (isWhole)
            Directory.Delete(collected, recursive: true);
        await watcher.OnRunAsync(run).ConfigureAwait(false);
        foreach (PlacedShard shard in _shards.Where(shard => shard.Trouble is not null))
            await watcher.WarnAsync(Fate(shard) + (shard.Folder is null ? HowToAdd(shard, collected) : "")).ConfigureAwait(false);
        foreach (string remark in _shards.SelectMany(shard => shard.Warnings).Concat(remarks))
            await watcher.WarnAsync(remark).ConfigureAwait(false);
        foreach (PlacedShard shard in here.Where(shard => shard.Left is not null))
            await watcher.WarnAsync($"The folder of the test could not be removed: {WhereIs(shard)}.").ConfigureAwait(false);
        if (_demanded.Count > 0)
            ThresholdJudge.Demand(run, ThresholdJudge.Judge(run, _demanded));
    }

    private bool IsPatienceOver(double planned, TimeProvider time)
    {
        if (Volatile.Read(ref _stoppedAt) is not long.MinValue and long stopped)
            return time.GetElapsedTime(stopped).TotalSeconds > _graceSeconds + _options.StopPatienceSeconds;
        // As long as one is seen to run, those that are out of reach run too.
        if (_shards.Any(shard => !shard.IsOver && shard.IsLinked))
            return false;
        double since = time.GetElapsedTime(Volatile.Read(ref _lastEnd)).TotalSeconds;
        return since > _options.PatienceSeconds + (_shards.Any(shard => shard.Folder is not null) ? 0 : planned);
    }

    /// <summary>Does something at all places at once; what any of them says against it is one error.</summary>
    private async Task<T[]> AllAsync<T>(Func<PlacedShard, Task<T>> work)
    {
        Task<T>[] all = [.. _shards.Select(work)];
        try
        {
            return await Task.WhenAll(all).ConfigureAwait(false);
        }
        catch (GenieLoadException first)
        {
            GenieLoadException[] failures =
                [.. all.Where(one => one.IsFaulted).Select(one => one.Exception!.InnerException).OfType<GenieLoadException>()];
            throw failures.Length > 1 ? PlacesErrors.PlacesNotReady(failures) : first;
        }
    }

    private void Report(ISessionWatcher watcher) => watcher.OnPlaces(new PlacesProgress(
        _plan.QuestionCount, [.. _shards.Select(shard => new PlaceProgress(shard.Name, shard.Word, shard.Sight))]));

    private int Index(PlacedShard shard) => _shards.TakeWhile(one => one != shard).Count();

    private static LoadRun MergeHere(string folder, RunStore store, Action<string> warn)
    {
        using RunMerge merge = RunMerge.Of([folder], store, warn);
        return merge.Carry(replaces: true);
    }

    private static string Fate(PlacedShard shard) => shard.Folder is null
        ? $"Shard {shard.Shard} of {shard.Name} is missing: {shard.Trouble}"
        : $"Shard {shard.Shard} of {shard.Name} ended early: {shard.Trouble}";

    private static string WhereIs(PlacedShard shard) => $"shard {shard.Shard} on {shard.Name}, {shard.Left}";

    private static string HowToAdd(PlacedShard shard, string collected)
    {
        if (shard.Left is null)
            return "";
        string number = shard.Shard.Split('/')[0];
        return $" It is on {shard.Name} in {PrintableText.Line(shard.Left)}. To add it later: Copy-Item -FromSession $session -Recurse "
            + $"-Path {SessionsErrors.Quoted(PrintableText.Line(shard.Left))} "
            + $"-Destination {SessionsErrors.Quoted(Path.Combine(collected, number))}; "
            + $"Merge-GenieRun {SessionsErrors.Quoted(collected)} -Force.";
    }
}
