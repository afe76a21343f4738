using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>
/// A session with a simulated space that answers within some hundredths of a second, in <c>$simulator</c>. A second session can look on
/// while the first is busy.
/// </summary>
public sealed class SimulatedSession : IDisposable
{
    /// <summary>Settings under which a question needs some 40 ms; <c>@fast</c> in scripts.</summary>
    public const string Fast = "$fast = @{ PollInterval = 0.02; MaximumPollInterval = 0.05 }";

    private readonly Lazy<PowerShellSession> _observer = new(() => new PowerShellSession());
    private readonly int _id;

    /// <summary>Opens the session.</summary>
    /// <param name="simulator">Parameters of Start-GenieSimulator.</param>
    /// <param name="connect">Whether it is connected to the simulator.</param>
    public SimulatedSession(string simulator = "", bool connect = true)
    {
        Session = new PowerShellSession(importSamples: true);
        dynamic started = Session.Run($"$simulator = Start-GenieSimulator -TimeScale 200 {simulator}; $simulator").Only;
        (_id, Uri, SpaceId, Token) = ((int)started.Id, (string)started.Uri, (string)started.SpaceId, (string)started.Token);
        Session.Run(Fast).Clean();
        if (connect)
            Session.Run("Connect-Genie -Simulator $simulator").Clean();
    }

    public PowerShellSession Session { get; }

    public string Uri { get; }

    public string SpaceId { get; }

    /// <summary>The secret that must be nowhere.</summary>
    public string Token { get; }

    /// <summary>Questions that the simulator has accepted, by its own record.</summary>
    public long QuestionCount => Record("QuestionCount");

    /// <summary>Calls that reached the simulator, by its own record.</summary>
    public long CallCount => Record("CallCount");

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    public ScriptOutcome Run(string script) => Session.Run(script);

    /// <summary>Runs a script in the session that looks on.</summary>
    /// <param name="script">The script.</param>
    public ScriptOutcome Observe(string script) => _observer.Value.Run(script);

    /// <summary>Waits until what the looking-on session sees is so.</summary>
    /// <param name="script">A script that gives true in the end.</param>
    public void AwaitSight(string script) => Sync.Await(() => (bool)Observe(script).Only, script);

    public void Dispose()
    {
        Session.Run("Stop-GenieSimulator -All; Disconnect-Genie");
        Session.Dispose();
        if (_observer.IsValueCreated)
            _observer.Value.Dispose();
    }

    private long Record(string name) => (long)Run($"(Get-GenieSimulator -Id {_id}).{name}").Only;
}
