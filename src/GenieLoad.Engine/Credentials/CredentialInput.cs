namespace GenieLoad.Engine.Credentials;

/// <summary>What somebody said about workspace and credential; everything may be left out. Holds secrets: has no text of its own.</summary>
public sealed class CredentialInput
{
    /// <summary>Address of the workspace.</summary>
    public string? WorkspaceUrl { get; init; }

    /// <summary>Address of the workspace that counts where nothing else names one.</summary>
    public string? OtherwiseWorkspaceUrl { get; init; }

    /// <summary>Access token.</summary>
    public string? Token { get; init; }

    /// <summary>Profile of the <c>.databrickscfg</c> file.</summary>
    public string? Profile { get; init; }

    /// <summary>Client id of a service principal, or of a user-assigned managed identity.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of a service principal.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Azure tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>Kind of credential, one of <see cref="AuthType.All"/>.</summary>
    public string? AuthType { get; init; }

    /// <summary>Returns a token; comes before everything else.</summary>
    public Func<CancellationToken, Task<IssuedToken>>? TokenProvider { get; init; }
}
