using System.Collections.Frozen;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The error types of Genie's messages, sorted into groups. The service adds types as it likes; the list is not a limit.</summary>
internal static class GenieErrorTypes
{
    private static readonly FrozenDictionary<string, string> Groups = new Dictionary<string, string[]>
    {
        [ErrorGroup.GenieRateLimit] =
        [
            "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", "RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION", "RATE_LIMIT_EXCEEDED",
        ],
        [ErrorGroup.GenieService] =
        [
            "RETRYABLE_PROCESSING_EXCEPTION", "CHAT_COMPLETION_CLIENT_EXCEPTION", "CHAT_COMPLETION_CLIENT_TIMEOUT_EXCEPTION",
            "CHAT_COMPLETION_NETWORK_EXCEPTION", "GENERIC_CHAT_COMPLETION_EXCEPTION", "GENERIC_CHAT_COMPLETION_SERVICE_EXCEPTION",
            "REPLY_PROCESS_TIMEOUT_EXCEPTION", "UNEXPECTED_REPLY_PROCESS_EXCEPTION", "DESCRIBE_QUERY_TIMEOUT",
            "DESCRIBE_QUERY_UNEXPECTED_FAILURE", "STOP_PROCESS_DUE_TO_AUTO_REGENERATE",
        ],
        [ErrorGroup.GenieCapacity] =
        [
            "BUDGET_EXCEEDED_EXCEPTION", "PAY_PER_TOKEN_DISABLED_EXCEPTION", "DEPLOYMENT_NOT_FOUND_EXCEPTION",
            "COULD_NOT_GET_MODEL_DEPLOYMENTS_EXCEPTION", "NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE", "UNKNOWN_AI_MODEL",
        ],
        [ErrorGroup.GenieAccess] =
        [
            "WAREHOUSE_ACCESS_MISSING_EXCEPTION", "WAREHOUSE_NOT_FOUND_EXCEPTION", "TABLES_MISSING_EXCEPTION",
            "NO_TABLES_TO_QUERY_EXCEPTION",
            "TOO_MANY_TABLES_EXCEPTION", "INVALID_TABLE_IDENTIFIER_EXCEPTION", "COULD_NOT_GET_UC_SCHEMA_EXCEPTION",
            "COULD_NOT_GET_DASHBOARD_SCHEMA_EXCEPTION", "DASHBOARD_PERMISSION_DENIED_EXCEPTION", "DELEGATION_NOT_FOUND_EXCEPTION",
            "INTERNAL_CATALOG_ASSET_CREATION_FAILED_EXCEPTION", "INTERNAL_CATALOG_ASSET_CREATION_ONGOING_EXCEPTION",
            "INTERNAL_CATALOG_ASSET_CREATION_UNSUPPORTED_EXCEPTION", "INTERNAL_CATALOG_MISSING_UC_PATH_EXCEPTION",
            "INTERNAL_CATALOG_PATH_OVERLAP_EXCEPTION", "UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION", "FUNCTIONS_NOT_AVAILABLE_EXCEPTION",
        ],
        [ErrorGroup.GenieContext] =
        [
            "CONTEXT_EXCEEDED_EXCEPTION", "LOCAL_CONTEXT_EXCEEDED_EXCEPTION", "EXCEEDED_MAX_TOKEN_LENGTH_EXCEPTION",
            "GENERATED_SQL_QUERY_TOO_LONG_EXCEPTION", "MESSAGE_ATTACHMENT_TOO_LONG_ERROR",
        ],
        [ErrorGroup.GenieSql] =
        [
            "SQL_EXECUTION_EXCEPTION", "GENERIC_SQL_EXEC_API_CALL_EXCEPTION", "DESCRIBE_QUERY_INVALID_SQL_ERROR",
            "MISSING_SQL_QUERY_EXCEPTION", "NO_QUERY_TO_VISUALIZE_EXCEPTION", "INVALID_SQL_MULTIPLE_DATASET_REFERENCES_EXCEPTION",
            "INVALID_SQL_MULTIPLE_STATEMENTS_EXCEPTION", "INVALID_SQL_UNKNOWN_TABLE_EXCEPTION",
        ],
        [ErrorGroup.GenieModelOutput] =
        [
            "INVALID_CHAT_COMPLETION_JSON_EXCEPTION", "INVALID_CHAT_COMPLETION_ARGUMENTS_JSON_EXCEPTION",
            "INVALID_COMPLETION_REQUEST_EXCEPTION", "INVALID_FUNCTION_CALL_EXCEPTION", "FUNCTION_ARGUMENTS_INVALID_EXCEPTION",
            "FUNCTION_ARGUMENTS_INVALID_JSON_EXCEPTION", "FUNCTION_ARGUMENTS_INVALID_TYPE_EXCEPTION",
            "FUNCTION_CALL_MISSING_PARAMETER_EXCEPTION", "ILLEGAL_PARAMETER_DEFINITION_EXCEPTION",
        ],
        [ErrorGroup.GenieTrustedAnswers] =
        [
            "CERTIFIED_ANSWERS_MISSING_EXCEPTION", "INVALID_CERTIFIED_ANSWER_FUNCTION_EXCEPTION",
            "INVALID_CERTIFIED_ANSWER_IDENTIFIER_EXCEPTION", "TOO_MANY_CERTIFIED_ANSWERS_EXCEPTION",
        ],
        [ErrorGroup.GenieCaller] =
        [
            "CONTENT_FILTER_EXCEPTION", "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION", "MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION",
            "MESSAGE_DELETED_WHILE_EXECUTING_EXCEPTION", "MESSAGE_UPDATED_WHILE_EXECUTING_EXCEPTION",
        ],
    }.SelectMany(group => group.Value.Select(type => (Type: type, Group: group.Key)))
        .ToFrozenDictionary(pair => pair.Type, pair => pair.Group, StringComparer.Ordinal);

    /// <summary>Whether a message that had been accepted ended because of a rate limit inside the service.</summary>
    /// <param name="errorType">Type of its error.</param>
    public static bool IsRateLimit(string? errorType) => errorType?.StartsWith("RATE_LIMIT_EXCEEDED", StringComparison.Ordinal) == true;

    /// <summary>All types that are in a group.</summary>
    public static IReadOnlyCollection<string> Known => Groups.Keys;

    /// <summary>The group of a type; <see cref="ErrorGroup.GenieOther"/> for one that is not known.</summary>
    public static string GroupOf(string? type) =>
        type is not null && Groups.TryGetValue(type, out string? group) ? group : ErrorGroup.GenieOther;
}
