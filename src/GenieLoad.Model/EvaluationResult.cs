namespace GenieLoad.Model;

/// <summary>What an evaluation says of one benchmark. Nothing of the data that a query gave is kept.</summary>
public sealed class EvaluationResult
{
    /// <summary>Id of the benchmark; <see langword="null"/> where the service does not say.</summary>
    public string? BenchmarkId { get; init; }

    /// <summary>The question.</summary>
    public string? Question { get; init; }

    /// <summary>One of <see cref="EvaluationVerdict"/>; <see langword="null"/> where there is none.</summary>
    public string? Verdict { get; init; }

    /// <summary>
    /// Why the answer is not right, parted by <c>, </c>, such as <c>RESULT_MISSING_ROWS</c>; else <see langword="null"/>.
    /// </summary>
    public string? Reasons { get; init; }

    /// <summary>Whether a person judged it.</summary>
    public bool? IsManual { get; init; }

    /// <summary>SQL that its owner expects; <see langword="null"/> for none.</summary>
    public string? ExpectedSql { get; init; }

    /// <summary>SQL that Genie wrote; <see langword="null"/> for none.</summary>
    public string? ActualSql { get; init; }

    /// <summary>Id of the result.</summary>
    public string? ResultId { get; init; }

    /// <summary>Verdict and question.</summary>
    public override string ToString() => $"{Verdict ?? "not judged"}: {Question}";
}
