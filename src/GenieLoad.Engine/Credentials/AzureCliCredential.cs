namespace GenieLoad.Engine.Credentials;

/// <summary>The login of the Azure CLI: its token, by running <c>az account get-access-token</c>.</summary>
public sealed class AzureCliCredential : RenewableCredential
{
    private const string Program = "az";

    private readonly CredentialContext _context;
    private readonly string? _tenant;

    /// <summary>A credential of the Azure CLI's login.</summary>
    /// <param name="tenant">Tenant to be logged in to; <see langword="null"/> for the CLI's own choice.</param>
    /// <param name="context">Clock and PATH.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidCredentialValue</c>.</exception>
    public AzureCliCredential(string? tenant, CredentialContext context)
        : base("Azure CLI login", context.Time)
    {
        _context = context;
        _tenant = AzureAccount.CheckedTenant(tenant);
    }

    /// <inheritdoc/>
    public override string Kind => AuthType.AzureCli;

    /// <summary>Whether the program is there.</summary>
    internal static bool IsInstalled(CredentialContext context) => ExternalProgram.Find(Program, context) is not null;

    /// <inheritdoc/>
    protected override Task<IssuedToken> FetchAsync(CancellationToken cancellationToken)
    {
        ExternalProgram program = ExternalProgram.Find(Program, _context) ?? throw CredentialErrors.ProgramNotFound(Program, Kind);
        List<string> arguments = ["account", "get-access-token", "--resource", AzureAccount.DatabricksResource, "--output", "json"];
        if (_tenant is not null)
            arguments.AddRange(["--tenant", _tenant]);
        return program.GetTokenAsync(
            arguments, _context.Time.GetUtcNow, "Log in with 'az login', to the tenant of the workspace, and try again.",
            cancellationToken);
    }
}
