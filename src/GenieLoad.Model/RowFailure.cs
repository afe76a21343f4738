namespace GenieLoad.Model;

/// <summary>Columns of what went wrong with a question.</summary>
internal sealed record RowFailure : RowBlock
{
    /// <summary><see cref="QuestionResult.RequestId"/>.</summary>
    public string? RequestId { get; set; }

    /// <summary><see cref="QuestionResult.HttpStatus"/>.</summary>
    public int? HttpStatus { get; set; }

    /// <summary><see cref="QuestionResult.ErrorType"/>.</summary>
    public string? ErrorType { get; set; }

    /// <summary><see cref="QuestionResult.ErrorText"/>.</summary>
    public string? ErrorText { get; set; }
}
