using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>A threshold that has been read: a figure of a run, or of a part of it, and what it is held against.</summary>
public sealed class Threshold
{
    internal Threshold(string text, Figure figure, ThresholdSlice? slice, string comparison, double limit)
    {
        Text = text;
        Figure = figure;
        Slice = slice;
        Operator = comparison;
        Limit = limit;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
    public string Operator { get; }

    /// <summary>The limit in the figure's unit.</summary>
    public double Limit { get; }

    internal Figure Figure { get; }

    internal ThresholdSlice? Slice { get; }

    /// <summary>Whether it sets the figure an upper limit.</summary>
    internal bool IsUpperLimit => Operator[0] == '<';

    /// <summary>Whether a value keeps it.</summary>
    internal bool Allows(double value) => Operator switch
    {
        "<" => value < Limit,
        "<=" => value <= Limit,
        ">" => value > Limit,
        _ => value >= Limit,
    };

    /// <summary>As it was written.</summary>
    public override string ToString() => Text;
}

/// <summary>A part of a run: the rows that have something in common.</summary>
/// <param name="Key">One of <see cref="Keys"/>.</param>
/// <param name="Value">What they have in common.</param>
internal sealed record ThresholdSlice(string Key, string Value)
{
    private static readonly Dictionary<string, Func<QuestionResult, string?>> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["question"] = row => row.QuestionId,
        ["turn"] = row => FormattableString.Invariant($"{row.Turn}"),
        ["outcome"] = row => row.Outcome,
        ["status"] = row => row.Status,
        ["mode"] = Slices.ModeOf,
        ["shard"] = row => row.Shard is int shard ? FormattableString.Invariant($"{shard}") : null,
        ["place"] = row => row.Place,
    };

    public static IEnumerable<string> Keys => Parts.Keys;

    public bool Holds(QuestionResult row) => string.Equals(Parts[Key](row), Value, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Key}={Value}";
}
