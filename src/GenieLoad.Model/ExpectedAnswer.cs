namespace GenieLoad.Model;

/// <summary>What the expected SQL of a question gave, at the start of a run and at its end. Holds no data.</summary>
public sealed record ExpectedAnswer
{
    /// <summary>Beginning of <see cref="Reason"/> where the SQL brought no result; what the service says of it follows.</summary>
    public const string FailedReason = "the expected SQL failed";

    /// <summary>Name of the connection whose warehouse ran it.</summary>
    public string? Connection { get; init; }

    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>One of <see cref="ExpectedState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is as it is, where there is more to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Hash of the result at the start, as <see cref="QuestionResult.ResultSignature"/>.</summary>
    public string? ResultSignature { get; init; }

    /// <summary>Rows of the result at the start.</summary>
    public long? RowCount { get; init; }

    /// <summary>Columns of the result at the start.</summary>
    public int? ColumnCount { get; init; }

    /// <summary>Question and state in one line.</summary>
    public override string ToString() => $"{QuestionId}: {State}";
}
