namespace GenieLoad.Engine.Answers;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword or a name without quotes, in lower case: neither knows case.</summary>
    Word,

    /// <summary>A name in backticks that could not do without them, in lower case.</summary>
    QuotedName,

    /// <summary>A number, in its shortest form.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Anything else: an operator, a comma, a bracket.</summary>
    Sign,
}

/// <summary>A piece of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says, in one form for all ways to write it.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text)
{
    /// <summary>Whether it stands for a value.</summary>
    public bool IsLiteral => Kind is SqlTokenKind.Number or SqlTokenKind.Text;

    /// <summary>Whether it can name something: no keyword, no sign, no value.</summary>
    public bool IsName => Kind == SqlTokenKind.QuotedName || (Kind == SqlTokenKind.Word && !SqlKeywords.Contains(Text));

    /// <summary>Whether it is this keyword or sign.</summary>
    /// <param name="text">In lower case.</param>
    public bool Is(string text) => Kind is SqlTokenKind.Word or SqlTokenKind.Sign && Text == text;

    /// <summary>How it is written.</summary>
    public override string ToString() => Kind switch
    {
        SqlTokenKind.Text => $"'{Text.Replace("'", "''", StringComparison.Ordinal)}'",
        SqlTokenKind.QuotedName => $"`{Text.Replace("`", "``", StringComparison.Ordinal)}`",
        _ => Text,
    };
}
