using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// Its traces, as a real server of 3.12 keeps them: a trace stays in the experiment where it came into being, whatever header comes later;
/// spans are told apart by their ids; a trace that is described again after somebody has added a tag is answered with 500.
/// </summary>
internal sealed partial class FakeMlflowServer
{
    private const string SpansLocation = "mlflow.trace.spansLocation";

    /// <summary>Traces by id: <c>experiment</c>, <c>info</c>, <c>spans</c> by id, <c>runs</c> that they were linked to later.</summary>
    public Dictionary<string, JsonObject> Traces { get; } = [];

    /// <summary>What <c>/version</c> says.</summary>
    public string Version { get; set; } = "3.12.0";

    /// <summary>Whether descriptions are answered with 200 and forgotten.</summary>
    public bool ForgetsTraces { get; set; }

    public static string? Metadata(JsonObject trace, string key) => (string?)trace["info"]?["trace_metadata"]?[key];

    public static string? TraceTag(JsonObject trace, string key) => (string?)trace["info"]?["tags"]?[key];

    private HttpResponseMessage? TraceRoute(HttpRequestMessage request, string api, JsonObject json)
    {
        System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        return api switch
        {
            "/version" => Text(HttpStatusCode.OK, Version),
            "/v1/traces" => TakeSpans(request, json),
            "/api/3.0/mlflow/traces" => Describe(json["trace"]!["trace_info"]!.AsObject()),
            "/api/3.0/mlflow/traces/search" => SearchTraces(json),
            "/api/3.0/mlflow/traces/get" => Json(new JsonObject
            {
                ["trace"] = new JsonObject
                {
                    ["spans"] = new JsonArray([.. Traces[query["trace_id"]!]["spans"]!.AsObject().Select(span => span.Value!.DeepClone())]),
                },
            }),
            "/api/2.0/mlflow/traces/link-to-run" => Link(json),
            _ => null,
        };
    }

    private HttpResponseMessage TakeSpans(HttpRequestMessage request, JsonObject json)
    {
        if (!request.Headers.TryGetValues("x-mlflow-experiment-id", out IEnumerable<string>? ids))
            return Text(HttpStatusCode.UnprocessableEntity, """{"detail":[{"msg":"Field required"}]}""", "application/json");
        if (json["resourceSpans"] is not JsonArray { Count: > 0 } resources)
            return Text(HttpStatusCode.BadRequest, """{"detail":"Invalid OpenTelemetry format - no spans found"}""", "application/json");
        string experiment = ids.Single();
        foreach (JsonNode? span in resources.SelectMany(r => r!["scopeSpans"]!.AsArray()).SelectMany(s => s!["spans"]!.AsArray()))
        {
            string id = $"tr-{(string?)span!["traceId"]}";
            if (!Traces.ContainsKey(id) && !Experiments.ContainsKey(experiment))
                return Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", $"No Experiment with id={experiment} exists");
            JsonObject trace = Trace(id, experiment);
            trace["spans"]![(string)span["spanId"]!] = span.DeepClone();
            trace["info"]!["tags"]![SpansLocation] = "TRACKING_STORE";
        }
        return new HttpResponseMessage { Content = new ByteArrayContent([]) };
    }

    private HttpResponseMessage Describe(JsonObject info)
    {
        string experiment = (string)info["trace_location"]!["mlflow_experiment"]!["experiment_id"]!;
        JsonObject trace = Trace((string)info["trace_id"]!, experiment);
        JsonObject tags = trace["info"]!["tags"]!.AsObject(), wanted = info["tags"]!.AsObject();
        if (tags.Any(tag => tag.Key != SpansLocation && !wanted.ContainsKey(tag.Key)))
            return Error(HttpStatusCode.InternalServerError, "INTERNAL_ERROR", "Dependency rule tried to blank-out primary key column");
        if (ForgetsTraces)
            return Json(new JsonObject());
        JsonObject described = info.DeepClone().AsObject();
        described["tags"]![SpansLocation] = (string?)tags[SpansLocation];
        trace["info"] = described;
        return Json(new JsonObject { ["trace"] = new JsonObject { ["trace_info"] = described.DeepClone() } });
    }

    private HttpResponseMessage Link(JsonObject json)
    {
        if (json["trace_ids"]!.AsArray().Count > 100)
            return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Cannot link more than 100 traces to a run");
        foreach (JsonNode? id in json["trace_ids"]!.AsArray())
        {
            JsonArray runs = Traces[(string)id!]["runs"]!.AsArray();
            if (!runs.Any(run => (string?)run == (string?)json["run_id"]))
                runs.Add((string?)json["run_id"]);
        }
        return Json(new JsonObject());
    }

    private HttpResponseMessage SearchTraces(JsonObject json)
    {
        Assert.InRange((int)json["max_results"]!, 1, 500);
        string? experiment = (string?)json["locations"]![0]!["mlflow_experiment"]!["experiment_id"];
        string filter = (string?)json["filter"] ?? "";
        const string OfRun = "attributes.run_id = '";
        IEnumerable<JsonObject> found = Traces.Values.Where(trace => (string?)trace["experiment"] == experiment);
        if (filter.StartsWith(OfRun, StringComparison.Ordinal))
        {
            string run = filter[OfRun.Length..].TrimEnd('\'');
            found = found.Where(trace => Metadata(trace, "mlflow.sourceRun") == run
                || trace["runs"]!.AsArray().Any(linked => (string?)linked == run));
        }
        else if (filter.Length > 0)
        {
            System.Text.RegularExpressions.Match tag = TagFilter().Match(filter);
            Assert.True(tag.Success, $"The filter {filter} is not one of a tag.");
            found = found.Where(trace => TraceTag(trace, tag.Groups[1].Value) == tag.Groups[2].Value);
        }
        JsonObject[] all = [.. found];
        int from = (string?)json["page_token"] is string token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        JsonObject[] page = [.. all.Skip(from).Take(2)];
        var reply = new JsonObject();
        if (page.Length > 0)
            reply["traces"] = new JsonArray([.. page.Select(trace => trace["info"]!.DeepClone())]);
        if (from + page.Length < all.Length)
            reply["next_page_token"] = (from + page.Length).ToString(CultureInfo.InvariantCulture);
        return Json(reply);
    }

    private JsonObject Trace(string id, string experiment)
    {
        if (!Traces.TryGetValue(id, out JsonObject? trace))
        {
            Traces[id] = trace = new JsonObject
            {
                ["experiment"] = experiment,
                ["info"] = new JsonObject { ["trace_id"] = id, ["tags"] = new JsonObject() },
                ["spans"] = new JsonObject(),
                ["runs"] = new JsonArray(),
            };
        }
        return trace;
    }
}
