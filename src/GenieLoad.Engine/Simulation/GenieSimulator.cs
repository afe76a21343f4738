using System.Globalization;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Transport;
using GenieLoad.Engine.Simulation.Workspace;
using GenieLoad.Model;

namespace GenieLoad.Engine.Simulation;

/// <summary>
/// A Genie workspace that plays a part: served on 127.0.0.1, and in process for tests on a fake clock. Any number may run at once.
/// </summary>
/// <example>
/// <code>
/// using var simulator = GenieSimulator.Start(new SimulatorOptions { TimeScale = 10, RateLimitPerMinute = 20 });
/// // ask simulator.SpaceId at simulator.Uri with simulator.Token, then compare with simulator.Record
/// </code>
/// </example>
public sealed class GenieSimulator : IDisposable
{
    private static int _lastId;

    private readonly SimulatorClock _clock;
    private readonly SimulatedWorkspace _workspace;
    private readonly LoopbackServer _server;
    private readonly CancellationTokenSource _stop = new();

    private GenieSimulator(SimulatorOptions options, TimeProvider timeProvider)
    {
        Options = options;
        _clock = new SimulatorClock(timeProvider, options.TimeScale);
        _workspace = new SimulatedWorkspace(options, _clock);
        _server = new LoopbackServer(_workspace, _clock);
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_server.Port}/"));
        _workspace.BaseAddress = Uri;
        Id = Interlocked.Increment(ref _lastId);
    }

    /// <summary>Number of the simulator in this process, from 1.</summary>
    public int Id { get; }

    /// <summary>What it was told to do.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Address of the workspace.</summary>
    public Uri Uri { get; }

    /// <summary>Id of the first space.</summary>
    public string SpaceId => _workspace.Spaces[0].Id;

    /// <summary>Ids of all spaces.</summary>
    public IReadOnlyList<string> SpaceIds => [.. _workspace.Spaces.Select(space => space.Id)];

    /// <summary>Id of the SQL warehouse that all spaces use, whether they name it or not.</summary>
    public string WarehouseId => _workspace.WarehouseId;

    /// <summary>The token it accepts.</summary>
    public string Token => _workspace.Tokens.Token;

    /// <summary>Client id for OAuth.</summary>
    public string ClientId => _workspace.Tokens.ClientId;

    /// <summary>Client secret for OAuth.</summary>
    public string ClientSecret => _workspace.Tokens.ClientSecret;

    /// <summary>What really happened.</summary>
    public SimulatorRecord Record => _workspace.Record;

    /// <summary>Whether it has been stopped.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">What it does.</param>
    /// <param name="timeProvider">Where its time comes from; the system's by default.</param>
    /// <exception cref="GenieLoadException">A setting cannot be used.</exception>
    public static GenieSimulator Start(SimulatorOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new GenieSimulator(options, timeProvider ?? TimeProvider.System);
    }

    /// <summary>
    /// A handler that reaches this simulator without a network, whatever the host of the address. Waits go through the simulator's clock
    /// and continue on the thread that advances it, as far as the caller's <c>await</c>s allow.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new SimulatorMessageHandler(_workspace, _clock, _stop.Token);

    /// <summary>Stops answering from now on; calls wait, and questions already accepted go on meanwhile.</summary>
    /// <param name="duration">For how long, not scaled.</param>
    public void Freeze(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        _workspace.Freeze(duration);
    }

    /// <summary>Makes every OAuth token issued so far invalid; the fixed token stays good.</summary>
    public void RevokeIssuedTokens() => _workspace.Tokens.Revoke();

    /// <summary>The simulator as it is now, for people to look at.</summary>
    public Simulator ToModel() => new()
    {
        Id = Id,
        Uri = Uri.AbsoluteUri.TrimEnd('/'),
        SpaceId = SpaceId,
        Token = Token,
        State = IsStopped ? "Stopped" : "Running",
        Seed = Options.Seed,
        TimeScale = Options.TimeScale,
        RateLimitPerMinute = Options.RateLimitPerMinute,
        TrueLimit = Record.TrueLimit?.ToString(),
        StartedAt = Record.StartedAt.Utc,
        QuestionCount = Record.QuestionCount,
        CallCount = Record.CallCount,
        ThrottledCount = Record.ThrottledCount,
        FaultCount = Record.FaultCount,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
    };

    /// <summary>Stops it: closes the port and every connection. The record stays readable.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _server.Dispose();
    }
}
