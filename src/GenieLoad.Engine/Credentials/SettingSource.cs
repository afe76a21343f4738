using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Credentials;

/// <summary>One place that may name workspace and credential: the parameters, the environment, a profile. Keys are those of a
/// profile.</summary>
internal sealed class SettingSource
{
    private static readonly Dictionary<string, string> VariableOf = new()
    {
        ["host"] = "DATABRICKS_HOST",
        ["token"] = "DATABRICKS_TOKEN",
        ["client_id"] = "DATABRICKS_CLIENT_ID",
        ["client_secret"] = "DATABRICKS_CLIENT_SECRET",
        ["auth_type"] = "DATABRICKS_AUTH_TYPE",
        ["azure_client_id"] = "ARM_CLIENT_ID",
        ["azure_client_secret"] = "ARM_CLIENT_SECRET",
        ["azure_tenant_id"] = "ARM_TENANT_ID",
        ["azure_use_msi"] = "ARM_USE_MSI",
    };

    private static readonly string[] DatabricksKeys = ["token", "client_secret", "client_id"];
    private static readonly string[] ProfileKeys =
        [.. DatabricksKeys, "auth_type", "azure_client_secret", "azure_client_id", "azure_use_msi"];

    private readonly Func<string, string?> _value;
    private readonly Func<string, string> _label;

    private SettingSource(Func<string, string?> value, Func<string, string> label, string? profile = null)
    {
        _value = value;
        _label = label;
        Profile = profile;
    }

    /// <summary>The profile's name, where it is one.</summary>
    public string? Profile { get; }

    /// <summary>A value; <see langword="null"/> where there is none.</summary>
    public string? this[string key] => _value(key) is { Length: > 0 } value ? value : null;

    /// <summary>Address of the workspace that it names; <see langword="null"/> where it names none that is one.</summary>
    public string? Home =>
        this["host"] is string host && WorkspaceAddress.TryParse(host) is Uri home ? WorkspaceAddress.ToText(home) : null;

    /// <summary>What of it belongs to its host, the first that has a value; <see langword="null"/> where nothing does.</summary>
    public string? BoundKey => Array.Find(Profile is null ? DatabricksKeys : ProfileKeys, key => this[key] is not null);

    /// <summary>Whether somebody gave it with the call: that is meant, whatever host it goes to.</summary>
    public bool IsGiven { get; private init; }

    /// <summary>What a person knows the value by: <c>DATABRICKS_TOKEN</c>.</summary>
    public string Label(string key) => _label(key);

    /// <summary>
    /// Whether its credential may be shown to a workspace: to the one it names and to no other; where it names none, to whichever is
    /// asked for.
    /// </summary>
    public bool BelongsTo(Uri workspace) => IsGiven || this["host"] is not string host || WorkspaceAddress.TryParse(host) == workspace;

    /// <summary>
    /// What of it counts for a workspace. Of an environment that is of another one, the variables of Azure are left: its tokens open every
    /// workspace that is Azure's.
    /// </summary>
    public SettingSource For(Uri workspace) => BelongsTo(workspace)
        ? this
        : new SettingSource(key => Profile is null && key.StartsWith("azure_", StringComparison.Ordinal) ? _value(key) : null, _label);

    public static SettingSource OfParameters(CredentialInput input)
    {
        bool isAzure = input.TenantId is not null || input.AuthType?.StartsWith("azure-", StringComparison.OrdinalIgnoreCase) == true;
        return new SettingSource(
            key => key switch
            {
                "host" => input.WorkspaceUrl,
                "token" => input.Token,
                "auth_type" => input.AuthType,
                "client_id" => isAzure ? null : input.ClientId,
                "client_secret" => isAzure ? null : input.ClientSecret,
                "azure_client_id" => isAzure ? input.ClientId : null,
                "azure_client_secret" => isAzure ? input.ClientSecret : null,
                "azure_tenant_id" => input.TenantId,
                _ => null,
            },
            key => key switch
            {
                "token" => "Token parameter",
                "auth_type" => "AuthType parameter",
                "client_id" or "azure_client_id" => "ClientId parameter",
                "azure_tenant_id" => "TenantId parameter",
                _ => "ClientSecret parameter",
            }) { IsGiven = true };
    }

    public static SettingSource OfEnvironment(CredentialContext context) =>
        new(key => VariableOf.TryGetValue(key, out string? name) ? context.Variable(name) : null, key => VariableOf[key]);

    public static SettingSource OfProfile(string name, IReadOnlyDictionary<string, string> values) =>
        new(values.GetValueOrDefault, _ => $"Profile {name}", name);
}
