using System.Net.Http.Headers;
using System.Text;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What is shown to an open-source server: user name and password, else a token, else nothing.</summary>
/// <param name="Header">The header's value.</param>
internal sealed record MlflowCredential(AuthenticationHeaderValue? Header)
{
    /// <summary>What is given, then the environment, then MLflow's own credentials file: as MLflow itself looks for it.</summary>
    /// <exception cref="Model.GenieLoadException"><c>MlflowCredentialIncomplete</c>, <c>InvalidToken</c>.</exception>
    public static MlflowCredential Find(MlflowExportOptions options, Func<string, string?> environment)
    {
        if (options.UserName is not null)
            return Basic(options.UserName, options.Password!);
        if (options.Token is not null)
            return Bearer(options.Token, "Token parameter");
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
