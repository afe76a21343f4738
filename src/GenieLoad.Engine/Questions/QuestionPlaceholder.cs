using System.Text.RegularExpressions;
using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// Parameters in a question and in its SQL, such as <c>:region</c>. Nobody says what stands for them, so that a question with one would be
/// asked with the name in place of a value.
/// </summary>
internal static partial class QuestionPlaceholder
{
    /// <summary>A placeholder in a question; <see langword="null"/> for none.</summary>
    /// <param name="question">The question.</param>
    /// <param name="sql">Its SQL; <see langword="null"/> without any.</param>
    /// <param name="parameters">Names of its parameters.</param>
    /// <returns>
    /// <c>:name</c> or <c>{name}</c> of a parameter; and whether anybody lists it or not, <c>:name</c> that the SQL has too or that begins
    /// a word, and <c>{{name}}</c>.
    /// </returns>
    public static string? In(string question, string? sql, IReadOnlySet<string> parameters)
    {
        HashSet<string> inSql = sql is null ? [] : [.. Marker().Matches(sql).Select(match => match.Value)];
        foreach (Match match in Marker().Matches(question))
        {
            if (inSql.Contains(match.Value) || parameters.Contains(match.Groups["name"].Value))
                return match.Value;
        }
        return Braced().Matches(question).FirstOrDefault(match => parameters.Contains(match.Groups["name"].Value))?.Value
            ?? (Written().Match(question) is { Success: true } written ? written.Value : null);
    }

    /// <summary>Whether an SQL needs values for parameters.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="parameters">Names of its parameters.</param>
    public static bool IsIn(string sql, IReadOnlySet<string> parameters) =>
        parameters.Count > 0 && Marker().Matches(sql).Any(match => parameters.Contains(match.Groups["name"].Value));

    /// <summary>The names of the parameters of an entry.</summary>
    /// <param name="parameters">Its list; whatever is no parameter in it is passed over.</param>
    public static IReadOnlySet<string> Names(DataValue? parameters) =>
        (parameters?.Items ?? []).Select(parameter => parameter.Member("name")?.Value as string).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    // Neither the time 10:30, nor a cast (::int), nor a path into JSON (column:field).
    [GeneratedRegex(@"(?<![\w:]):(?<name>[\p{L}_]\w*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Marker();

    // As nobody writes anything else: a colon before a word and behind none, as in "of :region", but not ":weight::int", and not ":)".
    [GeneratedRegex(
        @"(?<=^|[\s(\[""']):[\p{L}_]\w*(?![\w:])|\{\{\s*[\p{L}_]\w*\s*\}\}",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Braced();
}
