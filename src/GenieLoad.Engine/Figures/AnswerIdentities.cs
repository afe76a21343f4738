using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What answers say, as far as their rows tell: answers with one identity say the same.</summary>
/// <remarks>
/// With a query it is its result: two ways to the same rows are one answer. Where results are not read it is the query without its numbers
/// and texts. Of a text it is the numbers in it; questions back are all one, for they bring nothing.
/// </remarks>
internal sealed class AnswerIdentities
{
    /// <summary>Kind of a question that Genie could not answer, beside those of <see cref="AnswerKind"/>.</summary>
    public const string Error = nameof(Error);

    // As many rows as are looked at, as the service's own benchmarks do.
    private const int MostRows = 5000;

    private readonly bool _areSigned;
    private readonly bool _areOfResults;

    private AnswerIdentities(bool areSigned, bool areOfResults)
    {
        _areSigned = areSigned;
        _areOfResults = areOfResults;
    }

    /// <summary>The identities of the answers of some runs.</summary>
    /// <param name="runs">Rows of each run; they are compared by results only where every run has some.</param>
    public static AnswerIdentities Of(params IReadOnlyCollection<QuestionResult>[] runs) => new(
        runs.All(rows => rows.Any(row => (row.SqlSignature ?? row.TextSignature) is not null)),
        runs.All(rows => rows.Any(row => row.ResultSignature is not null)));

    /// <summary>What answers are compared within: a question, asked of one space.</summary>
    public static (string? Connection, string QuestionId) QuestionOf(QuestionResult row) => (row.Connection, row.QuestionId);

    /// <summary>Whether the answer is one that is compared: the first of its conversation, and known.</summary>
    public bool IsCompared(QuestionResult row) => row.Turn == 1 && Of(row) is not null;

    /// <summary>The identity; <see langword="null"/> where it is not known what the answer says.</summary>
    public AnswerIdentity? Of(QuestionResult row) => !_areSigned ? null : row.AnswerKind switch
    {
        AnswerKind.Sql when _areOfResults => Named("result ", row.ResultSignature) ?? Named("text ", row.TextSignature),
        AnswerKind.Sql => Named("query ", row.SqlMaskedSignature),
        AnswerKind.Text => Named("text ", row.TextSignature),
        AnswerKind.Clarification or AnswerKind.Empty => new AnswerIdentity(row.AnswerKind, null),
        _ => null,
    };

    /// <summary>
    /// What sort of answer a question got: one of <see cref="AnswerKind"/>, <see cref="Error"/> where Genie said that it has none;
    /// <see langword="null"/> where it said nothing.
    /// </summary>
    public static string? KindOf(QuestionResult row) =>
        row.Success ? row.AnswerKind : row.Outcome == Outcome.Failed && row.Status == MessageStatus.Failed ? Error : null;

    /// <summary>Whether only the size of its result is compared.</summary>
    public static bool IsPartial(QuestionResult row) =>
        row.ResultSignature is not null && (row.Truncated == true || row.RowCount > MostRows);

    private static AnswerIdentity? Named(string what, string? signature) =>
        signature is null ? null : new AnswerIdentity(what, signature);
}
