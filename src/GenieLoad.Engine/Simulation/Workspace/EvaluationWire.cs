using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes evaluations and their results.</summary>
internal sealed class EvaluationWire(SimulatorOptions options, SimulatorClock clock, Evaluations evaluations)
{
    /// <summary>An evaluation as it is at an instant.</summary>
    public void Write(Utf8JsonWriter json, EvaluationRun run, long now)
    {
        string?[] verdicts = [.. run.Benchmarks.Select(one => evaluations.VerdictOf(run, one, now))];
        json.WriteString("eval_run_id", run.Id);
        json.WriteString("eval_run_status", run.StatusAt(now));
        json.WriteNumber("num_questions", run.Benchmarks.Count);
        json.WriteNumber("num_done", verdicts.Count(verdict => verdict is not null));
        json.WriteNumber("num_correct", verdicts.Count(verdict => verdict == Evaluations.Good));
        json.WriteNumber("num_needs_review", verdicts.Count(verdict => verdict == Evaluations.NeedsReview));
        json.WriteNumber("created_timestamp", clock.EpochMilliseconds(run.AcceptedAt));
        json.WriteNumber("last_updated_timestamp", clock.EpochMilliseconds(run.LastChangeAt(now)));
        json.WriteNumber("run_by_user", GenieJson.UserId);
    }

    /// <summary>A result in a list.</summary>
    public static void WriteResult(Utf8JsonWriter json, EvaluationRun run, EvaluatedBenchmark one, long now)
    {
        WriteHead(json, run, one);
        json.WriteString("status", run.StatusAt(one, now));
    }

    /// <summary>A result with its verdict.</summary>
    public void WriteDetails(Utf8JsonWriter json, EvaluationRun run, EvaluatedBenchmark one, long now)
    {
        WriteHead(json, run, one);
        json.WriteString("eval_run_status", run.StatusAt(one, now));
        if (evaluations.VerdictOf(run, one, now) is not string verdict)
            return;
        bool isBad = verdict == Evaluations.Bad;
        json.WriteString("assessment", verdict);
        json.WriteBoolean("manual_assessment", false);
        json.WriteStartArray("assessment_reasons");
        if (isBad)
            json.WriteStringValue(one.Reason);
        json.WriteEndArray();
        WriteResponse(json, "actual_response", SimulatedTexts.Sql(one.Benchmark.Topic, isBad ? 1 : 0, options.ResultRowCount));
        if (one.Benchmark.HasSql)
            WriteResponse(json, "expected_response", one.Benchmark.Sql);
    }

    private static void WriteHead(Utf8JsonWriter json, EvaluationRun run, EvaluatedBenchmark one)
    {
        json.WriteString("result_id", one.ResultId);
        json.WriteString("space_id", run.SpaceId);
        json.WriteString("benchmark_question_id", one.Benchmark.Id);
        json.WriteString("question", one.Benchmark.Question);
        if (one.Benchmark.HasSql)
            json.WriteString("benchmark_answer", one.Benchmark.Sql);
        json.WriteNumber("created_by_user", GenieJson.UserId);
    }

    private static void WriteResponse(Utf8JsonWriter json, string name, string sql)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("response", sql);
        json.WriteString("response_type", "SQL");
        json.WriteStartObject("sql_execution_result");
        json.WriteStartObject("status");
        json.WriteString("state", "SUCCEEDED");
        json.WriteEndObject();
        json.WriteStartObject("result");
        json.WriteNumber("row_count", 1);
        json.WriteStartArray("data_array");
        json.WriteStartArray();
        json.WriteStringValue(SimulatedTexts.Member(0));
        json.WriteStringValue("4711");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
