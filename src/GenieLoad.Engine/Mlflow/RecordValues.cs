using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Mlflow;

/// <summary>How values are put into MLflow's words.</summary>
internal static class RecordValues
{
    /// <summary>Unix milliseconds of an instant.</summary>
    public static long Milliseconds(DateTime instant) => new DateTimeOffset(instant.ToUniversalTime()).ToUnixTimeMilliseconds();

    /// <summary>An instant in ISO 8601.</summary>
    public static string Instant(DateTime instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>A number without any culture.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Those that have a value.</summary>
    public static Dictionary<string, string> Present(IEnumerable<(string Key, string? Value)> values) =>
        values.Where(value => !string.IsNullOrEmpty(value.Value))
            .ToDictionary(value => value.Key, value => value.Value!, StringComparer.Ordinal);

    /// <summary>Single metrics of one instant; those without a finite value are left out: MLflow keeps NaN as a number.</summary>
    public static MetricPoint[] Metrics(IEnumerable<(string Key, double? Value)> values, long timestamp) =>
    [
        .. values.Where(value => value.Value is double number && double.IsFinite(number))
            .Select(value => new MetricPoint(value.Key, value.Value!.Value, timestamp, 0)),
    ];

    /// <summary><c>ExecutingQuery</c> as <c>executing_query</c>.</summary>
    public static string Snake(string pascal)
    {
        StringBuilder text = new(pascal.Length + 4);
        foreach (char c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
