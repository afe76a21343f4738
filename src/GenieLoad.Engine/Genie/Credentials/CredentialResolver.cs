namespace GenieLoad.Engine.Genie.Credentials;

/// <summary>
/// Finds workspace and credential the way Databricks' own tools do: what is given, then the environment, then a profile. The profile file is
/// not read when the others suffice and no profile is named.
/// </summary>
/// <param name="environment">Reads environment variables.</param>
public sealed class CredentialResolver(Func<string, string?> environment)
{
    /// <summary>Workspace and credential as they apply.</summary>
    /// <param name="workspaceUrl">Given address.</param>
    /// <param name="token">Given token.</param>
    /// <param name="profile">Given profile.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>MissingWorkspaceUrl</c>, <c>InvalidWorkspaceUrl</c>, <c>MissingCredential</c>, <c>InvalidToken</c>, <c>ProfileNotFound</c>, <c>ProfileWithoutToken</c>,
    /// <c>ProfileFileNotReadable</c>, <c>InvalidProfileFile</c>.
    /// </exception>
    public (Uri Workspace, ICredential Credential) Resolve(string? workspaceUrl, string? token, string? profile)
    {
        // A named profile stands for itself: the environment does not mix into it.
        string? host = workspaceUrl ?? (profile is null ? Variable("DATABRICKS_HOST") : null);
        ICredential? credential = token is not null ? TokenCredential.Create(token, "Token parameter")
            : profile is null && Variable("DATABRICKS_TOKEN") is string fromEnvironment
                ? TokenCredential.Create(fromEnvironment, "DATABRICKS_TOKEN")
            : null;
        if (host is null || credential is null)
            (host, credential) = FromProfile(host, credential, profile);
        if (host is null)
            throw GenieErrors.MissingWorkspaceUrl();
        Uri workspace = WorkspaceAddress.Parse(host);
        return (workspace, credential ?? throw GenieErrors.MissingCredential(workspace.Host));
    }

    private (string? Host, ICredential? Credential) FromProfile(string? host, ICredential? credential, string? profile)
    {
        string? named = profile ?? Variable("DATABRICKS_CONFIG_PROFILE");
        string path = ProfileFile.DefaultPath(environment);
        if (named is null && !File.Exists(path))
            return (host, credential);
        ProfileFile file = ProfileFile.Read(path);
        string name = named ?? file.DefaultName;
        IReadOnlyDictionary<string, string>? values = file.Find(name);
        if (values is null)
            return named is null ? (host, credential) : throw GenieErrors.ProfileNotFound(name, path, file.Names);
        string? profileHost = values.GetValueOrDefault("host");
        // A profile nobody named must not send its token to a workspace it was not made for.
        if (named is null && host is not null && profileHost is not null
            && WorkspaceAddress.Parse(host) != WorkspaceAddress.Parse(profileHost))
            return (host, credential);
        if (credential is null)
        {
            credential = values.GetValueOrDefault("token") is { Length: > 0 } token
                ? TokenCredential.Create(token, $"Profile {name}")
                : named is null ? null : throw GenieErrors.ProfileWithoutToken(name, path);
        }
        return (host ?? profileHost, credential);
    }

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
