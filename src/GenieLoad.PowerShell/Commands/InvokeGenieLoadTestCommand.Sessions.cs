using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Remoting;

namespace GenieLoad.PowerShell.Commands;

/// <content>One test from many machines, by PowerShell remoting.</content>
public sealed partial class InvokeGenieLoadTestCommand
{
    /// <summary>Sessions to the machines that ask the questions.</summary>
    [Parameter(HelpMessage = "Sessions of New-PSSession to the machines that ask the questions: each runs one shard of the plan, and the "
        + "result is one run.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public PSSession[] Session { get; set; } = [];

    /// <summary>Time from the instant when all are ready to the first question.</summary>
    [Parameter(HelpMessage = "With -Session: time from the moment when all machines are ready to the first question, such as 30 or '1m'. "
        + "Default 5 seconds, or as long as the slowest needed to get ready.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 3600)]
    public TimeSpan StartDelay { get; set; }

    /// <summary>Brings the module to machines that lack it.</summary>
    [Parameter(HelpMessage = "With -Session: copy this version of GenieLoad to machines that lack it, for the time of the test.")]
    public SwitchParameter InstallModule { get; set; }

    /// <summary>Sends the token of the connection to the machines.</summary>
    [Parameter(HelpMessage = "With -Session: the machines use the token of this connection, which is sent through the sessions. Default: "
        + "each uses its own credential.")]
    public SwitchParameter SendCredential { get; set; }

    /// <inheritdoc/>
    private protected override PlacedLoadTest? Placed(LoadTestSession session)
    {
        if (Session.Length == 0)
            return null;
        string version = ModuleVersion;
        string folder = MyInvocation.MyCommand.Module.ModuleBase;
        WorkspaceAccess access = OpenConnections.Access(session.Connections.Single());
        return session.At(
            [.. Names().Select((name, i) => new SessionPlace(Session[i], name) { ModuleVersion = version })],
            new PlacesOptions
            {
                ModuleVersion = version,
                ModuleArchive = InstallModule ? () => ModuleArchive.Of(folder) : null,
                Token = SendCredential ? async stop => await access.Credential.GetTokenAsync(stop).ConfigureAwait(false) : null,
                StartDelaySeconds = Given(nameof(StartDelay)) ? StartDelay.TotalSeconds : null,
                Parameters = ShardParameters.Of(this, Given),
            });
    }

    private string ModuleVersion
    {
        get
        {
            PSModuleInfo module = MyInvocation.MyCommand.Module;
            string? label = LanguagePrimitives.ConvertTo<System.Collections.Hashtable?>(module.PrivateData) is { } data
                && LanguagePrimitives.ConvertTo<System.Collections.Hashtable?>(data["PSData"]) is { } published
                ? published["Prerelease"] as string
                : null;
            return string.IsNullOrEmpty(label) ? $"{module.Version}" : $"{module.Version}-{label}";
        }
    }

    /// <summary>Refuses what a test through sessions cannot do, before anything is made or sent.</summary>
    private void CheckSessions()
    {
        if (Session.Length == 0)
        {
            string[] only = [nameof(StartDelay), nameof(InstallModule), nameof(SendCredential)];
            if (Array.Find(only, Given) is string lonely)
                throw RemotingErrors.SessionNeeded(lonely);
            return;
        }
        const string Elsewhere = "Omit it: what runs elsewhere is shown as progress here.";
        const string Judged = "Omit it: no shard sees the whole. -FailOnThreshold judges the merged run.";
        const string Chosen = "Omit it: each session gets its shard, and all start together. To run a shard by hand, omit -Session.";
        (string Parameter, string Instead)[] refused =
        [
            (nameof(Live), Elsewhere), (nameof(Dashboard), Elsewhere), (nameof(DashboardPort), Elsewhere),
            (nameof(OpenDashboard), Elsewhere),
            (nameof(PassThruResult), "Omit it: the rows come with the merged run, in Results."),
            (nameof(Evaluate), "Evaluate the benchmarks with Invoke-GenieEvaluation, beside the test."),
            (nameof(AbortOnFail), Judged), (nameof(AbortDelay), Judged),
            (nameof(Shard), Chosen), (nameof(StartAt), "Use -StartDelay."), (nameof(Place), Chosen),
            (nameof(ConnectionWeight), "Omit it: all sessions ask one space."),
        ];
        foreach ((string parameter, string instead) in refused.Where(one => MyInvocation.BoundParameters.ContainsKey(one.Parameter)))
            throw RemotingErrors.NotWithSession(parameter, instead);
        if (Connection.Length > 1)
            throw RemotingErrors.NotWithSession(nameof(Connection), "Give one connection: all sessions ask its space.");
        if (Session.GroupBy(session => session.InstanceId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw RemotingErrors.SessionTwice(twice.First().Name);
    }

    /// <summary>The computers' names; those that come twice with the number of their shard.</summary>
    private IEnumerable<string> Names() => Session.Select((session, i) =>
        Session.Count(other => string.Equals(other.ComputerName, session.ComputerName, StringComparison.OrdinalIgnoreCase)) == 1
            ? session.ComputerName
            : FormattableString.Invariant($"{session.ComputerName} ({i + 1})"));
}
