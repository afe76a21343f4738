namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>Bytes that are no request this server takes; the connection ends after the answer.</summary>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="reason">What is wrong, in plain text.</param>
internal sealed class HttpRequestRefusal(int status, string reason) : Exception(reason)
{
    public int Status => status;
}
