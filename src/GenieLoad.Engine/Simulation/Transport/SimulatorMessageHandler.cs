using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>
/// Brings calls to a simulated workspace without a network. Every wait goes through the simulator's <see cref="TimeProvider"/>, and nothing
/// hops to another thread, so that with a fake clock all that a test advances over happens inside the advance.
/// </summary>
internal sealed class SimulatorMessageHandler(SimulatedWorkspace workspace, SimulatorClock clock, CancellationToken stopped)
    : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ThrowIfStopped();
        SimulatedRequest call = await ToCallAsync(request, cancellationToken).ConfigureAwait(false);
        long arrivedAt = clock.Now;
        await HoldAsync(cancellationToken).ConfigureAwait(false);
        SimulatedReply reply = workspace.Handle(call, arrivedAt);
        if (reply.Delivery.Delay > TimeSpan.Zero)
            await Task.Delay(reply.Delivery.Delay, clock.TimeProvider, cancellationToken).ConfigureAwait(false);
        await HoldAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfStopped();
        if (reply.Delivery.Kind == DeliveryKind.ResetBeforeHead)
        {
            workspace.Delivered(reply, whole: false);
            throw new HttpRequestException("An error occurred while sending the request.", NetworkFaults.Reset());
        }

        return ToResponse(request, reply);
    }

    private static async ValueTask<SimulatedRequest> ToCallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new SimulatedRequest(
            request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), request.Headers.Authorization?.ToString(), body);
    }

    private HttpResponseMessage ToResponse(HttpRequestMessage request, SimulatedReply reply)
    {
        HttpContent content;
        if (reply.Stream is not null)
            content = new StreamContent(new ResponseBody(workspace, reply, stopped));
        else if (reply.Delivery.Kind == DeliveryKind.Whole)
        {
            content = new ReadOnlyMemoryContent(reply.Body);
            workspace.Delivered(reply, whole: true);
        }
        else
        {
            content = new StreamContent(new DeliveryStream(workspace, clock, reply));
            content.Headers.ContentLength = reply.Body.Length;
        }

        if (reply.HasBody)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            Content = content,
            RequestMessage = request,
            ReasonPhrase = HttpReplyHead.Reason(reply.Status),
        };
        if (reply.Stream is not null)
            response.Headers.TransferEncodingChunked = true;
        // As text: a header on the wire has no fractions of a second.
        response.Headers.TryAddWithoutValidation("Date", clock.Utc(clock.Now).ToString("R", CultureInfo.InvariantCulture));
        response.Headers.Add("x-request-id", reply.RequestId);
        response.Headers.Add("x-databricks-request-id", reply.RequestId);
        if (reply.RetryAfter is not null)
            response.Headers.Add("Retry-After", reply.RetryAfter);
        return response;
    }

    private async ValueTask HoldAsync(CancellationToken cancellationToken)
    {
        while (workspace.HoldTime() is var hold && hold > TimeSpan.Zero)
            await Task.Delay(hold, clock.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfStopped()
    {
        if (stopped.IsCancellationRequested)
            throw NetworkFaults.Refused();
    }
}
