namespace GenieLoad.Engine.Genie;

/// <summary>The calls GenieLoad makes.</summary>
public enum Operation
{
    /// <summary>GET spaces.</summary>
    ListSpaces,

    /// <summary>GET one space.</summary>
    GetSpace,

    /// <summary>POST that asks the first question of a conversation.</summary>
    StartConversation,

    /// <summary>POST that asks a further question of a conversation.</summary>
    CreateMessage,

    /// <summary>GET of a message: the poll.</summary>
    GetMessage,

    /// <summary>GET of a query's result.</summary>
    GetQueryResult,

    /// <summary>GET of a further part of a result.</summary>
    GetResultChunk,

    /// <summary>POST that runs an expired query again.</summary>
    ExecuteQuery,

    /// <summary>GET conversations.</summary>
    ListConversations,

    /// <summary>DELETE of a conversation.</summary>
    DeleteConversation,

    /// <summary>Request for a token, to whoever issues it.</summary>
    GetToken,
}
