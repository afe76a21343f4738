using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Answers;

/// <summary>
/// Takes SQL apart, as Databricks reads it: comments and blanks are gone, and whatever can be written in several ways comes in one. What
/// is no SQL comes apart somehow, always in the same way.
/// </summary>
internal sealed class SqlLexer
{
    private static readonly string[] LongSigns = ["<=>", "<>", "!=", "==", "<=", ">=", "||", "->", "=>", "::", ">>", "<<"];

    private readonly string _sql;
    private int _at;

    private SqlLexer(string sql) => _sql = sql;

    private char Current => _at < _sql.Length ? _sql[_at] : '\0';

    private char Next => _at + 1 < _sql.Length ? _sql[_at + 1] : '\0';

    /// <summary>The pieces of a statement, semicolons at its end left out.</summary>
    /// <param name="sql">The statement.</param>
    public static IReadOnlyList<SqlToken> Read(string sql)
    {
        var lexer = new SqlLexer(sql);
        List<SqlToken> tokens = [];
        while (lexer.SkipBlanks())
            tokens.Add(lexer.Take());
        while (tokens.Count > 0 && tokens[^1].Is(";"))
            tokens.RemoveAt(tokens.Count - 1);
        return tokens;
    }

    /// <returns>Whether anything is left.</returns>
    private bool SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(Current) || char.IsControl(Current))
                _at++;
            else if (Current == '-' && Next == '-')
                SkipLine();
            else if (Current == '/' && Next == '*')
                SkipComment();
            else
                return true;
        }
        return false;
    }

    private void SkipLine()
    {
        while (_at < _sql.Length && Current is not ('\n' or '\r'))
            _at++;
    }

    // Comments lie within comments.
    private void SkipComment()
    {
        int depth = 0;
        do
        {
            if (Current == '/' && Next == '*')
                (depth, _at) = (depth + 1, _at + 2);
            else if (Current == '*' && Next == '/')
                (depth, _at) = (depth - 1, _at + 2);
            else
                _at++;
        }
        while (depth > 0 && _at < _sql.Length);
    }

    private SqlToken Take()
    {
        if (Current is '\'' or '"')
            return new SqlToken(SqlTokenKind.Text, TakeText(isRaw: false));
        if (Current is 'r' or 'R' && Next is '\'' or '"')
        {
            _at++;
            return new SqlToken(SqlTokenKind.Text, TakeText(isRaw: true));
        }
        if (Current == '`')
            return TakeQuotedName();
        if (char.IsAsciiDigit(Current) || (Current == '.' && char.IsAsciiDigit(Next) && !FollowsName()))
            return TakeNumberOrName();
        return IsNamePart(Current) ? new SqlToken(SqlTokenKind.Word, TakeName()) : TakeSign();
    }

    private bool FollowsName() => _at > 0 && (IsNamePart(_sql[_at - 1]) || _sql[_at - 1] is '`' or ')' or ']');

    private string TakeText(bool isRaw)
    {
        char quote = Current;
        var text = new StringBuilder();
        for (_at++; _at < _sql.Length; _at++)
        {
            if (Current == quote && Next != quote)
            {
                _at++;
                break;
            }
            // \' is a quote, \t is no t.
            if (Current == quote || (Current == '\\' && !isRaw && Next != '\0' && !char.IsAsciiLetterOrDigit(Next)))
                _at++;
            text.Append(Current);
        }
        return text.ToString();
    }

    private SqlToken TakeQuotedName()
    {
        var text = new StringBuilder();
        for (_at++; _at < _sql.Length; _at++)
        {
            if (Current == '`' && Next != '`')
            {
                _at++;
                break;
            }
            if (Current == '`')
                _at++;
            text.Append(Current);
        }
        string name = text.ToString().ToLowerInvariant();
        bool isNeedless = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsNamePart) && !SqlKeywords.Contains(name);
        return new SqlToken(isNeedless ? SqlTokenKind.Word : SqlTokenKind.QuotedName, name);
    }

    private SqlToken TakeNumberOrName()
    {
        int from = _at;
        SkipDigits();
        if (Current == '.' && !(Next == '.'))
        {
            _at++;
            SkipDigits();
        }
        bool isSigned = Next is '+' or '-' && _at + 2 < _sql.Length && char.IsAsciiDigit(_sql[_at + 2]);
        if (Current is 'e' or 'E' && (char.IsAsciiDigit(Next) || isSigned))
        {
            _at += 2;
            SkipDigits();
        }
        string digits = _sql[from.._at];
        int suffix = _at;
        while (IsNamePart(Current))
            _at++;
        string type = _sql[suffix.._at].ToLowerInvariant();
        // A name can begin with digits: 2024_sales.
        return type is "" or "l" or "s" or "y" or "f" or "d" or "bd"
            ? new SqlToken(SqlTokenKind.Number, Shortest(digits) + (type == "l" ? "" : type))
            : new SqlToken(SqlTokenKind.Word, _sql[from.._at].ToLowerInvariant());
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
            _at++;
    }

    private static string Shortest(string digits) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && (exact != 0 || digits.All(digit => digit is '0' or '.'))
            ? exact.ToString("0.#############################", CultureInfo.InvariantCulture)
            : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double near)
                ? near.ToString("R", CultureInfo.InvariantCulture)
                : digits;

    private string TakeName()
    {
        int from = _at;
        while (IsNamePart(Current))
            _at++;
        return _sql[from.._at].ToLowerInvariant();
    }

    private SqlToken TakeSign()
    {
        string sign = Array.Find(LongSigns, one => string.CompareOrdinal(_sql, _at, one, 0, one.Length) == 0) ?? Current.ToString();
        _at += sign.Length;
        return new SqlToken(SqlTokenKind.Sign, sign switch { "<>" => "!=", "==" => "=", _ => sign });
    }

    private static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || char.IsSurrogate(letter);
}
