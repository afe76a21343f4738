namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>A metric: what the meter, OTLP, Prometheus files and the documents say of it.</summary>
/// <param name="Name">Its name by OpenTelemetry's rules, without a unit: <c>genieload.question.finished</c>.</param>
/// <param name="Unit">Its unit in UCUM: <c>s</c>, <c>1</c>, or what is counted, as in <c>{question}</c>.</param>
/// <param name="Kind">What kind of number it is.</param>
/// <param name="Help">What it is, in one sentence.</param>
internal sealed record MetricDefinition(string Name, string Unit, MetricKind Kind, string Help)
{
    /// <summary>Upper ends of the ranges of a histogram; what is above the last is counted too.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>Whether it counts whole things.</summary>
    public bool IsCount => Unit.StartsWith('{');

    /// <summary>
    /// Its name in Prometheus, as collectors and Prometheus itself translate names that come by OTLP: unit and <c>_total</c> at the end.
    /// </summary>
    public string PrometheusName => Label(Name) + (Unit switch
    {
        "s" => "_seconds",
        "1" when Kind == MetricKind.Gauge => "_ratio",
        _ => "",
    }) + (Kind == MetricKind.Counter ? "_total" : "");

    /// <summary>A name of a tag as Prometheus has it.</summary>
    /// <param name="name">Its name by OpenTelemetry's rules.</param>
    public static string Label(string name) => name.Replace('.', '_');
}
