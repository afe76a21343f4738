using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Takes out of a run what people asked and what was answered, so that the figures alone can be shared.</summary>
internal static class TextRemoval
{
    /// <summary>A copy without questions, answers, SQL and error texts; ids, times, outcomes and error types stay.</summary>
    public static LoadRun From(LoadRun run)
    {
        JsonNode copy = JsonSerializer.SerializeToNode(run, RunJson.Lines.LoadRun)!;
        foreach (JsonNode? row in copy["results"]!.AsArray())
        {
            row!["question"] = "";
            foreach (string field in (string[])["sql", "answer", "errorText"])
                row.AsObject().Remove(field);
        }
        foreach (JsonNode? question in copy["plan"]!["questions"]!.AsArray())
            question!["text"] = "";
        foreach (JsonNode? cause in copy["causes"]!.AsArray())
            cause!.AsObject().Remove("example");
        // Slices by question are labelled with what was asked.
        foreach (JsonNode? slice in copy["slices"]?.AsArray() ?? [])
            slice!.AsObject().Remove("label");
        return copy.Deserialize(RunJson.Lines.LoadRun)!;
    }
}
