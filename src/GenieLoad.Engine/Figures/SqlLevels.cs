using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Compares queries at several levels, one after the other.</summary>
internal sealed class SqlLevels
{
    // The strictest first.
    private static readonly (string Level, Func<QuestionResult, string?> Signature)[] All =
    [
        ("Exact", row => row.SqlSignature), ("Lexical", row => row.SqlLexicalSignature), ("Masked", row => row.SqlMaskedSignature),
        ("Shape", row => row.SqlShapeSignature),
    ];

    private readonly string?[] _first = new string?[All.Length];
    private readonly bool[] _differs = new bool[All.Length];

    /// <summary>Queries so far.</summary>
    public int Count { get; private set; }

    /// <summary>The strictest level at which all queries are the same; <c>None</c> where they are at none.</summary>
    public string Strictest => Array.IndexOf(_differs, false) is >= 0 and int level ? All[level].Level : "None";

    /// <summary>The strictest level at which queries are the same; <c>None</c> where they are at none.</summary>
    /// <param name="queries">Rows with a query.</param>
    public static string StrictestOf(params IEnumerable<QuestionResult> queries)
    {
        SqlLevels levels = new();
        foreach (QuestionResult query in queries)
            levels.Add(query);
        return levels.Strictest;
    }

    /// <summary>Compares a query with those before it.</summary>
    /// <param name="query">Its row.</param>
    public void Add(QuestionResult query)
    {
        for (int i = 0; i < All.Length; i++)
        {
            string? signature = All[i].Signature(query);
            if (Count == 0)
                _first[i] = signature;
            else
                _differs[i] |= signature != _first[i];
        }
        Count++;
    }
}
