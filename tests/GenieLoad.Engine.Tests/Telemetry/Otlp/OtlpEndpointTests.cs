using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry.Otlp;

public sealed class OtlpEndpointTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Theory]
    [InlineData("http://c:4318", "http://c:4318/v1/traces")]
    [InlineData("http://c:4318/", "http://c:4318/v1/traces")]
    [InlineData("https://c/otlp/", "https://c/otlp/v1/traces")]
    [InlineData("http://c:4318/v1/traces", "http://c:4318/v1/traces")]
    public void The_path_of_the_signal_is_added_to_a_given_address_once(string given, string expected)
    {
        Assert.Equal(expected, Resolve(given)!.Address.AbsoluteUri);
    }

    [Fact]
    public void The_variable_of_the_signal_comes_before_the_common_one_and_stays_as_it_is()
    {
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "\"http://common:4318\"\n";
        Assert.Equal("http://common:4318/v1/traces", Resolve()!.Address.AbsoluteUri);
        Assert.Equal("http://common:4318/v1/metrics", Resolve(signal: OtlpSignal.Metrics)!.Address.AbsoluteUri);

        _variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "http://own:9/in";
        Assert.Equal("http://own:9/in", Resolve()!.Address.AbsoluteUri);
        Assert.Equal("http://common:4318/v1/metrics", Resolve(signal: OtlpSignal.Metrics)!.Address.AbsoluteUri);
        Assert.Equal("http://given/v1/traces", Resolve("http://given")!.Address.AbsoluteUri);
    }

    [Fact]
    public void Without_an_address_or_switched_off_there_is_none_and_a_given_one_counts_all_the_same()
    {
        Assert.Null(Resolve());
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://c";
        _variables["OTEL_SDK_DISABLED"] = "True";
        Assert.Null(Resolve());
        Assert.NotNull(Resolve("http://c"));
    }

    [Fact]
    public void Headers_are_decoded_the_signal_s_own_come_first_and_their_values_are_secrets()
    {
        _variables["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=Bearer%20common-3f8a91, x-tenant=team%3D1";
        Assert.Equal([("Authorization", "Bearer common-3f8a91"), ("x-tenant", "team=1")], HeadersOf("http://c"));
        Assert.DoesNotContain("common-3f8a91", Redactor.Redact("it was common-3f8a91 indeed"), StringComparison.Ordinal);

        _variables["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] = "k=own-value";
        Assert.Equal([("k", "own-value")], HeadersOf("http://c"));
    }

    [Fact]
    public void The_whole_value_of_a_header_is_a_secret_and_so_is_a_variable_that_is_no_list()
    {
        _variables["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=first-half-5d1a second-half";
        Resolve("http://c");
        _variables["OTEL_EXPORTER_OTLP_HEADERS"] = "not-a-pair-41c7e9";
        Assert.Throws<GenieLoadException>(() => Resolve("http://c"));

        Assert.Equal("it was *** indeed", Redactor.Redact("it was first-half-5d1a second-half indeed"));
        Assert.Equal("it was *** indeed", Redactor.Redact("it was not-a-pair-41c7e9 indeed"));
    }

    [Fact]
    public void Headers_of_the_variables_do_not_go_to_another_origin_than_their_endpoint()
    {
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://c:4318";
        _variables["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=secret-of-c";

        Assert.Single(HeadersOf(null));
        Assert.Single(HeadersOf("https://C:4318/other"));
        Assert.Empty(HeadersOf("https://d:4318"));
        Assert.Empty(HeadersOf("http://c:4318"));
        Assert.Empty(HeadersOf("https://c:4319"));
    }

    [Fact]
    public void The_sender_names_itself_as_the_variables_say()
    {
        Assert.Equal([KeyValuePair.Create("service.name", "genieload")], Resolve("http://c")!.ResourceAttributes);

        _variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.name=a,deployment.environment.name=test%201";
        Assert.Equal(
            [KeyValuePair.Create("service.name", "a"), KeyValuePair.Create("deployment.environment.name", "test 1")],
            Resolve("http://c")!.ResourceAttributes);

        _variables["OTEL_SERVICE_NAME"] = "b";
        Assert.Equal("b", Resolve("http://c")!.ResourceAttributes[0].Value);
    }

    [Fact]
    public void The_time_limit_is_in_milliseconds()
    {
        Assert.Equal(10, Resolve("http://c")!.TimeoutSeconds);
        _variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2500";
        Assert.Equal(2.5, Resolve("http://c")!.TimeoutSeconds);
        _variables["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"] = "1";
        Assert.Equal(0.001, Resolve("http://c")!.TimeoutSeconds);
    }

    [Theory]
    [InlineData("c:4318")]
    [InlineData("ftp://c")]
    [InlineData("file:///tmp/x")]
    [InlineData("/v1/traces")]
    [InlineData("http://user:pass-word-1@c")]
    [InlineData("ftp://c/x?key=pass-word-1")]
    public void What_is_no_address_of_a_receiver_is_refused_without_showing_a_password(string given)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Resolve(given));

        Assert.Equal("InvalidOtlpEndpoint", error.ErrorId);
        Assert.DoesNotContain("pass-word-1", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_in_an_error_is_on_one_line_without_a_token()
    {
        const string token = "dapi0123456789abcdef0123456789abcdef";
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://c";
        _variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = $"grpc\n\u001b[31m{token}";

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Resolve());

        Assert.Contains("'grpc ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, letter => char.IsControl(letter));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "no-pair-secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "=no-pair-secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a b=no-pair-secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "Content-Type=no-pair-secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=no-pair-secret%0d%0aX: y")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "no-pair-secret")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    public void A_variable_that_cannot_be_used_is_named_without_its_secret(string name, string value)
    {
        _variables[name] = value;

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Resolve("http://c"));

        Assert.Equal("InvalidOtlpVariable", error.ErrorId);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no-pair-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receiver_of_grpc_is_refused_with_the_port_that_is_needed()
    {
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://c:4317";
        _variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Resolve());

        Assert.Equal("OtlpProtocolNotSupported", error.ErrorId);
        Assert.Contains("4318", error.ToString() + error.Recommendation, StringComparison.Ordinal);
        Assert.NotNull(Resolve("http://c:4318"));
        _variables["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf";
        Assert.NotNull(Resolve());
    }

    private OtlpEndpoint? Resolve(string? endpoint = null, OtlpSignal signal = OtlpSignal.Traces) =>
        OtlpEndpoint.Resolve(signal, endpoint, name => _variables.GetValueOrDefault(name));

    private IEnumerable<(string, string)> HeadersOf(string? endpoint) =>
        Resolve(endpoint)!.Headers.Select(pair => (pair.Key, pair.Value));
}
