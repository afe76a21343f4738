namespace GenieLoad.Engine.Credentials;

/// <summary>A kind of credential that a source configures, and by what.</summary>
/// <param name="Type">One of <see cref="AuthType"/>.</param>
/// <param name="By">What a person knows it by.</param>
internal sealed record CredentialKind(string Type, string By)
{
    /// <summary>Whether Azure issues its tokens.</summary>
    public bool IsAzure => Type is AuthType.AzureClientSecret or AuthType.AzureMsi;

    /// <summary>
    /// The kinds that a source configures for a workspace. A tenant alone configures none, it may only say where the others belong.
    /// Azure's variables are often set for other tools: what opens Azure counts for a workspace of Azure, or where it is given.
    /// </summary>
    public static IReadOnlyList<CredentialKind> In(SettingSource source, Uri workspace) =>
        [.. All(source).Where(kind => !kind.IsAzure || source.IsGiven || AzureAccount.Owns(workspace))];

    private static List<CredentialKind> All(SettingSource source)
    {
        List<CredentialKind> kinds = [];
        if (source["token"] is not null)
            kinds.Add(new CredentialKind(AuthType.Pat, source.Label("token")));
        if (Given(source, "client_secret", "client_id") is string oauth)
            kinds.Add(new CredentialKind(AuthType.OAuthM2M, source.Label(oauth)));
        if (source["azure_use_msi"] is string use && use.ToLowerInvariant() is "true" or "1")
            kinds.Add(new CredentialKind(AuthType.AzureMsi, source.Label("azure_use_msi")));
        else if (Given(source, "azure_client_secret") is string azure)
            kinds.Add(new CredentialKind(AuthType.AzureClientSecret, source.Label(azure)));
        return kinds;
    }

    /// <summary>Kind and name of the setting: <c>pat (DATABRICKS_TOKEN)</c>.</summary>
    public override string ToString() => $"{Type} ({By})";

    private static string? Given(SettingSource source, params string[] keys) => Array.Find(keys, key => source[key] is not null);
}
