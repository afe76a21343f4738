using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Takes the secrets out of a row, when it is made and again when it is read: version 0.1 kept what a service repeated.</summary>
internal static class RowGate
{
    // What the service says may repeat the token. The rest is our own words and the user's.
    private static readonly RedactedRecord<QuestionResult> Texts = new(
        nameof(QuestionResult.Outcome), nameof(QuestionResult.AnswerKind), nameof(QuestionResult.Question),
        nameof(QuestionResult.QuestionId), nameof(QuestionResult.Connection), nameof(QuestionResult.Mode),
        nameof(QuestionResult.SqlSignature), nameof(QuestionResult.SqlLexicalSignature), nameof(QuestionResult.SqlMaskedSignature),
        nameof(QuestionResult.SqlShapeSignature), nameof(QuestionResult.ResultSignature), nameof(QuestionResult.ColumnSignature),
        nameof(QuestionResult.TextSignature), nameof(QuestionResult.SqlFindings), nameof(QuestionResult.Expectation));

    /// <summary>What takes the secrets out of the texts of a property; <see langword="null"/> for one that holds our own words.</summary>
    /// <param name="property">Name of the property.</param>
    public static Func<string, string>? Of(string property) => Texts.IsGated(property) ? Redactor.Redact : null;

    /// <summary>The same row, without secrets.</summary>
    /// <param name="row">A row that nobody else has seen yet.</param>
    public static QuestionResult Redact(QuestionResult row) => Texts.Redact(row);
}
