using System.Globalization;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Variables;

namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>
/// Where OpenTelemetry data is sent, from a given address and OpenTelemetry's standard environment variables, and what goes with it.
/// Nothing is sent yet.
/// </summary>
internal sealed record OtlpEndpoint
{
    private const string Base = "OTEL_EXPORTER_OTLP_";
    private const string DefaultServiceName = "genieload";
    private const int DefaultTimeout = 10_000;
    private const int LongestTimeout = 3_600_000;

    private OtlpEndpoint(Uri address) => Address = address;

    /// <summary>Full address, with the path of the signal.</summary>
    public Uri Address { get; }

    /// <summary>The address for people: without a query, which may hold a key.</summary>
    public string Location => Address.GetLeftPart(UriPartial.Path);

    /// <summary>Headers of each call. Their values are secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <summary>Most seconds of one attempt, 0.001 to 3,600.</summary>
    public double TimeoutSeconds { get; private init; } = DefaultTimeout / 1000.0;

    /// <summary>What the data says of its sender: <c>service.name</c> first, then OTEL_RESOURCE_ATTRIBUTES.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; private init; } = [];

    /// <summary>A warning where headers would cross a network unencrypted; <see langword="null"/> where they do not.</summary>
    public string? UnencryptedHeaders =>
        Headers.Count > 0 && Address.Scheme == Uri.UriSchemeHttp && !WorkspaceAddress.IsLoopback(Address)
            ? $"The headers for {Address.Authority} cross the network unencrypted: its address is http, not https."
            : null;

    /// <summary>Where data goes; <see langword="null"/> where nobody named a place, or OTEL_SDK_DISABLED switches it off.</summary>
    /// <param name="signal">What is sent.</param>
    /// <param name="endpoint">
    /// A given address, which comes before the variables: the path of the signal is added unless it is there already.
    /// </param>
    /// <param name="environment">Reads environment variables.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>InvalidOtlpEndpoint</c>, <c>InvalidOtlpVariable</c>, <c>OtlpProtocolNotSupported</c>.
    /// </exception>
    public static OtlpEndpoint? Resolve(OtlpSignal signal, string? endpoint, Func<string, string?> environment)
    {
        Variables variables = new(signal, name => VariableText.Of(environment(name)));
        Uri? set = variables.Endpoint(checkProtocol: endpoint is null && !IsDisabled(environment));
        Uri? address = endpoint is not null
            ? WithPath(Parse("OtlpEndpoint", endpoint.Trim()), signal)
            : IsDisabled(environment) ? null : set;
        return address is null ? null : new OtlpEndpoint(address)
        {
            // Headers of the variables are for the place that the variables name.
            Headers = set is null || WorkspaceAddress.IsSameOrigin(address, set) ? variables.Headers() : [],
            TimeoutSeconds = variables.TimeoutSeconds(),
            ResourceAttributes = Resource(name => VariableText.Of(environment(name))),
        };
    }

    /// <summary>Whether OTEL_SDK_DISABLED switches off what the variables name.</summary>
    /// <param name="environment">Reads environment variables.</param>
    public static bool IsDisabled(Func<string, string?> environment) =>
        "true".Equals(VariableText.Of(environment("OTEL_SDK_DISABLED")), StringComparison.OrdinalIgnoreCase);

    /// <summary>What data says of its sender by the variables; for files, which have no endpoint.</summary>
    /// <param name="environment">Reads environment variables.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOtlpVariable</c>.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Resource(Func<string, string?> environment)
    {
        const string variable = "OTEL_RESOURCE_ATTRIBUTES";
        const string name = "service.name";
        List<KeyValuePair<string, string>> pairs = Pairs(variable, environment(variable));
        string service = environment("OTEL_SERVICE_NAME")
            ?? pairs.LastOrDefault(pair => pair.Key == name).Value ?? DefaultServiceName;
        return [KeyValuePair.Create(name, service), .. pairs.Where(pair => pair.Key != name).DistinctBy(pair => pair.Key)];
    }

