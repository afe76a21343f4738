using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>A proxy that wants no part of it: what it makes the runtime say holds the proxy's address with its password.</summary>
public sealed class ProxyPasswordTests
{
    /// <summary>All at once: each tries again for the twenty seconds that connecting may take.</summary>
    [Fact]
    public void A_proxy_that_refuses_has_its_password_shown_nowhere()
    {
        const string byToken = "-Token (Hide some-token)";
        Refused[] refused =
        [
            new("407 Proxy Authentication Required", byToken), new("403 Forbidden", byToken), new("502 Bad Gateway", byToken),
            new("302 Found", "-ClientId a -ClientSecret (Hide some-secret)"),
            new("407 Proxy Authentication Required", "-ClientId a -ClientSecret (Hide some-secret) -AuthType azure-client-secret"),
        ];

        foreach (Refused one in refused)
        {
            using (one)
            {
                string all = one.Finish();
                Assert.True(one.Calls > 0, all);
                Assert.Contains("Unreachable", all, StringComparison.Ordinal);
                string[] marked = ["marked-hush", "marked%2Dhush", Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:marked-hush"))];
                Assert.All(marked, text => Assert.DoesNotContain(text, all, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    /// <summary>Somebody who connects by way of such a proxy.</summary>
    private sealed class Refused : IDisposable
    {
        private readonly RefusingProxy _proxy;
        private readonly ShellProcess _shell;

        public Refused(string status, string credential)
        {
            _proxy = new RefusingProxy(status);
            _shell = ShellProcess.Start(
                $$"""
                $env:HTTPS_PROXY = 'http://alice:marked%2Dhush@127.0.0.1:{{_proxy.Port}}'
                $env:NO_PROXY = $null; $env:no_proxy = $null; $env:https_proxy = $env:HTTPS_PROXY
                $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'
                function Hide($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; $s }
                function Show { process {
                    "$_"; "$($_.TargetObject)"; "$($_.ErrorDetails.RecommendedAction)"; "$($_.Exception)"; $_.FullyQualifiedErrorId
                } }
                try { Connect-Genie -WorkspaceUrl https://adb-1.2.azuredatabricks.net -SpaceId 01ef {{credential}} } catch { $_ | Show }
                """);
        }

        public int Calls => _proxy.Calls;

        public string Finish()
        {
            ShellOutcome outcome = _shell.Finish();
            return outcome.Output + outcome.Error;
        }

        public void Dispose()
        {
            _shell.Dispose();
            _proxy.Dispose();
        }
    }

    private sealed class RefusingProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _calls;

        public RefusingProxy(string status)
        {
            _listener.Start();
            _ = AnswerAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Calls => _calls;

        public void Dispose() => _listener.Stop();

        private async Task AnswerAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _calls);
                    NetworkStream stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096]);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // Closed.
            }
        }
    }
}
