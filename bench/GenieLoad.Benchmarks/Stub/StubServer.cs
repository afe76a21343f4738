using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>
/// A lean HTTP/1.1 server on loopback that answers as a Genie space would, from answers made beforehand. It is a process of its own, so
/// that its CPU time counts for nobody else, and it obeys its standard input: <c>count</c> and <c>arrivals</c> are answered, <c>end</c>
/// ends the streams that are held open, the end of the input ends it.
/// </summary>
internal sealed class StubServer
{
    private readonly Lock _gate = new();
    private readonly List<(int Number, long Instant)> _arrivals = [];
    private long _answered;

    /// <summary>Serves until the input ends. The first line written is the port.</summary>
    public static int Serve(TextReader commands, TextWriter answers)
    {
        // Ctrl+C reaches every process of the terminal; this one ends with its parent.
        Console.CancelKeyPress += (_, key) => key.Cancel = true;
        var server = new StubServer();
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        _ = server.AcceptAsync(listener);
        _ = server.Streams.RunAsync();
        answers.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        while (commands.ReadLine() is string command)
            server.Execute(command, answers);
        return 0;
    }

    /// <summary>The streams that are held open.</summary>
    public StubStreams Streams { get; } = new();

    /// <summary>A question came in: keeps its number and the instant, on the clock that all processes of the machine share.</summary>
    public void Arrived(int number)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
            _arrivals.Add((number, now));
    }

    public void Answered() => Interlocked.Increment(ref _answered);

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = new StubConnection(socket, this).RunAsync();
        }
    }

    private void Execute(string command, TextWriter answers)
    {
        if (command == "count")
        {
            answers.WriteLine(Interlocked.Read(ref _answered).ToString(CultureInfo.InvariantCulture));
            return;
        }
        if (command == "end")
        {
            answers.WriteLine(Streams.End().ToString(CultureInfo.InvariantCulture));
            return;
        }
        lock (_gate)
        {
            answers.WriteLine(_arrivals.Count.ToString(CultureInfo.InvariantCulture));
            foreach ((int number, long instant) in _arrivals)
                answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {instant}"));
            _arrivals.Clear();
        }
    }
}
