using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>What can go wrong with a test through sessions. The factory's name is the error's id.</summary>
internal static class RemotingErrors
{
    public static GenieLoadException NotWithSession(string parameter, string instead) => new(
        nameof(NotWithSession), ErrorKind.InvalidInput,
        $"-{parameter} cannot be combined with -Session.",
        instead, parameter);

    public static GenieLoadException SessionNeeded(string parameter) => new(
        nameof(SessionNeeded), ErrorKind.InvalidInput,
        $"-{parameter} is given without -Session.",
        "Give the sessions of the machines too: -Session (New-PSSession -HostName node1, node2).", parameter);

    public static GenieLoadException SessionTwice(string name) => new(
        nameof(SessionTwice), ErrorKind.InvalidInput,
        $"The session '{name}' is given twice; each asks one shard.",
        "Give each session once. Two sessions to the same machine are allowed.", name);

    public static GenieLoadException RemoteScriptFailed(string place, string reason, Exception? inner = null) => new(
        nameof(RemoteScriptFailed), ErrorKind.ServiceFailure,
        $"{place} reports: {ShownText.Line(reason)}",
        "Check the disk, the rights of the account and its PowerShell there with Invoke-Command -Session.", place, inner);
}
