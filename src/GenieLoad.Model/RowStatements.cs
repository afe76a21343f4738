namespace GenieLoad.Model;

/// <summary>Columns of what the query history says of a question.</summary>
internal sealed record RowStatements : RowBlock
{
    /// <summary><see cref="QuestionResult.StatementState"/>.</summary>
    public string? StatementState { get; set; }

    /// <summary><see cref="QuestionResult.StatementCount"/>.</summary>
    public int? StatementCount { get; set; }

    /// <summary><see cref="QuestionResult.StatementSeconds"/>.</summary>
    public double? StatementSeconds { get; set; }

    /// <summary><see cref="QuestionResult.ModelBeforeSeconds"/>.</summary>
    public double? ModelBeforeSeconds { get; set; }

    /// <summary><see cref="QuestionResult.WarehouseStartSeconds"/>.</summary>
    public double? WarehouseStartSeconds { get; set; }

    /// <summary><see cref="QuestionResult.WarehouseQueueSeconds"/>.</summary>
    public double? WarehouseQueueSeconds { get; set; }

    /// <summary><see cref="QuestionResult.CompileSeconds"/>.</summary>
    public double? CompileSeconds { get; set; }

    /// <summary><see cref="QuestionResult.ExecuteSeconds"/>.</summary>
    public double? ExecuteSeconds { get; set; }

    /// <summary><see cref="QuestionResult.ResultFetchSeconds"/>.</summary>
    public double? ResultFetchSeconds { get; set; }

    /// <summary><see cref="QuestionResult.ModelAfterSeconds"/>.</summary>
    public double? ModelAfterSeconds { get; set; }

    /// <summary><see cref="QuestionResult.StatementResidualSeconds"/>.</summary>
    public double? StatementResidualSeconds { get; set; }

    /// <summary><see cref="QuestionResult.FromResultCache"/>.</summary>
    public bool? FromResultCache { get; set; }

    /// <summary><see cref="QuestionResult.ReadBytes"/>.</summary>
    public long? ReadBytes { get; set; }

    /// <summary><see cref="QuestionResult.PrunedShare"/>.</summary>
    public double? PrunedShare { get; set; }

    /// <summary><see cref="QuestionResult.SpilledBytes"/>.</summary>
    public long? SpilledBytes { get; set; }

    /// <summary><see cref="QuestionResult.RowsProduced"/>.</summary>
    public long? RowsProduced { get; set; }
}
