using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>
/// The answer to a question in agent mode: events, as they come, over minutes. Comments, by which a service keeps its connection alive, are
/// no events. Nothing of the stream is held but the event that is being read.
/// </summary>
/// <param name="answer">The answer, opened; disposed with this.</param>
/// <param name="call">Name of the call that it answers.</param>
internal sealed class AgentStream(OpenAnswer answer, string call) : IDisposable
{
    /// <summary>What a stream of events says that it is.</summary>
    public const string MediaType = "text/event-stream";

    private MeteredStream? _meter;

    /// <summary>Monotonic timestamp at which the question was sent.</summary>
    public long SentAt => answer.SentAt;

    /// <summary>The service's id of the request.</summary>
    public string? RequestId => answer.RequestId;

    /// <summary>Bytes read so far, after decompression.</summary>
    public long ByteCount => _meter?.ByteCount ?? 0;

    /// <summary>Reads the events until the service ends the stream.</summary>
    /// <param name="stop">Ends the wait for the next one; asked anew for each.</param>
    /// <exception cref="ApiException">The answer is no stream of events, or larger than any.</exception>
    /// <exception cref="System.Text.Json.JsonException">An event is no JSON.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<AgentEvent> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        Stream body = await answer.ReadAsync(stop).ConfigureAwait(false);
        if (answer.MediaType is string other && !other.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            throw new ApiException(call, await AgentFault.NoStreamAsync(body, other, stop).ConfigureAwait(false));
        _meter = new MeteredStream(body, call);
        SseParser<AgentEvent> parser = SseParser.Create(_meter, AgentEvent.Read);
        await foreach (SseItem<AgentEvent> item in parser.EnumerateAsync(stop).ConfigureAwait(false))
        {
            _meter.EventEnds();
            yield return item.Data;
        }
    }

    /// <summary>Closes the stream, and the connection with it where the service has not ended it.</summary>
    public void Dispose() => answer.Dispose();
}
