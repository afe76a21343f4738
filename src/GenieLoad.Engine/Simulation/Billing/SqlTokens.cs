using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>The words of a statement, one after the other.</summary>
internal sealed partial class SqlTokens
{
    private readonly string[] _tokens;
    private int _next;

    public SqlTokens(string statement)
    {
        _tokens = [.. Words().Matches(statement).Select(match => match.Value)];
        int blanks = statement.Count(char.IsWhiteSpace) - _tokens.Sum(token => token.Count(char.IsWhiteSpace));
        if (_tokens.Sum(token => token.Length) + blanks != statement.Length)
            throw new SqlFailure("[PARSE_SYNTAX_ERROR] The statement has signs that are no SQL.");
    }

    public string Current => _next < _tokens.Length ? _tokens[_next] : "";

    /// <summary>The word that was taken last.</summary>
    public string Last => _next > 0 ? _tokens[_next - 1] : "";

    public string Take() => _next < _tokens.Length
        ? _tokens[_next++]
        : throw new SqlFailure("[PARSE_SYNTAX_ERROR] Syntax error at end of input.");

    /// <summary>Passes over a word where it is the next.</summary>
    public bool Skip(string word)
    {
        if (!Current.Equals(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _next++;
        return true;
    }

    public void Need(string word)
    {
        if (!Skip(word))
            throw new SqlFailure($"[PARSE_SYNTAX_ERROR] Syntax error at or near '{Current}': expected '{word}'.");
    }

    [GeneratedRegex(
        @"'[^']*'|:?[A-Za-z_]\w*|\d+(\.\d+)?|<=|>=|!=|[=<>(),.]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
