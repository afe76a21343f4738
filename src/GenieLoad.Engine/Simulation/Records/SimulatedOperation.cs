namespace GenieLoad.Engine.Simulation.Records;

/// <summary>What a call asks for.</summary>
public enum SimulatedOperation
{
    /// <summary>Nothing that is served here.</summary>
    Unknown,

    /// <summary>List the spaces.</summary>
    ListSpaces,

    /// <summary>Get a space.</summary>
    GetSpace,

    /// <summary>Ask the first question of a conversation.</summary>
    StartConversation,

    /// <summary>Ask a further question.</summary>
    CreateMessage,

    /// <summary>Get a message; the poll.</summary>
    GetMessage,

    /// <summary>List the messages of a conversation.</summary>
    ListMessages,

    /// <summary>List the conversations of a space.</summary>
    ListConversations,

    /// <summary>Delete a conversation.</summary>
    DeleteConversation,

    /// <summary>Delete a message.</summary>
    DeleteMessage,

    /// <summary>Read the result of a query.</summary>
    GetQueryResult,

    /// <summary>Read a further chunk of a result.</summary>
    GetResultChunk,

    /// <summary>Run a query again.</summary>
    ExecuteQuery,

    /// <summary>Rate an answer.</summary>
    SendFeedback,

    /// <summary>List statements of the query history.</summary>
    ListQueryHistory,

    /// <summary>Get a warehouse.</summary>
    GetWarehouse,

    /// <summary>Run a statement of the user's own.</summary>
    RunStatement,

    /// <summary>Get such a statement.</summary>
    GetStatement,

    /// <summary>Cancel such a statement.</summary>
    CancelStatement,

    /// <summary>Start an evaluation of benchmarks.</summary>
    CreateEvaluation,

    /// <summary>List the evaluations of a space.</summary>
    ListEvaluations,

    /// <summary>Get an evaluation.</summary>
    GetEvaluation,

    /// <summary>List the results of an evaluation.</summary>
    ListEvaluationResults,

    /// <summary>Get a result with its verdict.</summary>
    GetEvaluationResult,

    /// <summary>Find the OAuth endpoints.</summary>
    DiscoverOAuth,

    /// <summary>Get an OAuth token.</summary>
    IssueToken,

    /// <summary>Ask a question in agent mode.</summary>
    CreateResponse,

    /// <summary>List the items of an agent conversation.</summary>
    ListItems,

    /// <summary>Cancel an agent turn.</summary>
    CancelResponse,
}

/// <summary>What a simulator did wrong on purpose in a call.</summary>
public enum SimulatedFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A 5xx.</summary>
    ServerError,

    /// <summary>A gateway's HTML page with 502.</summary>
    HtmlError,

    /// <summary>A reset before the answer.</summary>
    Reset,

    /// <summary>A reset within the body of the answer.</summary>
    BodyReset,

    /// <summary>A body in drops.</summary>
    SlowBody,

    /// <summary>JSON that stops in the middle.</summary>
    MalformedJson,
}
