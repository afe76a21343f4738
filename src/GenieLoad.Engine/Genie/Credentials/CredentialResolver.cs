using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Credentials;

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
    /// <c>MissingWorkspaceUrl</c>, <c>InvalidWorkspaceUrl</c>, <c>MissingCredential</c>, <c>TwoCredentials</c>, <c>IncompleteCredential</c>,
    /// <c>UnknownAuthType</c>, <c>InvalidToken</c>, <c>InvalidCredentialValue</c>, <c>ProfileNotFound</c>, <c>ProfileFileNotReadable</c>,
    /// <c>InvalidProfileFile</c>.
    /// </exception>
    public (Uri Workspace, ICredential Credential) Resolve(CredentialInput input)
    {
        SettingSource parameters = SettingSource.OfParameters(input);
        SettingSource environment = SettingSource.OfEnvironment(context);
        // A named profile stands for itself: the environment does not mix into it.
        List<SettingSource> sources = input.Profile is null ? [parameters, environment] : [parameters];
        bool isKnown = input.TokenProvider is not null
            || sources.Exists(source => CredentialKind.In(source).Count > 0 || source["auth_type"] is not null);
        string? named = input.Profile ?? context.Variable("DATABRICKS_CONFIG_PROFILE");
        string? host = First(sources, "host");
        if ((host is null || !isKnown || named is not null) && Profile(named, host) is SettingSource profile)
            sources.Add(profile);
        host ??= First(sources, "host");
        if (host is null)
            throw GenieErrors.MissingWorkspaceUrl();
        Uri workspace = WorkspaceAddress.Parse(host);
        if (input.TokenProvider is not null)
            return (workspace, new TokenProviderCredential(input.TokenProvider, "TokenProvider parameter", context.Time));
        return (workspace, Choose(workspace, sources, named));
    }

    private ICredential Choose(Uri workspace, List<SettingSource> sources, string? namedProfile)
    {
        SettingSource? typed = sources.Find(source => source["auth_type"] is not null);
        if (typed?["auth_type"] is string type)
        {
            string known = AuthType.All.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase))
                ?? throw CredentialErrors.UnknownAuthType(type, typed.Label("auth_type"));
            return Build(known, workspace, sources);
        }
        // What is given as a parameter is meant. The environment and a profile that was named count as one: neither was meant more.
        bool isMerged = namedProfile is not null && sources.Count > 2;
        IEnumerable<SettingSource[]> groups = isMerged ? [[sources[0]], [.. sources.Skip(1)]] : sources.Select(source => new[] { source });
        foreach (SettingSource[] group in groups)
        {
            CredentialKind[] kinds = [.. group.SelectMany(CredentialKind.In).DistinctBy(kind => kind.Type)];
            if (kinds.Length > 1)
                throw CredentialErrors.TwoCredentials(kinds[0].ToString(), kinds[1].ToString());
            // Azure's variables are often set for other tools; what opens Azure is not shown to a workspace elsewhere unless somebody says so.
            bool isMeant = group[0] == sources[0] || AzureAccount.Owns(workspace) || kinds is [{ IsAzure: false }];
            if (kinds.Length == 1 && isMeant)
                return Build(kinds[0].Type, workspace, sources);
        }
        return Login(workspace);
    }

    private ICredential Build(string type, Uri workspace, List<SettingSource> sources)
    {
        string? Value(string key) => First(sources, key);
        string Needed(string key) => Value(key) ?? throw CredentialErrors.IncompleteCredential(type, Naming(key));
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
                return new DatabricksCliCredential(workspace, sources.Find(source => source.Profile is not null)?.Profile, context);
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
        return logins.Count > 0 ? new FirstLoginCredential(workspace, logins) : throw CredentialErrors.MissingCredential(workspace.Host);
    }

    private SettingSource? Profile(string? named, string? host)
    {
        string path = ProfileFile.DefaultPath(context.Environment);
        if (named is null && !File.Exists(path))
            return null;
        ProfileFile file = ProfileFile.Read(path);
        string name = named ?? file.DefaultName;
        IReadOnlyDictionary<string, string>? values = file.Find(name);
        if (values is null)
            return named is null ? null : throw CredentialErrors.ProfileNotFound(name, path, file.Names);
        // A profile nobody named must not send its credential to a workspace it was not made for.
        bool isForAnother = named is null && host is not null && values.GetValueOrDefault("host") is { Length: > 0 } own
            && WorkspaceAddress.Parse(host) != WorkspaceAddress.Parse(own);
        return isForAnother ? null : SettingSource.OfProfile(name, values);
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
