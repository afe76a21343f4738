namespace GenieLoad.Model;

/// <summary>What an answer can have waited for, as far as it is known.</summary>
public static class AnswerPart
{
    /// <summary>Genie itself: reading, planning, writing SQL, and the result in words.</summary>
    public const string Model = nameof(Model);

    /// <summary>The SQL warehouse had to start.</summary>
    public const string WarehouseStart = nameof(WarehouseStart);

    /// <summary>The SQL warehouse was full.</summary>
    public const string WarehouseQueue = nameof(WarehouseQueue);

    /// <summary>Compiling and executing the SQL, and fetching its result.</summary>
    public const string Execution = nameof(Execution);

    /// <summary>The question was refused at first: 429.</summary>
    public const string RateLimit = nameof(RateLimit);

    /// <summary>The answer was there, and no poll had seen it yet.</summary>
    public const string Polling = nameof(Polling);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Model, WarehouseStart, WarehouseQueue, Execution, RateLimit, Polling];
}
