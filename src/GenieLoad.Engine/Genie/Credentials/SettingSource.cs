namespace GenieLoad.Engine.Genie.Credentials;

/// <summary>One place that may name workspace and credential: the parameters, the environment, a profile. Keys are those of a profile.</summary>
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

    /// <summary>What a person knows the value by: <c>DATABRICKS_TOKEN</c>.</summary>
    public string Label(string key) => _label(key);

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
            });
    }

    public static SettingSource OfEnvironment(CredentialContext context) =>
        new(key => VariableOf.TryGetValue(key, out string? name) ? context.Variable(name) : null, key => VariableOf[key]);

    public static SettingSource OfProfile(string name, IReadOnlyDictionary<string, string> values) =>
        new(values.GetValueOrDefault, _ => $"Profile {name}", name);
}
