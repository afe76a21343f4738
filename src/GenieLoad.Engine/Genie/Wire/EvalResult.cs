using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A page of results of an evaluation.</summary>
public sealed class EvalResultPage
{
    /// <summary>The results, without their verdicts.</summary>
    [JsonConverter(typeof(LenientList<EvalResult>))]
    public List<EvalResult>? EvalResults { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>
/// A result of an evaluation: of a list, or by itself with its verdict. The rows of the queries are in the answer too; nobody reads them.
/// </summary>
public sealed class EvalResult
{
    /// <summary>Its id.</summary>
    public string? ResultId { get; init; }

    /// <summary>The benchmark.</summary>
    public string? BenchmarkQuestionId { get; init; }

    /// <summary>The question as it was then.</summary>
    public string? Question { get; init; }

    /// <summary>The expected answer as it was then.</summary>
    public string? BenchmarkAnswer { get; init; }

    /// <summary>GOOD, BAD or NEEDS_REVIEW; absent in lists, and before it is judged.</summary>
    public string? Assessment { get; init; }

    /// <summary>Why it is not right.</summary>
    [JsonConverter(typeof(LenientTexts))]
    public List<string>? AssessmentReasons { get; init; }

    /// <summary>Whether a person judged it.</summary>
    public bool? ManualAssessment { get; init; }

    /// <summary>What Genie answered.</summary>
    [JsonConverter(typeof(LenientList<EvalResponse>))]
    public List<EvalResponse>? ActualResponse { get; init; }

    /// <summary>What its owner expects.</summary>
    [JsonConverter(typeof(LenientList<EvalResponse>))]
    public List<EvalResponse>? ExpectedResponse { get; init; }
}

/// <summary>An answer to a benchmark.</summary>
public sealed class EvalResponse
{
    /// <summary>Text or SQL.</summary>
    public string? Response { get; init; }

    /// <summary>SQL or TEXT.</summary>
    public string? ResponseType { get; init; }
}
