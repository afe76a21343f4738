using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Running;

/// <summary>What an answer says, in a form that can be compared and that holds no data.</summary>
internal sealed record SignedAnswer
{
    /// <summary>The signatures of its query; <see langword="null"/> without one.</summary>
    public SqlSignatures? Sql { get; init; }

    /// <summary>Its result; <see langword="null"/> where there is none, or it was not read.</summary>
    public ResultTable? Result { get; init; }

    /// <summary>Hash of the result; of results that differ by rounding alone, that of the first.</summary>
    public string? ResultSignature { get; init; }

    /// <summary>Hash of the numbers that a text names; <see langword="null"/> for an answer with a query.</summary>
    public string? TextSignature { get; init; }

    /// <summary>
    /// Whether it is the expected one, and in what it differs; <see langword="null"/> where nobody knows an expected one.
    /// </summary>
    public (string Expectation, string? Reason)? Expected { get; init; }
}
