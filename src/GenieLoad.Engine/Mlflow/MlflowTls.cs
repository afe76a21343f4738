using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Makes the handler for a tracking server, with the certificates that MLflow's environment variables name.</summary>
internal static class MlflowTls
{
    /// <summary>
    /// The handler. A certificate that is not looked at, and the one that we show, are for the server's own origin; files that go to
    /// other hosts go as to anybody.
    /// </summary>
    /// <exception cref="Model.GenieLoadException"><c>CertificateNotReadable</c>.</exception>
    public static HttpMessageHandler CreateHandler(Uri server, MlflowSettings settings)
    {
        SocketsHttpHandler others = HttpHandlers.Create(server);
        if (settings.ServerCertificatePath is string authorities)
            others.SslOptions = Trusting(authorities);
        if (!settings.InsecureTls && settings.ClientCertificatePath is null)
            return others;
        SocketsHttpHandler own = HttpHandlers.Create(server);
        if (settings.InsecureTls)
        {
#pragma warning disable CA5359 // The user has asked for exactly this, by MLflow's own variable.
            own.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (settings.ServerCertificatePath is string same)
        {
            own.SslOptions = Trusting(same);
        }
        if (settings.ClientCertificatePath is string client)
        {
            own.SslOptions.ClientCertificates =
                [Load("MLFLOW_TRACKING_CLIENT_CERT_PATH", client, static path => X509Certificate2.CreateFromPemFile(path))];
        }
        return new OriginHandler(server, own, others);
    }

    private static SslClientAuthenticationOptions Trusting(string authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(
            Load("MLFLOW_TRACKING_SERVER_CERT_PATH", authorities, static path =>
            {
                X509Certificate2Collection found = [];
                found.ImportFromPemFile(path);
                return found;
            }));
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
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
