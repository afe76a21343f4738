using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What a transport does with a reply.</summary>
internal enum DeliveryKind
{
    /// <summary>Sends it.</summary>
    Whole,

    /// <summary>Sends the head, then the body in slices with a pause after each.</summary>
    Slow,

    /// <summary>Resets the connection instead.</summary>
    ResetBeforeHead,

    /// <summary>Sends the head and part of the body, then resets the connection.</summary>
    ResetInBody,
}

/// <summary>How a reply is to be delivered.</summary>
/// <param name="Kind">In which manner.</param>
/// <param name="Delay">Wait before anything is sent.</param>
/// <param name="SliceCount">Slices of a slow body.</param>
/// <param name="SlicePause">Wait after each of them.</param>
internal readonly record struct Delivery(DeliveryKind Kind, TimeSpan Delay, int SliceCount = 0, TimeSpan SlicePause = default)
{
    /// <summary>Bytes sent of a body that is cut off by a reset.</summary>
    public static int BytesBeforeReset(int bodyLength) => bodyLength / 2;

    /// <summary>Length of the slice of a slow body that starts at an offset.</summary>
    public int SliceLength(int bodyLength, int offset)
    {
        int size = Math.Max(1, (bodyLength + SliceCount - 1) / Math.Max(1, SliceCount));
        return Math.Min(size, bodyLength - offset);
    }
}

/// <summary>An answer, before any transport has touched it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body; empty for none.</param>
internal sealed record SimulatedReply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether anything follows the head.</summary>
    public bool HasBody => Body.Length > 0 || Stream is not null;

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public string RequestId { get; init; } = "";

    public string? RetryAfter { get; init; }

    public Delivery Delivery { get; init; }

    /// <summary>Entry of the call in the record.</summary>
    public SimulatedCall? Call { get; init; }

    /// <summary>Message whose end this reply tells.</summary>
    public SimulatedMessageState? Ended { get; init; }

    /// <summary>The question this reply accepts.</summary>
    public SimulatedMessageState? Accepted { get; init; }

    /// <summary>The stream that comes in place of a body.</summary>
    public ResponseStream? Stream { get; init; }

    /// <summary>200 with a JSON object.</summary>
    public static SimulatedReply Ok(Action<Utf8JsonWriter> members) => new(200, GenieJson.Write(members));

    /// <summary>An answer in plain text.</summary>
    public static SimulatedReply Text(int status, string text) => new(status, Encoding.UTF8.GetBytes(text)) { ContentType = "text/plain" };
}
