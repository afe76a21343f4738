namespace GenieLoad.Engine.Genie;

/// <summary>Names of the calls to Genie.</summary>
public static class Operation
{
    /// <summary>GET spaces.</summary>
    public const string ListSpaces = nameof(ListSpaces);

    /// <summary>GET one space.</summary>
    public const string GetSpace = nameof(GetSpace);

    /// <summary>POST that asks the first question of a conversation.</summary>
    public const string StartConversation = nameof(StartConversation);

    /// <summary>POST that asks a further question of a conversation.</summary>
    public const string CreateMessage = nameof(CreateMessage);

    /// <summary>POST that asks a question in agent mode; answered by a stream.</summary>
    public const string CreateResponse = nameof(CreateResponse);

    /// <summary>GET items of a conversation in agent mode.</summary>
    public const string ListItems = nameof(ListItems);

    /// <summary>POST that ends a response in agent mode.</summary>
    public const string CancelResponse = nameof(CancelResponse);

    /// <summary>GET of a message: the poll.</summary>
    public const string GetMessage = nameof(GetMessage);

    /// <summary>GET of a query's result.</summary>
    public const string GetQueryResult = nameof(GetQueryResult);

    /// <summary>GET of a further part of a result.</summary>
    public const string GetResultChunk = nameof(GetResultChunk);

    /// <summary>POST that runs an expired query again.</summary>
    public const string ExecuteQuery = nameof(ExecuteQuery);

    /// <summary>GET one space with its definition.</summary>
    public const string GetDefinition = nameof(GetDefinition);

    /// <summary>GET conversations.</summary>
    public const string ListConversations = nameof(ListConversations);

    /// <summary>GET messages of a conversation.</summary>
    public const string ListMessages = nameof(ListMessages);

    /// <summary>DELETE of a conversation.</summary>
    public const string DeleteConversation = nameof(DeleteConversation);

    /// <summary>GET statements of the query history.</summary>
    public const string ListQueryHistory = nameof(ListQueryHistory);

    /// <summary>POST that runs a statement of our own on a warehouse.</summary>
    public const string RunStatement = nameof(RunStatement);

    /// <summary>GET of such a statement.</summary>
    public const string GetStatement = nameof(GetStatement);

    /// <summary>POST that ends such a statement.</summary>
    public const string CancelStatement = nameof(CancelStatement);

    /// <summary>POST that starts an evaluation of benchmarks.</summary>
    public const string StartEvaluation = nameof(StartEvaluation);

    /// <summary>GET evaluations.</summary>
    public const string ListEvaluations = nameof(ListEvaluations);

    /// <summary>GET of an evaluation.</summary>
    public const string GetEvaluation = nameof(GetEvaluation);

    /// <summary>GET results of an evaluation.</summary>
    public const string ListEvaluationResults = nameof(ListEvaluationResults);

    /// <summary>GET of a result of an evaluation, with its verdict.</summary>
    public const string GetEvaluationResult = nameof(GetEvaluationResult);

    /// <summary>GET one SQL warehouse.</summary>
    public const string GetWarehouse = nameof(GetWarehouse);
}
