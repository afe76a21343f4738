namespace GenieLoad.Engine.Credentials;

/// <summary>The kinds of credential, by the names that Databricks' tools give them (<c>auth_type</c>).</summary>
public static class AuthType
{
    /// <summary>Access token that somebody gave.</summary>
    public const string Pat = "pat";

    /// <summary>OAuth of a Databricks service principal: client id and secret.</summary>
    public const string OAuthM2M = "oauth-m2m";

    /// <summary>Login of the Databricks CLI.</summary>
    public const string DatabricksCli = "databricks-cli";

    /// <summary>Login of the Azure CLI.</summary>
    public const string AzureCli = "azure-cli";

    /// <summary>Azure service principal: client id, secret and tenant.</summary>
    public const string AzureClientSecret = "azure-client-secret";

    /// <summary>Managed identity of the Azure machine or service it runs on.</summary>
    public const string AzureMsi = "azure-msi";

    /// <summary>A script or delegate that returns a token.</summary>
    public const string TokenProvider = "token-provider";

    /// <summary>Those that can be asked for by name, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Pat, OAuthM2M, AzureMsi, AzureClientSecret, AzureCli, DatabricksCli];
}
