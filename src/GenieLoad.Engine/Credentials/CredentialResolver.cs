using GenieLoad.Engine.Addresses;
using GenieLoad.Model;

namespace GenieLoad.Engine.Credentials;

/// <summary>
/// Finds workspace and credential the way Databricks' own tools do: what is given, then the environment, then a profile, then a login of
/// another tool. The profile file is not read when the others suffice and no profile is named.
/// </summary>
/// <param name="context">Environment, clock and network.</param>
public sealed class CredentialResolver(CredentialContext context)
{
    /// <summary>Workspace and credential as they apply. No token is asked for yet.</summary>
    /// <param name="input">What is given.</param>
    /// <exception cref="GenieLoadException">
    /// <c>MissingWorkspaceUrl</c>, <c>InvalidWorkspaceUrl</c>, <c>MissingCredential</c>, <c>CredentialOfAnotherHost</c>,
    /// <c>TwoCredentials</c>, <c>IncompleteCredential</c>,
    /// <c>UnknownAuthType</c>, <c>InvalidToken</c>, <c>InvalidCredentialValue</c>, <c>ProfileNotFound</c>, <c>ProfileFileNotFound</c>,
    /// <c>ProfileFileNotReadable</c>,
    /// <c>InvalidProfileFile</c>.
    /// </exception>
    public (Uri Workspace, ICredential Credential) Resolve(CredentialInput input)
    {
        SettingSource parameters = SettingSource.OfParameters(input);
        SettingSource environment = SettingSource.OfEnvironment(context);
        // A named profile stands for itself: the environment does not mix into it.
        List<SettingSource> sources = input.Profile is null ? [parameters, environment] : [parameters];
        string? named = input.Profile ?? context.Variable("DATABRICKS_CONFIG_PROFILE");
        string? host = First(sources, "host");
        bool isKnown = host is not null && (input.TokenProvider is not null || Configures(sources, WorkspaceAddress.Parse(host)));
        if ((!isKnown || named is not null) && Profile(named, host) is SettingSource profile)
            sources.Add(profile);
        host ??= First(sources, "host") ?? input.OtherwiseWorkspaceUrl;
        if (host is null)
            throw CredentialErrors.MissingWorkspaceUrl();
        Uri workspace = WorkspaceAddress.Parse(host);
        if (input.TokenProvider is not null)
            return (workspace, new TokenProviderCredential(input.TokenProvider, "TokenProvider parameter", context.Time));
        return (workspace, Choose(workspace, sources, named));
    }

    private static bool Configures(List<SettingSource> sources, Uri workspace) => sources.Select(source => source.For(workspace))
        .Any(source => source["auth_type"] is not null || CredentialKind.In(source, workspace).Count > 0);

