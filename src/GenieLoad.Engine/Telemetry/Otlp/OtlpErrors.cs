using System.Globalization;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>The errors of <c>Telemetry/Otlp</c>; the name of a factory is the id of its error.</summary>
internal static class OtlpErrors
{
    private const string Address = "Give the address of a receiver of OTLP over HTTP, such as http://localhost:4318.";

    public static GenieLoadException NoOtlpEndpoint(bool isDisabled) => new(
        nameof(NoOtlpEndpoint), ErrorKind.NotReady,
        isDisabled
            ? "OTEL_SDK_DISABLED is true, so the endpoint in the OTEL_ variables is not used."
            : "No OpenTelemetry endpoint is given.",
        "Give -OtlpEndpoint, such as http://localhost:4318"
            + (isDisabled ? ", or remove OTEL_SDK_DISABLED." : ", or set OTEL_EXPORTER_OTLP_ENDPOINT."));

    public static GenieLoadException InvalidOtlpEndpoint(string source, string value, string reason) => new(
        nameof(InvalidOtlpEndpoint), ErrorKind.InvalidInput,
        $"{source} is {Shown(value)}, which cannot be used: {reason}.", Address, source);

    public static GenieLoadException InvalidOtlpVariable(string name, string reason) => new(
        nameof(InvalidOtlpVariable), ErrorKind.InvalidInput,
        $"The environment variable {name} cannot be used: {reason}.", $"Correct {name}, or remove it.", name);

    public static GenieLoadException OtlpProtocolNotSupported(string name, string value) => new(
        nameof(OtlpProtocolNotSupported), ErrorKind.InvalidInput,
        $"{name} is {Shown(value)}, but GenieLoad sends OTLP as JSON over HTTP only.",
        "Use the HTTP port of the receiver, usually 4318 (4317 is gRPC): give -OtlpEndpoint http://host:4318, or set "
            + $"OTEL_EXPORTER_OTLP_ENDPOINT to it and {name} to http/json.", name);

    public static GenieLoadException OtlpUnreachable(string address, Exception inner) => new(
        nameof(OtlpUnreachable), ErrorKind.Connection,
        $"The OpenTelemetry receiver at {address} cannot be reached: {inner.Message}",
        "Check the address and whether the receiver runs. OTLP over HTTP usually has port 4318; 4317 is gRPC and does not work.",
        address, inner);

    public static GenieLoadException OtlpThrottled(string address, Exception inner) => new(
        nameof(OtlpThrottled), ErrorKind.Throttled,
        $"The OpenTelemetry receiver at {address} keeps answering 429 (too many requests): {inner.Message}",
        "Try again later. What arrived already is replaced, not doubled.", address, inner);

    public static GenieLoadException OtlpCredentialRefused(string address, int? status, Exception inner) => new(
        nameof(OtlpCredentialRefused), ErrorKind.Authentication,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The OpenTelemetry receiver at {address} refused the credential (HTTP {status}): {inner.Message}"),
        "Set the headers that it needs in OTEL_EXPORTER_OTLP_HEADERS, such as Authorization=Bearer%20<token>.", address, inner);

    public static GenieLoadException NotAnOtlpReceiver(string address, string reason, Exception? inner = null) => new(
        nameof(NotAnOtlpReceiver), ErrorKind.Protocol,
        $"{address} does not accept OpenTelemetry data as JSON: {reason}",
        "Check address, port and path: /v1/traces or /v1/metrics is added to -OtlpEndpoint and OTEL_EXPORTER_OTLP_ENDPOINT. "
            + "The receiver must take OTLP over HTTP as JSON; an OpenTelemetry Collector in front of it does.", address, inner);

    public static GenieLoadException OtlpRefused(string address, Exception inner) => new(
        nameof(OtlpRefused), ErrorKind.ServiceFailure,
        $"The OpenTelemetry receiver at {address} refused the data: {inner.Message}",
        "The message comes from the receiver. Fix the cause and try again.", address, inner);

    /// <summary>What a failed call means.</summary>
    /// <param name="endpoint">Where it went.</param>
    /// <param name="exception">The failed call.</param>
    public static GenieLoadException Explain(Uri endpoint, ApiException exception)
    {
        string address = endpoint.GetLeftPart(UriPartial.Path);
        return HttpErrors.OfAnother(endpoint.Authority, exception) ?? exception.Failure switch
        {
            { HttpStatus: 401 or 403 } failure => OtlpCredentialRefused(address, failure.HttpStatus, exception),
            { HttpStatus: 404 or 405 or 415 } => NotAnOtlpReceiver(address, exception.Message, exception),
            { Kind: FailureKind.Throttled } => OtlpThrottled(address, exception),
            { Kind: FailureKind.Transport or FailureKind.Unavailable or FailureKind.ServerError } => OtlpUnreachable(address, exception),
            _ => OtlpRefused(address, exception),
        };
    }

    /// <summary>A value for a message, in quotes: short, on one line, without secrets and without what steers a terminal.</summary>
    internal static string Shown(string value) => ShownValue.Of(Redactor.Redact(Redactor.WithoutQuery(value)));
}
