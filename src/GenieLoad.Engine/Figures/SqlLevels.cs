using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The levels at which queries are compared, the strictest first.</summary>
internal static class SqlLevels
{
    private static readonly (string Level, Func<QuestionResult, string?> Signature)[] All =
    [
        ("Exact", row => row.SqlSignature), ("Lexical", row => row.SqlLexicalSignature), ("Masked", row => row.SqlMaskedSignature),
        ("Shape", row => row.SqlShapeSignature),
    ];

    /// <summary>The strictest level at which all queries are the same; <c>None</c> where they are at none.</summary>
    /// <param name="queries">Rows with a query, at least one.</param>
    public static string StrictestOf(IReadOnlyList<QuestionResult> queries) =>
        Array.Find(All, level => queries.All(query => level.Signature(query) == level.Signature(queries[0]))).Level ?? "None";
}
