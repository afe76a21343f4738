namespace GenieLoad.Model;

/// <summary>Columns of what the answer says, the same in all rows with the same answer.</summary>
internal sealed record RowAnswer : RowBlock
{
    /// <summary><see cref="QuestionResult.RowCount"/>.</summary>
    public long? RowCount { get; set; }

    /// <summary><see cref="QuestionResult.Truncated"/>.</summary>
    public bool? Truncated { get; set; }

    /// <summary><see cref="QuestionResult.AnswerKind"/>.</summary>
    public string? AnswerKind { get; set; }

    /// <summary><see cref="QuestionResult.SqlSignature"/>.</summary>
    public string? SqlSignature { get; set; }

    /// <summary><see cref="QuestionResult.SqlLexicalSignature"/>.</summary>
    public string? SqlLexicalSignature { get; set; }

    /// <summary><see cref="QuestionResult.SqlMaskedSignature"/>.</summary>
    public string? SqlMaskedSignature { get; set; }

    /// <summary><see cref="QuestionResult.SqlShapeSignature"/>.</summary>
    public string? SqlShapeSignature { get; set; }

    /// <summary><see cref="QuestionResult.ResultSignature"/>.</summary>
    public string? ResultSignature { get; set; }

    /// <summary><see cref="QuestionResult.ColumnCount"/>.</summary>
    public int? ColumnCount { get; set; }

    /// <summary><see cref="QuestionResult.ColumnSignature"/>.</summary>
    public string? ColumnSignature { get; set; }

    /// <summary><see cref="QuestionResult.TextSignature"/>.</summary>
    public string? TextSignature { get; set; }

    /// <summary><see cref="QuestionResult.SqlFindings"/>.</summary>
    public string? SqlFindings { get; set; }

    /// <summary><see cref="QuestionResult.Expectation"/>.</summary>
    public string? Expectation { get; set; }

    /// <summary><see cref="QuestionResult.ExpectationReason"/>.</summary>
    public string? ExpectationReason { get; set; }

    /// <summary><see cref="QuestionResult.Sql"/>.</summary>
    public string? Sql { get; set; }

    /// <summary><see cref="QuestionResult.Answer"/>.</summary>
    public string? Answer { get; set; }
}
