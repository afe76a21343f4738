using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What the nested run of one question holds.</summary>
internal static class ChildRecord
{
    /// <summary>Key of a question's run.</summary>
    public static string KeyOf(string export, QuestionResult row) => FormattableString.Invariant($"{export}/{row.Index}");

    /// <summary>Makes the record.</summary>
    /// <param name="run">The run, its texts removed where they are not wanted.</param>
    /// <param name="row">The question.</param>
    /// <param name="export">Identity of the export.</param>
    /// <param name="parentRunId">MLflow's id of the parent.</param>
    /// <param name="user">Whom the user interface shows.</param>
    /// <param name="responses">The responses; <see langword="null"/> to leave them out.</param>
    public static RunRecord Make(
        LoadRun run, QuestionResult row, string export, string parentRunId, string user, ResponseFile? responses)
    {
        DateTime began = row.StartedAt ?? row.PlannedAt;
        long start = RecordValues.Milliseconds(began);
        long end = Math.Max(start, RecordValues.Milliseconds(row.CompletedAt ?? began));
        Artifact? response = responses?.Line("response.json", row.Index);
        return new RunRecord
        {
            Key = KeyOf(export, row),
            Name = FormattableString.Invariant($"question_{row.Index}"),
            StartTime = start,
            EndTime = end,
            Status = MlflowRunStatus.Of(row),
            Tags = Tags(run, row, export, parentRunId, user),
            Params = RecordValues.Present(Params(row)),
            Metrics = RecordValues.Metrics(Metrics(row), end),
            Artifacts = response is null ? [] : [response],
        };
    }

    private static Dictionary<string, string> Tags(LoadRun run, QuestionResult row, string export, string parentRunId, string user)
    {
        Dictionary<string, string> tags = new(RecordTags.Common(run, export, KeyOf(export, row), user))
        {
            ["mlflow.parentRunId"] = parentRunId,
            ["status"] = row.Outcome,
        };
        // By this it can be left out of a chart, as it is left out of the parent's figures.
        if (row.IsWarmUp)
            tags["warm_up"] = "true";
        return tags;
    }

    private static IEnumerable<(string, string?)> Params(QuestionResult row) =>
    [
        ("question", row.Question),
        ("question_id", row.QuestionId),
        ("timestamp", RecordValues.Instant(row.StartedAt ?? row.PlannedAt)),
        ("connection", row.Connection),
        ("conversation_id", row.ConversationId),
        ("message_id", row.MessageId),
        ("statement_id", row.StatementId),
        ("error_type", row.ErrorType),
        ("error", row.ErrorText),
    ];

    private static IEnumerable<(string, double?)> Metrics(QuestionResult row) =>
    [
        ("success", row.Success ? 1 : 0),
        ("duration_seconds", row.DurationSeconds),
        ("row_count", row.RowCount),
        ("response_seconds", row.ResponseSeconds),
        ("service_seconds", row.ServiceSeconds),
        ("throttle_seconds", row.ThrottleSeconds),
        ("fault_seconds", row.FaultSeconds),
        ("lag_seconds", row.LagSeconds),
        ("wait_seconds", row.WaitSeconds),
        ("submit_seconds", row.SubmitSeconds),
        ("submitted_seconds", row.SubmittedSeconds),
        ("fetching_metadata_seconds", row.FetchingMetadataSeconds),
        ("filtering_context_seconds", row.FilteringContextSeconds),
        ("asking_ai_seconds", row.AskingAiSeconds),
        ("pending_warehouse_seconds", row.PendingWarehouseSeconds),
        ("executing_query_seconds", row.ExecutingQuerySeconds),
        ("thinking_seconds", row.ThinkingSeconds),
        ("sql_seconds", row.SqlSeconds),
        ("writing_seconds", row.WritingSeconds),
        ("acknowledged_seconds", row.AcknowledgedSeconds),
        ("first_item_seconds", row.FirstItemSeconds),
        ("first_sql_seconds", row.FirstSqlSeconds),
        ("last_sql_seconds", row.LastSqlSeconds),
        ("longest_silence_seconds", row.LongestSilenceSeconds),
        ("item_count", row.ItemCount),
        ("stream_bytes", row.StreamBytes),
        ("other_phase_seconds", row.OtherPhaseSeconds),
        ("detection_seconds", row.DetectionSeconds),
        ("fetch_seconds", row.FetchSeconds),
        ("server_seconds", row.ServerSeconds),
        ("model_before_seconds", row.ModelBeforeSeconds),
        ("warehouse_start_seconds", row.WarehouseStartSeconds),
        ("warehouse_queue_seconds", row.WarehouseQueueSeconds),
        ("compile_seconds", row.CompileSeconds),
        ("execute_seconds", row.ExecuteSeconds),
        ("result_fetch_seconds", row.ResultFetchSeconds),
        ("model_after_seconds", row.ModelAfterSeconds),
        ("statement_count", row.StatementCount),
        ("read_bytes", row.ReadBytes),
        ("retries", row.Retries),
        ("attempts", row.Attempts),
        ("polls", row.Polls),
    ];
}