    private static Uri Parse(string source, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw OtlpErrors.InvalidOtlpEndpoint(source, text, "it is not an address that begins with http:// or https://");
        if (uri.UserInfo.Length > 0)
        {
            throw OtlpErrors.InvalidOtlpEndpoint(
                source, uri.Host, "it holds a user name or password; these belong in OTEL_EXPORTER_OTLP_HEADERS");
        }
        return uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw OtlpErrors.InvalidOtlpEndpoint(source, text, $"'{uri.Scheme}' is not http or https");
    }

    private static Uri WithPath(Uri address, OtlpSignal signal)
    {
        string path = signal == OtlpSignal.Traces ? "/v1/traces" : "/v1/metrics";
        string own = address.AbsolutePath.TrimEnd('/');
        return own.EndsWith(path, StringComparison.Ordinal) ? address : new UriBuilder(address) { Path = own + path }.Uri;
    }

    /// <summary>Reads <c>k=v,k=v</c> with percent-encoded values. No error repeats a value: it may be a secret.</summary>
    private static List<KeyValuePair<string, string>> Pairs(string variable, string? text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string pair in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw OtlpErrors.InvalidOtlpVariable(variable, "it must be a list of name=value, separated by commas");
            pairs.Add(KeyValuePair.Create(Uri.UnescapeDataString(pair[..at].Trim()), Uri.UnescapeDataString(pair[(at + 1)..].Trim())));
        }
        return pairs;
    }

    /// <summary>The variables of one signal: its own comes before the one for all signals.</summary>
    private sealed class Variables(OtlpSignal signal, Func<string, string?> read)
    {
        private readonly string _own = $"{Base}{(signal == OtlpSignal.Traces ? "TRACES" : "METRICS")}_";

        public Uri? Endpoint(bool checkProtocol)
        {
            Uri? address = read(_own + "ENDPOINT") is string own
                ? Parse(_own + "ENDPOINT", own)
                : read(Base + "ENDPOINT") is string shared ? WithBase(Parse(Base + "ENDPOINT", shared)) : null;
            if (address is not null && checkProtocol && Either("PROTOCOL") is (string name, string protocol)
                && protocol.ToLowerInvariant() is not ("http/json" or "http/protobuf"))
                throw OtlpErrors.OtlpProtocolNotSupported(name, protocol);
            return address;
        }

        public List<KeyValuePair<string, string>> Headers()
        {
            if (Either("HEADERS") is not (string name, string text))
                return [];
            // Before anything can go wrong with them.
            LiveSecrets.Learn(text);
            List<KeyValuePair<string, string>> headers = Pairs(name, text);
            foreach ((string header, string value) in headers)
            {
                LiveSecrets.Learn(value);
                LiveSecrets.Learn(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                if (!header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
                    throw OtlpErrors.InvalidOtlpVariable(name, $"{OtlpErrors.Shown(header)} is not the name of a header");
                if (header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                    || header.Equals("Host", StringComparison.OrdinalIgnoreCase))
                    throw OtlpErrors.InvalidOtlpVariable(name, $"the header '{header}' is set by GenieLoad itself");
                if (value.Any(char.IsControl))
                    throw OtlpErrors.InvalidOtlpVariable(name, $"the value of '{header}' holds a line break or another control character");
            }
            return headers;
        }

        public double TimeoutSeconds()
        {
            if (Either("TIMEOUT") is not (string name, string text))
                return DefaultTimeout / 1000.0;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= LongestTimeout
                ? value / 1000.0
                : throw OtlpErrors.InvalidOtlpVariable(
                    name, $"{OtlpErrors.Shown(text)} is not a number of milliseconds from 1 to {LongestTimeout}");
        }

        private Uri WithBase(Uri address) => WithPath(address, signal);

        private (string Name, string Value)? Either(string what) =>
            read(_own + what) is string own ? (_own + what, own) : read(Base + what) is string shared ? (Base + what, shared) : null;
    }
}
