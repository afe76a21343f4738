using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What becomes of a call, whatever it asks for.</summary>
/// <param name="Fault">What is done wrong.</param>
/// <param name="IsProcessed">Whether it reaches the service at all.</param>
/// <param name="Delivery">How its answer is delivered.</param>
internal readonly record struct CallFate(SimulatedFault Fault, bool IsProcessed, Delivery Delivery)
{
    /// <summary>Whether the service's own answer is replaced by the fault.</summary>
    public bool HidesAnswer => Fault is SimulatedFault.ServerError or SimulatedFault.HtmlError or SimulatedFault.Reset;
}

/// <summary>Draws faults and latencies of calls and makes the faults' answers.</summary>
internal sealed class FaultPlan(SimulatorOptions options, SimulatorClock clock, ScriptWriter scripts)
{
    private const int SlowSlices = 10;

    private static readonly byte[] GatewayPage = Encoding.UTF8.GetBytes(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n");

    private static readonly byte[] ConnectionLost = Encoding.UTF8.GetBytes(
        "upstream connect error or disconnect/reset before headers. reset reason: connection termination");

    private readonly ConcurrentDictionary<SimulatedOperation, long> _otherCalls = new();

    /// <summary>
    /// Draws the fate of a call. It depends on the question's text and how often it was sent, or on the message and how often it was called
    /// for, never on what else goes on.
    /// </summary>
    public CallFate Draw(CallContext context, SimulatorRecord record)
    {
        SeededRandom random = RandomOf(context, record);
        SimulatedFault fault = DrawFault(random.NextDouble());
        bool reachesService = random.NextDouble() < 0.5;
        TimeSpan delay = clock.Between(0, scripts.DrawTicks(random, options.CallSeconds));
        context.Call.Fault = fault;
        bool refused = fault == SimulatedFault.ServerError && options is { ServerErrorStatus: 503, ServerErrorRetryAfterSeconds: not null };
        bool hides = fault is SimulatedFault.ServerError or SimulatedFault.HtmlError or SimulatedFault.Reset;
        bool processed = !hides || (context.Route.IsSubmission && reachesService && !refused);
        return new CallFate(fault, processed, fault switch
        {
            SimulatedFault.Reset => new Delivery(DeliveryKind.ResetBeforeHead, delay),
            SimulatedFault.BodyReset => new Delivery(DeliveryKind.ResetInBody, delay),
            SimulatedFault.SlowBody => new Delivery(
                DeliveryKind.Slow, delay, SlowSlices, clock.Scaled(options.SlowBodySeconds / SlowSlices)),
            _ => new Delivery(DeliveryKind.Whole, delay),
        });
    }

    /// <summary>The answer of a call that fails in this way; <see cref="SimulatedCall.Fault"/> says which.</summary>
    public static SimulatedReply Refuse(CallContext context, SimulatorOptions options)
    {
        if (context.Call.Fault == SimulatedFault.HtmlError)
            return new SimulatedReply(502, GatewayPage) { ContentType = "text/html" };
        int status = options.ServerErrorStatus;
        if (options is { ServerErrorStatus: 503, ServerErrorRetryAfterSeconds: null })
            return new SimulatedReply(status, ConnectionLost) { ContentType = "text/plain" };
        (string code, string message) = status switch
        {
            503 => ("TEMPORARILY_UNAVAILABLE", "The service is temporarily unavailable."),
            504 => ("DEADLINE_EXCEEDED", "The service did not answer in time."),
            _ => ("INTERNAL_ERROR", "An internal error has occurred."),
        };
        string? retryAfter = status == 503 && options.ServerErrorRetryAfterSeconds is { } seconds
            ? Math.Ceiling(seconds / options.TimeScale).ToString(CultureInfo.InvariantCulture)
            : null;
        return context.Error(status, code, message) with { RetryAfter = retryAfter };
    }

    /// <summary>The answer as the fault leaves it.</summary>
    public static SimulatedReply Damage(SimulatedReply reply, SimulatedFault fault) =>
        fault == SimulatedFault.MalformedJson ? reply with { Body = reply.Body[..(reply.Body.Length * 2 / 3)] } : reply;

    private SeededRandom RandomOf(CallContext context, SimulatorRecord record)
    {
        if (context.Question is { } question)
            return SeededRandom.For(options.Seed, "ask", QuestionKeys.Of(question, record.CountSent(question)));
        if (context.Message is { } message)
            return SeededRandom.For(options.Seed, "call", unchecked(message.Key + (message.NextCall() << 20)));
        long number = _otherCalls.AddOrUpdate(context.Route.Operation, 1, static (_, count) => count + 1);
        return SeededRandom.For(options.Seed, "other", ((long)context.Route.Operation << 40) + number);
    }

    private SimulatedFault DrawFault(double u)
    {
        if ((u -= options.ServerErrorShare) < 0)
            return SimulatedFault.ServerError;
        if ((u -= options.HtmlErrorShare) < 0)
            return SimulatedFault.HtmlError;
        if ((u -= options.ResetShare) < 0)
            return SimulatedFault.Reset;
        if ((u -= options.BodyResetShare) < 0)
            return SimulatedFault.BodyReset;
        if ((u -= options.SlowBodyShare) < 0)
            return SimulatedFault.SlowBody;
        return u - options.MalformedJsonShare < 0 ? SimulatedFault.MalformedJson : SimulatedFault.None;
    }
}
