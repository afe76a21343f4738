using System.Net.Sockets;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>
/// The streams that are held open. Each gets an event every four seconds and a comment every sixteen, as evenly spread as the streams are,
/// until all are ended.
/// </summary>
internal sealed class StubStreams
{
    /// <summary>Seconds between two events of a stream.</summary>
    public const int EventSeconds = 4;

    private const int TurnsPerSecond = 10;
    private const int EventsPerComment = 4;

    private readonly Lock _gate = new();
    private readonly List<Socket>[] _slots = [.. Enumerable.Range(0, EventSeconds * TurnsPerSecond).Select(_ => new List<Socket>())];
    private int _added;

    /// <summary>Holds a stream open whose head has been sent.</summary>
    public void Add(Socket socket)
    {
        lock (_gate)
            _slots[_added++ % _slots.Length].Add(socket);
    }

    /// <summary>Ends all of them.</summary>
    /// <returns>How many there were.</returns>
    public int End()
    {
        lock (_gate)
        {
            int count = _slots.Sum(slot => slot.Count);
            foreach (List<Socket> slot in _slots)
            {
                Send(slot, StubEvents.Ended);
                slot.Clear();
            }
            return count;
        }
    }

    /// <summary>Sends the events for ever.</summary>
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TurnsPerSecond));
        for (int turn = 0; await timer.WaitForNextTickAsync(); turn++)
        {
            int round = turn / _slots.Length;
            byte[] thought = StubEvents.Thought(round);
            lock (_gate)
            {
                Send(_slots[turn % _slots.Length], thought);
                if (round % EventsPerComment == 0)
                    Send(_slots[(turn + (_slots.Length / 2)) % _slots.Length], StubEvents.Comment);
            }
        }
    }

    /// <summary>Sends to each; those whose client has gone are dropped.</summary>
    private static void Send(List<Socket> sockets, byte[] bytes) => sockets.RemoveAll(socket =>
    {
        try
        {
            socket.Send(bytes);
            return false;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    });
}
