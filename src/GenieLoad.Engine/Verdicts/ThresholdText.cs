using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Reads thresholds: <c>figure [ { key = value } ] operator number [ unit ]</c>, several of them parted by <c>;</c>. Operators are
/// <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>; units <c>ms</c>, <c>s</c>, <c>m</c> for times and <c>%</c> for shares.
/// </summary>
public static partial class ThresholdText
{
    private static readonly Dictionary<string, double> Seconds = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1, ["s"] = 1, ["ms"] = 0.001, ["m"] = 60, ["min"] = 60,
    };

    /// <summary>Reads all thresholds of some texts.</summary>
    /// <param name="texts">Each with one threshold, or several parted by <c>;</c>.</param>
    /// <exception cref="GenieLoadException"><c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>AmbiguousShare</c>.</exception>
    public static IReadOnlyList<Threshold> ParseAll(IEnumerable<string?>? texts) =>
        [.. (texts ?? []).SelectMany(text => Split(text ?? "")).Where(text => !string.IsNullOrWhiteSpace(text)).Select(Parse)];

    /// <summary>Whether a text is meant as a threshold, right or wrong: it compares, or begins with a figure.</summary>
    /// <param name="text">A text, which may be the id of a run or a path instead.</param>
    public static bool IsMeant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny('<', '>', '=') >= 0 || PercentileOfOthers().IsMatch(text)
            || FigureCatalog.Find(new Reader(text.TrimStart()).TakeWhile(c => char.IsLetterOrDigit(c) || c == '.')) is not null;
    }

    /// <summary>Reads one threshold.</summary>
    /// <param name="text">Such as <c>P95ResponseSeconds &lt; 30</c>.</param>
    /// <exception cref="GenieLoadException"><c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>AmbiguousShare</c>.</exception>
    public static Threshold Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new Reader(text);
        int nameAt = reader.SkipBlanks();
        string name = reader.TakeWhile(c => char.IsLetterOrDigit(c) || c == '.');
        if (PercentileOfOthers().Match(text) is { Success: true } other)
            throw VerdictsErrors.UnknownFigure(text, nameAt, other.Value.Trim(), [$"P{other.Groups["percent"].Value}ResponseSeconds"]);
        if (name.Length == 0)
            throw VerdictsErrors.InvalidThreshold(text, nameAt, "the name of a figure");
        Figure figure = FigureCatalog.Find(name) ?? throw VerdictsErrors.UnknownFigure(text, nameAt, name, FigureCatalog.Close(name));
        ThresholdSlice? slice = ReadSlice(reader, figure);
        string comparison = ReadOperator(reader);
        double limit = ReadLimit(reader, figure);
        return new Threshold(text.Trim(), figure, slice, comparison, limit);
    }

    private static ThresholdSlice? ReadSlice(Reader reader, Figure figure)
    {
        int at = reader.SkipBlanks();
        if (!reader.Take('{'))
            return null;
        if (!figure.HasSlices)
            throw VerdictsErrors.NoSlices(reader.Text, at, figure.Name);
        int keyAt = reader.SkipBlanks();
        string key = reader.TakeWhile(char.IsLetter);
        if (!ThresholdSlice.Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            throw VerdictsErrors.InvalidThreshold(reader.Text, keyAt, string.Join(", ", ThresholdSlice.Keys));
        int equalsAt = reader.SkipBlanks();
        if (!reader.Take('='))
            throw VerdictsErrors.InvalidThreshold(reader.Text, equalsAt, "'='");
        int valueAt = reader.SkipBlanks();
        string value = reader.TakeWhile(c => c != '}').Trim().Trim('\'', '"');
        if (value.Length == 0)
            throw VerdictsErrors.InvalidThreshold(reader.Text, valueAt, "a value");
        int endAt = reader.Position;
        return reader.Take('}')
            ? new ThresholdSlice(key.ToLowerInvariant(), value)
            : throw VerdictsErrors.InvalidThreshold(reader.Text, endAt, "'}'");
    }

    private static string ReadOperator(Reader reader)
    {
        int at = reader.SkipBlanks();
        string comparison = reader.TakeWhile(c => c is '<' or '>' or '=' or '!');
        return comparison is "<" or "<=" or ">" or ">="
            ? comparison
            : throw VerdictsErrors.InvalidThreshold(reader.Text, at, "<, <=, > or >=");
    }

    private static double ReadLimit(Reader reader, Figure figure)
    {
        int at = reader.SkipBlanks();
        string number = reader.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+');
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit))
            throw VerdictsErrors.InvalidThreshold(reader.Text, at, "a number such as 30 or 0.5");
        int unitAt = reader.SkipBlanks();
        string unit = reader.TakeWhile(c => !char.IsWhiteSpace(c));
        int endAt = reader.SkipBlanks();
        if (!reader.AtEnd)
            throw VerdictsErrors.InvalidThreshold(reader.Text, endAt, "the end");
        switch (figure.Unit)
        {
            case "s" when Seconds.TryGetValue(unit, out double scale):
                return limit * scale;
            case "%" when unit.Length == 0 && limit is > 0 and <= 1:
                throw VerdictsErrors.AmbiguousShare(reader.Text, at, figure.Name, number);
            case "%" when unit is "" or "%":
            case "" when unit.Length == 0:
            case "/s" when unit is "" or "/s":
                return limit;
            default:
                throw VerdictsErrors.InvalidThreshold(reader.Text, unitAt, figure.Unit switch
                {
                    "s" => "ms, s, m, or the end (seconds)",
                    "" => "the end: this figure has no unit",
                    _ => $"{figure.Unit}, or the end",
                });
        }
    }

    /// <summary>Parts at each <c>;</c> outside of braces: a question's id may hold one.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        bool inBraces = false;
        for (int i = 0; i < text.Length; i++)
        {
            inBraces = text[i] == '{' || (inBraces && text[i] != '}');
            if (text[i] != ';' || inBraces)
                continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }

    // k6 writes a percentile as p(95).
    [GeneratedRegex(@"^\s*p\(\s*(?<percent>[1-9]\d?(?:\.\d{1,2})?)\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PercentileOfOthers();

    private sealed class Reader(string text)
    {
        public string Text => text;

        public int Position { get; private set; }

        public bool AtEnd => Position == text.Length;

        public int SkipBlanks()
        {
            TakeWhile(char.IsWhiteSpace);
            return Position;
        }

        public string TakeWhile(Func<char, bool> belongs)
        {
            int start = Position;
            while (!AtEnd && belongs(text[Position]))
                Position++;
            return text[start..Position];
        }

        public bool Take(char wanted)
        {
            bool found = !AtEnd && text[Position] == wanted;
            Position += found ? 1 : 0;
            return found;
        }
    }
}
