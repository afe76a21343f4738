using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// A tracking server over TLS on loopback, with a certificate for <c>localhost</c> from an authority that nobody knows. It has no
/// experiment.
/// </summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _certificate;

    public TlsServer()
    {
        _authority = Authority("genieload test authority");
        using X509Certificate2 made = Issue("localhost");
        // Some systems take only a key that is not bound to this object.
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The authority's certificate, for those who are to trust it.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>Names of the client certificates shown, empty for none.</summary>
    public List<string> Clients { get; } = [];

    /// <summary>An authority of which this server knows nothing.</summary>
    public static string OtherAuthorityPem()
    {
        using X509Certificate2 other = Authority("another authority");
        return other.ExportCertificatePem();
    }

    /// <summary>Certificate and key of a client.</summary>
    public string ClientPem(string name)
    {
        using X509Certificate2 made = Issue(name);
        using RSA key = made.GetRSAPrivateKey()!;
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using SslStream stream = new(client.GetStream());
#pragma warning disable CA5359 // Whoever comes is let in: the test looks at who it was.
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = static (_, _, _, _) => true,
                });
#pragma warning restore CA5359
                lock (Clients)
                    Clients.Add((stream.RemoteCertificate as X509Certificate2)?.GetNameInfo(X509NameType.SimpleName, false) ?? "");
                using StreamReader request = new(stream, Encoding.ASCII, leaveOpen: true);
                while (await request.ReadLineAsync() is { Length: > 0 })
                {
                    // A GET is over at the empty line.
                }
                const string Body = """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No such experiment"}""";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: "
                        + $"{Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The client does not trust us, which is what some tests are about.
            }
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private X509Certificate2 Issue(string name)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.Create(
            _authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return made.CopyWithPrivateKey(key);
    }
}
