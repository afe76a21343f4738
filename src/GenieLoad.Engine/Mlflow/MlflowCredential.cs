using System.Net.Http.Headers;
using System.Text;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What is shown to an open-source server: user name and password, else a token, else nothing.</summary>
/// <param name="Header">The header's value.</param>
internal sealed record MlflowCredential(AuthenticationHeaderValue? Header) : IAuthorization
{
    private static readonly string[] Variables = ["MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"];

    /// <summary>What is given, then the environment, then MLflow's own credentials file: as MLflow itself looks for it.</summary>
    /// <param name="options">What is given.</param>
    /// <param name="environment">
    /// Reads environment variables. Those of a credential belong to the server of <c>MLFLOW_TRACKING_URI</c>; where that is not set, to
    /// whichever server is named.
    /// </param>
    /// <param name="server">The server it is for.</param>
    /// <param name="warn">Told of a credential that belongs to another server.</param>
    /// <exception cref="Model.GenieLoadException"><c>MlflowCredentialIncomplete</c>, <c>InvalidToken</c>.</exception>
    public static MlflowCredential Find(MlflowExportOptions options, Func<string, string?> environment, Uri server, Action<string> warn)
    {
        if (options.UserName is not null)
            return Basic(options.UserName, options.Password!);
        if (options.Token is not null)
            return Bearer(options.Token, "Token parameter");
        if (!BelongsTo(environment, server))
        {
            if (Array.Find(Variables, name => environment(name) is { Length: > 0 }) is string held)
                warn($"{held} belongs to the server of MLFLOW_TRACKING_URI and is not shown to {server.Authority}; "
                    + "give -Credential or -Token for it.");
            Func<string, string?> all = environment;
            environment = name => Variables.Contains(name) ? null : all(name);
        }
        string? user = environment("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } name ? name : null;
        string? password = environment("MLFLOW_TRACKING_PASSWORD") is { Length: > 0 } secret ? secret : null;
        if (user is null && password is null && environment("MLFLOW_TRACKING_TOKEN") is { Length: > 0 } token)
            return Bearer(token, "MLFLOW_TRACKING_TOKEN");
        if (user is null || password is null)
        {
            IReadOnlyDictionary<string, string>? file = FromFile(environment);
            user ??= file?.GetValueOrDefault("mlflow_tracking_username");
            password ??= file?.GetValueOrDefault("mlflow_tracking_password");
        }
        if (user is null != password is null)
            throw MlflowErrors.MlflowCredentialIncomplete();
        return user is null ? new MlflowCredential((AuthenticationHeaderValue?)null) : Basic(user, password!);
    }

    /// <inheritdoc/>
    public string Description => "the credential for MLflow";

    /// <inheritdoc/>
    public ValueTask<AuthenticationHeaderValue?> NextAsync(CancellationToken stop) => new(Header);

    /// <inheritdoc/>
    public bool Refused(AuthenticationHeaderValue header) => false;

    private static bool BelongsTo(Func<string, string?> environment, Uri server)
    {
        if (environment("MLFLOW_TRACKING_URI") is not { Length: > 0 } own)
            return true;
        try
        {
            return TrackingTarget.Parse(own).Server is Uri its && WorkspaceAddress.IsSameOrigin(its, server);
        }
        catch (Model.GenieLoadException)
        {
            return false;
        }
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => Header?.Scheme ?? "none";

    private static MlflowCredential Basic(string user, string password)
    {
        LiveSecrets.Learn(user, password);
        return new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
    }

    private static MlflowCredential Bearer(string token, string origin)
    {
        // Refuses what could not stand in a header.
        _ = TokenCredential.Create(token, origin);
        LiveSecrets.Learn(token.Trim());
        return new MlflowCredential(new AuthenticationHeaderValue("Bearer", token.Trim()));
    }

    private static IReadOnlyDictionary<string, string>? FromFile(Func<string, string?> environment)
    {
        string home = environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } folder
            ? folder
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string path = Path.Combine(home, ".mlflow", "credentials");
        return File.Exists(path) ? ProfileFile.Read(path).Find("mlflow") : null;
    }
}
