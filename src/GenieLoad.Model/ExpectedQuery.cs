namespace GenieLoad.Model;

/// <summary>SQL that answers a question of a plan right.</summary>
public sealed record ExpectedQuery
{
    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The SQL.</summary>
    public required string Sql { get; init; }

    /// <summary>Id and SQL in one line.</summary>
    public override string ToString() => $"{QuestionId}: {Sql}";
}
