using System.Text.Json;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>
/// A run of the tracking server. Its values stay as they were sent, so that giving a thousand runs back is a copy of bytes: what a search
/// takes here is to be small beside what a client does with it, as it is beside the writing on a real server.
/// </summary>
/// <param name="id">Its id.</param>
/// <param name="request">What it was created from.</param>
internal sealed class TrackedRun(string id, JsonElement request)
{
    private readonly Dictionary<string, JsonElement> _tags = ByKey(request.GetProperty("tags"));
    private readonly Dictionary<string, JsonElement> _params = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _latest = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _metrics = [];
    private string _status = "RUNNING";
    private long? _endTime;

    /// <summary>Whether a tag has a value.</summary>
    public bool HasTag(string key, string value)
    {
        lock (_metrics)
            return _tags.TryGetValue(key, out JsonElement tag) && tag.GetProperty("value").ValueEquals(value);
    }

    /// <summary>Takes a batch; the last point of a metric is the one with the highest step.</summary>
    public void Log(JsonElement batch)
    {
        lock (_metrics)
        {
            foreach (JsonElement metric in Items(batch, "metrics"))
            {
                string key = Text(metric, "key");
                _metrics.Add(metric);
                if (!_latest.TryGetValue(key, out JsonElement last) || Step(last) <= Step(metric))
                    _latest[key] = metric;
            }
            foreach (JsonElement param in Items(batch, "params"))
                _params[Text(param, "key")] = param;
            foreach (JsonElement tag in Items(batch, "tags"))
                _tags[Text(tag, "key")] = tag;
        }
    }

    /// <summary>Sets status and end.</summary>
    public void Update(JsonElement update)
    {
        lock (_metrics)
        {
            _status = Text(update, "status");
            _endTime = update.GetProperty("end_time").GetInt64();
        }
    }

    /// <summary>Writes the run.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        lock (_metrics)
        {
            json.WriteStartObject();
            json.WriteStartObject("info");
            json.WriteString("run_id", id);
            json.WriteString("run_name", Text(request, "run_name"));
            json.WriteString("experiment_id", "1");
            json.WriteString("status", _status);
            json.WriteNumber("start_time", request.GetProperty("start_time").GetInt64());
            if (_endTime is long end)
                json.WriteNumber("end_time", end);
            json.WriteString("artifact_uri", $"mlflow-artifacts:/1/{id}/artifacts");
            json.WriteEndObject();
            json.WriteStartObject("data");
            Write(json, "metrics", _latest.Values);
            Write(json, "params", _params.Values);
            Write(json, "tags", _tags.Values);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>Writes all points of a metric.</summary>
    public void WriteHistoryTo(Utf8JsonWriter json, string key)
    {
        lock (_metrics)
            Write(json, "metrics", _metrics.Where(metric => Text(metric, "key") == key));
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<JsonElement> items)
    {
        json.WriteStartArray(name);
        foreach (JsonElement item in items)
            item.WriteTo(json);
        json.WriteEndArray();
    }

    private static Dictionary<string, JsonElement> ByKey(JsonElement items) =>
        items.EnumerateArray().ToDictionary(item => Text(item, "key"), StringComparer.Ordinal);

    private static JsonElement.ArrayEnumerator Items(JsonElement batch, string name) =>
        batch.TryGetProperty(name, out JsonElement items) ? items.EnumerateArray() : default;

    private static long Step(JsonElement metric) => metric.TryGetProperty("step", out JsonElement step) ? step.GetInt64() : 0;

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
