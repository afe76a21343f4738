using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>Takes mails on loopback, one after the other, and keeps what was sent.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _taken = new();
    private readonly Task _work;

    public MailServer()
    {
        _listener.Start();
        _work = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Envelopes and texts of the mails so far.</summary>
    public string Taken
    {
        get
        {
            lock (_taken)
                return _taken.ToString();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _ = _work.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 here");
            bool isText = false;
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_taken)
                    _taken.AppendLine(line);
                if (isText && line != ".")
                    continue;
                bool begins = line == "DATA";
                isText = begins;
                await writer.WriteLineAsync(begins ? "354 go on" : line == "QUIT" ? "221 bye" : "250 ok");
            }
        }
    }
}
