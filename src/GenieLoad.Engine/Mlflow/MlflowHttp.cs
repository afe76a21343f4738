using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Builds the HTTP layer for a tracking server.</summary>
internal static class MlflowHttp
{
    /// <summary>Longest answer that is taken, in bytes. A page of a thousand runs is a few megabytes.</summary>
    public const long LongestAnswerBytes = 64L * 1024 * 1024;

    /// <summary>The handler, with the certificates that the environment names.</summary>
    /// <exception cref="Model.GenieLoadException"><c>CertificateNotReadable</c>.</exception>
    public static SocketsHttpHandler CreateHandler(Uri server, MlflowSettings settings)
    {
        ProxySecrets.Learn(Environment.GetEnvironmentVariable);
        var tls = new SslClientAuthenticationOptions();
        if (settings.InsecureTls)
        {
#pragma warning disable CA5359 // The user has asked for exactly this, by MLflow's own variable.
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (settings.ServerCertificatePath is string authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(
                Load("MLFLOW_TRACKING_SERVER_CERT_PATH", authorities, static path =>
                {
                    X509Certificate2Collection found = [];
                    found.ImportFromPemFile(path);
                    return found;
                }));
        }
        if (settings.ClientCertificatePath is string client)
        {
            tls.ClientCertificates =
                [Load("MLFLOW_TRACKING_CLIENT_CERT_PATH", client, static path => X509Certificate2.CreateFromPemFile(path))];
        }
        return new SocketsHttpHandler
        {
            // A redirect would carry the credential to wherever it points.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            SslOptions = tls,
            UseCookies = false,
            UseProxy = !WorkspaceAddress.IsLoopback(server),
        };
    }

    /// <summary>The client over a handler.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler, disposeHandler: true)
        {
            // Every attempt has its own limit, on the engine's clock.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswerBytes,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"GenieLoad/{typeof(MlflowHttp).Assembly.GetName().Version!.ToString(3)}");
        return client;
    }

    private static T Load<T>(string variable, string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw MlflowErrors.CertificateNotReadable(variable, path, e);
        }
    }
}
