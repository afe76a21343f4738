using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Credentials;

/// <summary>The login of the Databricks CLI: its token, by running <c>databricks auth token</c>.</summary>
/// <param name="workspace">Address of the workspace.</param>
/// <param name="profile">Profile that the CLI logged in with; <see langword="null"/> to find the login by the workspace's address.</param>
/// <param name="context">Clock and PATH.</param>
public sealed class DatabricksCliCredential(Uri workspace, string? profile, CredentialContext context)
    : RenewableCredential(profile is null ? "Databricks CLI login" : $"Databricks CLI login of profile {profile}", context.Time)
{
    private const string Program = "databricks";

    /// <inheritdoc/>
    public override string Kind => AuthType.DatabricksCli;

    /// <summary>Whether the program is there.</summary>
    internal static bool IsInstalled(CredentialContext context) => Locate(context) is not null;

    /// <inheritdoc/>
    protected override Task<IssuedToken> FetchAsync(CancellationToken cancellationToken)
    {
        ExternalProgram program = Locate(context) ?? throw CredentialErrors.ProgramNotFound(Program, Kind);
        string address = WorkspaceAddress.ToText(workspace);
        string[] arguments = profile is null ? ["auth", "token", "--host", address] : ["auth", "token", $"--profile={profile}"];
        return program.GetTokenAsync(
            arguments, context.Time.GetUtcNow,
            $"Log in with 'databricks auth login --host {address}' and try again. The Databricks CLI must be 0.207.1 or newer.",
            cancellationToken);
    }

    private static ExternalProgram? Locate(CredentialContext context) =>
        context.Variable("DATABRICKS_CLI_PATH") is string path && File.Exists(path)
            ? new ExternalProgram(Program, path)
            : ExternalProgram.Find(Program, context);
}
