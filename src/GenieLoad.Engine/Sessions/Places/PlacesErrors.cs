using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>The errors of <c>Places</c>; the name of a factory is the id of its error.</summary>
internal static class PlacesErrors
{
    public static GenieLoadException PlaceUnreachable(string place, string reason, Exception? inner = null) => new(
        nameof(PlaceUnreachable), ErrorKind.Connection,
        $"{place} cannot be reached: {reason} Nothing was started.",
        "Check the session with Invoke-Command { 1 }, open it again with New-PSSession, and run the test again.", place, inner);

    public static GenieLoadException PlaceOutdated(string place, string version, Version least) => new(
        nameof(PlaceOutdated), ErrorKind.NotReady,
        $"{place} runs PowerShell {ShownValue.Of(version)}; GenieLoad needs {least} or newer. Nothing was started.",
        "Update PowerShell there. For WinRM, connect to its endpoint: New-PSSession -ConfigurationName PowerShell.7.", place);

    public static GenieLoadException PlaceWithoutModule(string place, string version) => new(
        nameof(PlaceWithoutModule), ErrorKind.NotReady,
        $"{place} does not have GenieLoad {version}. Nothing was started.",
        $"Install it there with Install-PSResource GenieLoad -Version {version}, or add -InstallModule: the test then brings the module "
            + "and removes it at the end.", place);

    public static GenieLoadException PlaceWithOtherModule(string place, string found, string version) => new(
        nameof(PlaceWithOtherModule), ErrorKind.NotReady,
        $"{place} has GenieLoad {ShownValue.Of(found)}, and this is {version}; all places need the same. Nothing was started.",
        $"Install version {version} there, or add -InstallModule: the test then brings the module and removes it at the end.", place);

    public static GenieLoadException PlaceNotPrepared(string place, string reason, Exception? inner = null) => new(
        nameof(PlaceNotPrepared), ErrorKind.NotReady,
        $"{place} cannot be prepared: {reason} Nothing was started.",
        "Check the disk and the rights of the account there, then run the test again.", place, inner);

    public static GenieLoadException PlaceTooSlow(string place, double seconds) => new(
        nameof(PlaceTooSlow), ErrorKind.Timeout,
        FormattableString.Invariant($"{place} was not ready within {seconds:0.###} s. Nothing was started."),
        "Check that pwsh starts there and reaches the workspace: Connect-Genie, run in the session.", place);

    public static GenieLoadException PlaceRefused(string place, string? errorId, string? text) => new(
        nameof(PlaceRefused), ErrorKind.NotReady,
        $"{place} cannot run its shard: {text ?? "its process left without a word."} Nothing was started.",
        errorId switch
        {
            "NoCredential" or "NoHost" or "CredentialNotFound" =>
                "Set DATABRICKS_TOKEN or a profile for the account there, or add -SendCredential to use the token of this connection.",
            _ => "Run Connect-Genie in the session to see more. -SendCredential uses the token of this connection.",
        },
        place);

    public static GenieLoadException PlacesNotReady(IReadOnlyList<GenieLoadException> all) => new(
        nameof(PlacesNotReady), ErrorKind.NotReady,
        $"{all.Count} places are not ready. {string.Join(" ", all.Select(one => one.Message))}",
        all[0].Recommendation ?? "", all[0].Target, all[0]);

    public static GenieLoadException NoShardCame(string reasons) => new(
        nameof(NoShardCame), ErrorKind.Connection,
        $"No shard came back, so there is nothing to merge. {reasons}",
        "Read what the warnings say, and collect the folders of the shards by hand.");

    public static GenieLoadException StrangeFile(string place, string reason) => new(
        nameof(StrangeFile), ErrorKind.InvalidData,
        $"The run of {place} cannot be collected: {reason}",
        "Check the machine, and copy the folder of the run by hand.", place);
}
