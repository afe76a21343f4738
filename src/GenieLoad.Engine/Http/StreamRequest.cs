using System.Net;

namespace GenieLoad.Engine.Http;

/// <summary>
/// A request that is answered by a stream, which holds a connection for minutes after its head has come; by HTTP/2, where the service
/// offers it, only a part of one. (A type of its own, because options would cost half a kilobyte for each stream.)
/// </summary>
internal sealed class StreamRequest : HttpRequestMessage
{
    /// <summary>Makes one.</summary>
    public StreamRequest(HttpMethod method, Uri address)
        : base(method, address) =>
        (Version, VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
}
