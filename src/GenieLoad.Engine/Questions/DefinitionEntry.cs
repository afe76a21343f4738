using System.Globalization;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>A sample, benchmark or example of a space's definition.</summary>
internal static class DefinitionEntry
{
    private const string LeftOut = "it is left out";

    /// <summary>
    /// Whether a value is one, and not a question of a question file: its question is in parts, or its answer is beside it.
    /// </summary>
    /// <param name="value">The value.</param>
    public static bool Is(DataValue value) => value.Member("question") is { } question
        && (question.Items is not null || value.Member("answer")?.Items is not null || value.Member("sql")?.Items is not null);

    /// <summary>Reads one. Its question has no id yet.</summary>
    /// <param name="value">The entry; a text alone is its question.</param>
    /// <param name="origin">Which list it is of.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="leftOut">Told of what cannot be used.</param>
    /// <returns><see langword="null"/> for what can be no question.</returns>
    public static Question? Read(DataValue value, string origin, DefinitionPlace place, LeftOutEntries leftOut)
    {
        string where = place.Text(value.Line);
        DataValue? written = value.IsObject ? value.Member("question") : value;
        if (TextParts.Join(written) is not string joined)
        {
            string what = !value.IsObject ? $"there is no question here, but {value.Kind}"
                : written is null ? "there is no question here, but an object without 'question'"
                : written.Items is null ? $"'question' is {written.Kind}, not a list of texts"
                : "'question' has a part that is no text";
            leftOut.Add(where, $"{what}; {LeftOut}");
            return null;
        }
        string text = joined.Trim();
        IReadOnlySet<string> parameters = QuestionPlaceholder.Names(value.Member("parameters"));
        string? sql = Sql(value, where, leftOut);
        if (text.Length is 0 or > Question.MaximumTextLength)
        {
            leftOut.Add(where, text.Length == 0 ? $"the question is empty; {LeftOut}"
                : string.Create(CultureInfo.InvariantCulture,
                    $"the question has {text.Length:N0} characters, and Genie takes at most {Question.MaximumTextLength:N0}; {LeftOut}"));
            return null;
        }
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            leftOut.Add(where, $"the question contains the character U+0000 (NUL); {LeftOut}");
            return null;
        }
        if (QuestionPlaceholder.In(text, sql, parameters) is string placeholder)
        {
            leftOut.Add(where, $"the question contains the parameter {ShownValue.Of(placeholder)}, which has no value; {LeftOut}");
            return null;
        }
        // Nobody could run it to see what is right.
        if (sql is not null && QuestionPlaceholder.IsIn(sql, parameters))
        {
            leftOut.Add(where, "its SQL needs values for parameters; the question is read without the SQL");
            sql = null;
        }
        return new Question { Id = "", Text = text, Origin = origin, SourceId = SourceId(value), ExpectedSql = sql };
    }

    private static string? Sql(DataValue value, string where, LeftOutEntries leftOut)
    {
        DataValue? written = value.Member("sql");
        if (written is null && value.Member("answer") is { Value: not null } answer)
        {
            if (answer.Items is null)
                leftOut.Add(where, $"'answer' is {answer.Kind}, not a list; the question is read without it");
            // A right answer in words is nothing that can be run.
            written = answer.Items?.FirstOrDefault(one =>
                string.Equals(one.Member("format")?.Value as string, "SQL", StringComparison.OrdinalIgnoreCase))?.Member("content");
        }
        if (written?.Value is null)
            return null;
        if (TextParts.Join(written) is not string sql)
        {
            leftOut.Add(where, $"its SQL is {written.Kind}, not a list of texts; the question is read without it");
            return null;
        }
        sql = sql.Trim();
        return sql.Length == 0 ? null : sql;
    }

    private static string? SourceId(DataValue value) =>
        Convert.ToString(value.Member("id")?.Scalar, CultureInfo.InvariantCulture)?.Trim() is { Length: > 0 } id
            && QuestionList.IsLabel(id) && value.Member("id")!.Value is string or double ? id : null;
}
