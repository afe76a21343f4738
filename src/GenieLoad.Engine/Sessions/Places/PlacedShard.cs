using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>One shard at its place: brought there, started, looked after, and brought back.</summary>
/// <param name="place">The place.</param>
/// <param name="shard">Which part of the plan, such as <c>2/4</c>.</param>
/// <param name="options">How the test is carried out.</param>
/// <param name="time">Clock of all waits.</param>
/// <param name="log">Where events go.</param>
internal sealed class PlacedShard(IPlace place, string shard, PlacesOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private bool _isStarted;
    private bool _isTold;

    /// <summary>The place's name.</summary>
    public string Name => place.Name;

    /// <summary>Which part of the plan.</summary>
    public string Shard => shard;

    /// <summary>Where it is, in a word.</summary>
    public string Word { get; private set; } = "preparing";

    /// <summary>What was last seen of it.</summary>
    public PlaceSight Sight { get; private set; } = new() { Stage = PlaceStage.Preparing };

    /// <summary>Its clock; <see langword="null"/> before it was looked at.</summary>
    public PlaceClock? Clock { get; private set; }

    /// <summary>Seconds from its order to the instant when it was ready.</summary>
    public double PreparedSeconds { get; private set; }

    /// <summary>Whether nothing more is expected of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether its connection is open, as far as is known.</summary>
    public bool IsLinked { get; private set; } = true;

    /// <summary>Local copy of its run; <see langword="null"/> where none came back.</summary>
    public string? Folder { get; private set; }

    /// <summary>Why its run is missing, or ended early; <see langword="null"/> where all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>What the test there warned of.</summary>
    public IEnumerable<string> Warnings => Sight.Warnings.Select(text => $"{Name}: {Shown(text)}");

    /// <summary>What stays at the place, as it is called there; <see langword="null"/> where nothing does.</summary>
    public string? Left { get; private set; }

    /// <summary>Looks whether the place can run a shard.</summary>
    /// <returns>Manifest of the module there; <see langword="null"/> where it has to be brought.</returns>
    /// <exception cref="GenieLoadException">It cannot.</exception>
    public Task<string?> CheckAsync(CancellationToken stop) => BeforeStartAsync(async () =>
    {
        PlaceFacts facts = await CallAsync(place.CheckAsync, stop).ConfigureAwait(false);
        Clock = await PlaceClock.MeasureAsync(() => CallAsync(place.ReadClockAsync, stop), time).ConfigureAwait(false);
        log.LogInformation(
            "{Place}: PowerShell {PowerShell}, GenieLoad {Module}; its clock is {Offset:0.000} s ahead, give or take {HalfWidth:0.000} s.",
            Name, facts.PowerShellVersion, facts.ModuleVersion ?? "none", Clock.OffsetSeconds, Clock.HalfWidthSeconds);
        if (!IsNewEnough(facts.PowerShellVersion))
            throw PlacesErrors.PlaceOutdated(Name, facts.PowerShellVersion, options.LeastPowerShell);
        if (facts.ModuleVersion == options.ModuleVersion && facts.ModulePath is not null)
            return facts.ModulePath;
        if (options.ModuleArchive is not null)
            return null;
        throw facts.ModuleVersion is null
            ? PlacesErrors.PlaceWithoutModule(Name, options.ModuleVersion)
            : PlacesErrors.PlaceWithOtherModule(Name, facts.ModuleVersion, options.ModuleVersion);
    });

    /// <summary>Brings everything there, and waits until its process is connected to the workspace.</summary>
    /// <exception cref="GenieLoadException">It cannot be.</exception>
    public Task<bool> PrepareAsync(PlaceOrder order, CancellationToken stop) => BeforeStartAsync(async () =>
    {
        long began = time.GetTimestamp();
        await CallAsync(token => Done(place.PrepareAsync(order, token)), stop, options.PrepareSeconds).ConfigureAwait(false);
        while (true)
        {
            Sight = await CallAsync(place.LookAsync, stop).ConfigureAwait(false);
            if (Sight.Stage == PlaceStage.Ready)
            {
                Word = "waiting";
                PreparedSeconds = time.GetElapsedTime(began).TotalSeconds;
                log.LogInformation("{Place}: ready for shard {Shard} in {Folder}.", Name, Shard, place.WorkPath);
                return true;
            }
            if (Sight.Stage != PlaceStage.Preparing)
                throw PlacesErrors.PlaceRefused(Name, Sight.ErrorId, Shown(Sight.ErrorText));
            if (time.GetElapsedTime(began).TotalSeconds > options.PrepareSeconds)
                throw PlacesErrors.PlaceTooSlow(Name, options.PrepareSeconds);
            await Task.Delay(BetweenTries, time, stop).ConfigureAwait(false);
        }
    });

    /// <summary>Takes everything back: the test does not begin.</summary>
    public async Task AbandonAsync(CancellationToken leave)
    {
        if (place.WorkPath is null)
            return;
        try
        {
            await CallAsync(token => Done(place.StopAsync(token)), leave).ConfigureAwait(false);
            await CallAsync(token => Done(place.CleanAsync(token)), leave).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PlaceLostException or GenieLoadException or OperationCanceledException)
        {
            // Its process leaves by itself when nobody tells it to begin, and removes the folder.
            Left = place.WorkPath;
        }
    }

    /// <summary>Starts it, and looks after it until its run is here, or nothing more is to be expected.</summary>
    /// <param name="startAt">When it begins, UTC by the local clock.</param>
    /// <param name="folder">Where the run goes.</param>
    /// <param name="isPatienceOver">Whether it is not waited for any longer while its connection is broken.</param>
    /// <param name="warn">Told of what happens to it.</param>
    /// <param name="stop">Ends it early and in order.</param>
    /// <param name="leave">Leaves it alone at once.</param>
    public async Task FollowAsync(
        DateTime startAt, string folder, Func<bool> isPatienceOver, Func<string, Task> warn, CancellationToken stop,
        CancellationToken leave)
    {
        ShardCollection collection = new(Name, folder);
        bool wasLost = false;
        while (!IsOver)
        {
            try
            {
                if (!IsLinked)
                {
                    await CallAsync(token => Done(place.ReopenAsync(token)), leave).ConfigureAwait(false);
                    IsLinked = true;
                    wasLost = false;
                    log.LogInformation("{Place}: the connection is open again.", Name);
                }
                if (await AdvanceAsync(startAt, collection, stop, leave).ConfigureAwait(false))
                    return;
            }
            catch (PlaceLostException exception)
            {
                IsLinked = false;
                Word = "lost";
                string? reason = Shown(exception.Message);
                if (!wasLost)
                    await warn($"The connection to {Name} is broken: {reason} Its shard goes on there.").ConfigureAwait(false);
                wasLost = true;
                if (isPatienceOver())
                    GiveUp($"the connection could not be opened again: {reason}");
            }
            catch (GenieLoadException exception)
            {
                GiveUp(exception.Message);
            }
            if (!IsOver)
                await WaitAsync(stop, leave).ConfigureAwait(false);
        }
    }

    /// <summary>Says that nobody looks after it any longer.</summary>
    public void Leave()
    {
        if (!IsOver)
            GiveUp("the test was left.");
    }

    private async Task<bool> AdvanceAsync(DateTime startAt, ShardCollection collection, CancellationToken stop, CancellationToken leave)
    {
        if (!_isStarted)
            await CallAsync(token => Done(place.StartAsync(Clock!.There(startAt), token)), leave).ConfigureAwait(false);
        _isStarted = true;
        if (stop.IsCancellationRequested && !_isTold)
        {
            await CallAsync(token => Done(place.StopAsync(token)), leave).ConfigureAwait(false);
            _isTold = true;
        }
        Sight = await CallAsync(place.LookAsync, leave).ConfigureAwait(false);
        Word = Sight.Stage switch
        {
            PlaceStage.Ended => "finished",
            PlaceStage.Gone or PlaceStage.Refused => "died",
            _ => Sight.RunPath is null || time.GetUtcNow().UtcDateTime < startAt ? "waiting" : "running",
        };
        if (Sight.Stage is not (PlaceStage.Ended or PlaceStage.Gone or PlaceStage.Refused))
            return false;
        await CollectAsync(collection, leave).ConfigureAwait(false);
        return true;
    }

    private async Task CollectAsync(ShardCollection collection, CancellationToken leave)
    {
        bool hasRun = await collection.CopyAsync(
            () => CallAsync(place.ListAsync, leave),
            (name, offset) => CallAsync(token => place.ReadAsync(name, offset, token), leave)).ConfigureAwait(false);
        Folder = hasRun ? collection.Path : null;
        Trouble = (Sight.Stage, Shown(Sight.ErrorText)) switch
        {
            (PlaceStage.Gone, _) => "its process was killed, or the machine went down.",
            (_, string text) => text,
            _ => hasRun ? null : "it made no run.",
        };
        IsOver = true;
        log.LogInformation(
            "{Place}: shard {Shard} has ended ({Stage}), and its run is {Here}.", Name, Shard, Sight.Stage, hasRun ? "here" : "missing");
        try
        {
            await CallAsync(token => Done(place.CleanAsync(token)), leave).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PlaceLostException or GenieLoadException)
        {
            // The run is here; what stays there is said at the end.
            Left = place.WorkPath;
        }
    }

    private void GiveUp(string trouble)
    {
        Trouble = trouble;
        Left = Sight.RunPath ?? place.WorkPath;
        IsOver = true;
    }

    private async Task WaitAsync(CancellationToken stop, CancellationToken leave)
    {
        double seconds = IsLinked ? options.LookSeconds : Math.Max(options.ReopenSeconds, options.LookSeconds);
        using CancellationTokenSource either = stop.IsCancellationRequested
            ? CancellationTokenSource.CreateLinkedTokenSource(leave)
            : CancellationTokenSource.CreateLinkedTokenSource(stop, leave);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!leave.IsCancellationRequested)
        {
            // Stopped: the place is told at once.
        }
    }

    private async Task<T> BeforeStartAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (PlaceLostException exception)
        {
            throw PlacesErrors.PlaceUnreachable(Name, Shown(exception.Message) ?? "", exception);
        }
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop, double? seconds = null)
    {
        double limit = seconds ?? options.AnswerSeconds;
        using CancellationTokenSource own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<T> answer = call(own.Token);
        try
        {
            return await answer.WaitAsync(TimeSpan.FromSeconds(limit), time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            own.Cancel();
            // Whatever still comes of it comes too late.
            _ = answer.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw new PlaceLostException(FormattableString.Invariant($"no answer within {limit:0.###} s."));
        }
    }

    private bool IsNewEnough(string version) =>
        Version.TryParse(version.Split('-', '+')[0], out Version? found) && found >= options.LeastPowerShell;

    private static async Task<bool> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private static string? Shown(string? text) => text is null ? null : PrintableText.Line(Redactor.Redact(text));
}
