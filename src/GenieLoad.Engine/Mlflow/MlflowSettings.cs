using System.Globalization;
using GenieLoad.Engine.Http.Retries;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What MLflow's environment variables set beside the address and the credential.</summary>
internal sealed record MlflowSettings
{
    private const double MaximumTimeoutSeconds = 86_400;
    private const double LongestBackoffSeconds = 120;

    /// <summary>Seconds after which an attempt is given up.</summary>
    public required double TimeoutSeconds { get; init; }

    /// <summary>How calls are tried again.</summary>
    public required RetryOptions Retry { get; init; }

    /// <summary>Whether the server's certificate is taken as it is.</summary>
    public bool InsecureTls { get; init; }

    /// <summary>PEM file of the authorities that the server's certificate may come from.</summary>
    public string? ServerCertificatePath { get; init; }

    /// <summary>PEM file of the certificate and key that we show.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>Whether Databricks artifacts go by signed addresses from the start.</summary>
    public bool SkipFilesApi { get; init; }

    /// <summary>Reads the variables.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidMlflowVariable</c>, <c>UnsupportedMlflowVariable</c>.</exception>
    public static MlflowSettings Read(Func<string, string?> environment)
    {
        foreach (string unsupported in (string[])["MLFLOW_TRACKING_AUTH", "MLFLOW_TRACKING_AWS_SIGV4"])
        {
            // The second is a switch, and may be set to false.
            if (environment(unsupported) is { Length: > 0 } value
                && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0")
                throw MlflowErrors.UnsupportedMlflowVariable(unsupported);
        }
        return new MlflowSettings
        {
            TimeoutSeconds = Number(environment, "MLFLOW_HTTP_REQUEST_TIMEOUT", 120, 1, MaximumTimeoutSeconds),
            Retry = new RetryOptions
            {
                MaximumRetries = (int)Number(environment, "MLFLOW_HTTP_REQUEST_MAX_RETRIES", 7, 0, 100),
                // 0 means no wait at all to MLflow; our least is a millisecond.
                BaseSeconds = Math.Max(0.001, Number(environment, "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", 2, 0, LongestBackoffSeconds)),
                CapSeconds = LongestBackoffSeconds,
                JitterSeconds = Number(environment, "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", 1, 0, 600),
            },
            InsecureTls = Switch(environment, "MLFLOW_TRACKING_INSECURE_TLS"),
            ServerCertificatePath = Text(environment, "MLFLOW_TRACKING_SERVER_CERT_PATH"),
            ClientCertificatePath = Text(environment, "MLFLOW_TRACKING_CLIENT_CERT_PATH"),
            SkipFilesApi = Switch(environment, "MLFLOW_DISABLE_DATABRICKS_SDK_FOR_RUN_ARTIFACTS"),
        };
    }

    private static string? Text(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : null;

    private static bool Switch(Func<string, string?> environment, string name) => Text(environment, name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        string other => throw MlflowErrors.InvalidMlflowVariable(name, other, "true, false, 1 or 0"),
    };

    private static double Number(Func<string, string?> environment, string name, double standard, double least, double most)
    {
        if (Text(environment, name) is not string text)
            return standard;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw MlflowErrors.InvalidMlflowVariable(
                name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }
}