    private ICredential Choose(Uri workspace, List<SettingSource> all, string? namedProfile)
    {
        // A credential belongs to its host: what is of another one does not count here.
        List<SettingSource> sources = [.. all.Select(source => source.For(workspace))];
        SettingSource[] foreign = [.. all.Where(source => !source.BelongsTo(workspace))];
        SettingSource? typed = sources.Find(source => source["auth_type"] is not null);
        if (typed?["auth_type"] is string type)
        {
            string known = AuthType.All.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase))
                ?? throw CredentialErrors.UnknownAuthType(type, typed.Label("auth_type"));
            return Build(known, workspace, sources, foreign);
        }
        // What is given as a parameter is meant. The environment and a profile that was named count as one: neither was meant more.
        bool isMerged = namedProfile is not null && sources.Count > 2;
        IEnumerable<SettingSource[]> groups = isMerged ? [[sources[0]], [.. sources.Skip(1)]] : sources.Select(source => new[] { source });
        foreach (SettingSource[] group in groups)
        {
            CredentialKind[] kinds = [.. group.SelectMany(source => CredentialKind.In(source, workspace)).DistinctBy(kind => kind.Type)];
            if (kinds.Length > 1)
                throw CredentialErrors.TwoCredentials(kinds[0].ToString(), kinds[1].ToString());
            if (kinds.Length == 1)
                return Build(kinds[0].Type, workspace, sources, foreign);
        }
        // One that was meant for another workspace is not quietly replaced by whatever login is there.
        foreach (SettingSource source in foreign)
        {
            if (source.BoundKey is string key)
                throw CredentialErrors.CredentialOfAnotherHost(source.Label(key), source.Home, workspace);
        }
        return Login(workspace);
    }

    private ICredential Build(string type, Uri workspace, List<SettingSource> sources, SettingSource[] foreign)
    {
        string? Value(string key) => First(sources, key);
        string Needed(string key) => Value(key) ?? throw (Array.Find(foreign, source => source[key] is not null) is SettingSource other
            ? CredentialErrors.CredentialOfAnotherHost(other.Label(key), other.Home, workspace)
            : CredentialErrors.IncompleteCredential(type, Naming(key)));
        string Origin(string key) => sources.Find(source => source[key] is not null)!.Label(key);
        switch (type)
        {
            case AuthType.Pat:
                return TokenCredential.Create(Needed("token"), Origin("token"));
            case AuthType.OAuthM2M:
                return new OAuthCredential(workspace, Needed("client_id"), Needed("client_secret"), Origin("client_id"), context);
            case AuthType.AzureClientSecret:
                return new AzureServicePrincipalCredential(
                    workspace, Needed("azure_client_id"), Needed("azure_client_secret"), Value("azure_tenant_id"),
                    Origin("azure_client_id"), context);
            case AuthType.AzureMsi:
                string key = sources.Exists(source => source["auth_type"] is not null) ? "auth_type" : "azure_use_msi";
                return new ManagedIdentityCredential(Value("azure_client_id"), Origin(key), context);
            case AuthType.AzureCli:
                return new AzureCliCredential(Value("azure_tenant_id"), context);
            default:
                // A profile without a host is a login of nobody knows which workspace; the address says it.
                string? profile = sources.Find(source => source.Profile is not null && source["host"] is not null)?.Profile;
                return new DatabricksCliCredential(workspace, profile, context);
        }
    }

    /// <summary>Nothing is configured: somebody may have logged in with another tool.</summary>
    private FirstLoginCredential Login(Uri workspace)
    {
        List<ICredential> logins = [];
        if (AzureAccount.Owns(workspace) && AzureCliCredential.IsInstalled(context))
            logins.Add(new AzureCliCredential(context.Variable("ARM_TENANT_ID"), context));
        if (DatabricksCliCredential.IsInstalled(context))
            logins.Add(new DatabricksCliCredential(workspace, null, context));
        return logins.Count > 0 ? new FirstLoginCredential(workspace, logins) : throw CredentialErrors.MissingCredential(workspace);
    }

    private SettingSource? Profile(string? named, string? host)
    {
        string path = ProfileFile.DefaultPath(context.Environment);
        if (!File.Exists(path))
        {
            return named is null
                ? null
                : throw CredentialErrors.ProfileFileNotFound(path, named, context.Variable("DATABRICKS_CONFIG_FILE") is not null);
        }

        ProfileFile file = ProfileFile.Read(path);
        string name = named ?? file.DefaultName;
        IReadOnlyDictionary<string, string>? values = file.Find(name);
        if (values is null)
            return named is null ? null : throw CredentialErrors.ProfileNotFound(name, path, file.Names);
        // A profile nobody named must not send its credential to a workspace it was not made for.
        SettingSource profile = SettingSource.OfProfile(name, values);
        return named is null && host is not null && !profile.BelongsTo(WorkspaceAddress.Parse(host)) ? null : profile;
    }

    private static string? First(List<SettingSource> sources, string key) =>
        sources.Select(source => source[key]).FirstOrDefault(value => value is not null);

    private static string Naming(string key) => key switch
    {
        "token" => "the token (-Token, DATABRICKS_TOKEN, or token of a profile)",
        "client_id" => "the client id (-ClientId, DATABRICKS_CLIENT_ID, or client_id of a profile)",
        "client_secret" => "the client secret (-ClientSecret, DATABRICKS_CLIENT_SECRET, or client_secret of a profile)",
        "azure_client_id" => "the client id (-ClientId, ARM_CLIENT_ID, or azure_client_id of a profile)",
        _ => "the client secret (-ClientSecret, ARM_CLIENT_SECRET, or azure_client_secret of a profile)",
    };
}
