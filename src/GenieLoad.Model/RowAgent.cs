namespace GenieLoad.Model;

/// <summary>Columns of a question in agent mode.</summary>
internal sealed record RowAgent : RowBlock
{
    /// <summary><see cref="QuestionResult.ThinkingSeconds"/>.</summary>
    public double? ThinkingSeconds { get; set; }

    /// <summary><see cref="QuestionResult.SqlSeconds"/>.</summary>
    public double? SqlSeconds { get; set; }

    /// <summary><see cref="QuestionResult.WritingSeconds"/>.</summary>
    public double? WritingSeconds { get; set; }

    /// <summary><see cref="QuestionResult.AcknowledgedSeconds"/>.</summary>
    public double? AcknowledgedSeconds { get; set; }

    /// <summary><see cref="QuestionResult.FirstItemSeconds"/>.</summary>
    public double? FirstItemSeconds { get; set; }

    /// <summary><see cref="QuestionResult.FirstSqlSeconds"/>.</summary>
    public double? FirstSqlSeconds { get; set; }

    /// <summary><see cref="QuestionResult.LastSqlSeconds"/>.</summary>
    public double? LastSqlSeconds { get; set; }

    /// <summary><see cref="QuestionResult.LongestSilenceSeconds"/>.</summary>
    public double? LongestSilenceSeconds { get; set; }

    /// <summary><see cref="QuestionResult.ItemCount"/>.</summary>
    public int? ItemCount { get; set; }

    /// <summary><see cref="QuestionResult.StreamBytes"/>.</summary>
    public long? StreamBytes { get; set; }
}
