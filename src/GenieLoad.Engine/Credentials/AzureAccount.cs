namespace GenieLoad.Engine.Credentials;

/// <summary>What Azure needs to know for a token for Databricks.</summary>
internal static class AzureAccount
{
    /// <summary>Azure Databricks as a resource; the same in all Azure clouds.</summary>
    public const string DatabricksResource = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    /// <summary>Whether a workspace is Azure's.</summary>
    public static bool Owns(Uri workspace) =>
        workspace.Host.EndsWith(".azuredatabricks.net", StringComparison.OrdinalIgnoreCase)
        || workspace.Host.EndsWith(".databricks.azure.us", StringComparison.OrdinalIgnoreCase)
        || workspace.Host.EndsWith(".databricks.azure.cn", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who issues tokens: by <c>ARM_ENVIRONMENT</c>, else by the workspace's address.</summary>
    public static Uri Authority(Uri workspace, string? environment) => (environment?.ToLowerInvariant(), workspace.Host) switch
    {
        ("usgovernment" or "azureusgovernment", _) => new Uri("https://login.microsoftonline.us"),
        ("china" or "azurechinacloud", _) => new Uri("https://login.chinacloudapi.cn"),
        (null, var host) when host.EndsWith(".azure.us", StringComparison.OrdinalIgnoreCase) => new Uri("https://login.microsoftonline.us"),
        (null, var host) when host.EndsWith(".azure.cn", StringComparison.OrdinalIgnoreCase) => new Uri("https://login.chinacloudapi.cn"),
        _ => new Uri("https://login.microsoftonline.com"),
    };

    /// <summary>Refuses what is no tenant: it becomes part of an address and of a command line.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidCredentialValue</c>.</exception>
    public static string? CheckedTenant(string? tenant) =>
        tenant is null || (tenant.Length > 0 && tenant[0] is not ('-' or '.')
            && tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
            ? tenant
            : throw CredentialErrors.InvalidCredentialValue("TenantId", "a tenant is an id or a domain name");
}
