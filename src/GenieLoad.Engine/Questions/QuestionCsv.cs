using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Questions;

/// <summary>Questions in a table of text (CSV), with a header line.</summary>
internal static class QuestionCsv
{
    /// <summary>The columns of which one holds the question.</summary>
    public static readonly string[] QuestionColumns = ["question", "text"];

    private static readonly string[] OtherColumns = ["id", "weight", "conversation", .. KnownFields.Names];

    /// <summary>The rows of a CSV text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Path of its file, for errors.</param>
    /// <param name="format">What is said of it.</param>
    /// <param name="tell">Told what was found out.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>MissingQuestionColumn</c>, <c>DuplicateColumn</c>, <c>TooManyFields</c>, <c>InvalidCsv</c>, <c>InvalidAskedAt</c>,
    /// <c>InvalidRecordedSeconds</c>.
    /// </exception>
    public static IEnumerable<QuestionRow> Parse(string text, string path, TableFormat format, Action<string>? tell)
    {
        char delimiter = TableDelimiter.Of(text, format, QuestionColumns, OtherColumns);
        Columns? columns = null;
        foreach (TableRow row in TableRow.Read(text, path, delimiter))
        {
            if (columns is not null)
            {
                yield return columns.Question(row);
                continue;
            }
            columns = Columns.Of(row, delimiter, format);
            tell?.Invoke($"{path}: the columns are separated by {TableDelimiter.InWords(delimiter)}.");
        }
    }

    /// <summary>Where the known columns stand, and how their cells are read.</summary>
    private sealed class Columns
    {
        private readonly int _count;
        private readonly Dictionary<string, int> _places;
        private readonly char _delimiter;
        private readonly TableFormat _format;

        private Columns(int count, Dictionary<string, int> places, char delimiter, TableFormat format)
        {
            _count = count;
            _places = places;
            _delimiter = delimiter;
            _format = format;
        }

        public static Columns Of(TableRow header, char delimiter, TableFormat format)
        {
            Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < header.Cells.Length; i++)
            {
                string name = header.Cells[i].Trim();
                if (name.Length > 0 && !places.TryAdd(name, i))
                    throw QuestionsErrors.DuplicateColumn(name, header.Place);
            }

            return QuestionColumns.Any(places.ContainsKey)
                ? new Columns(header.Cells.Length, places, delimiter, format)
                : throw QuestionsErrors.MissingQuestionColumn(header.Place, header.Cells, delimiter);
        }

        public QuestionRow Question(TableRow row)
        {
            // A delimiter in a question without quotes would silently cut the question.
            if (row.Cells.Skip(_count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
                throw QuestionsErrors.TooManyFields(row.Cells.Length, _count, _delimiter, row.Place);
            string? text = Cell(row, QuestionColumns.First(_places.ContainsKey));
            return new QuestionRow(text, Cell(row, "id"), Weight(row), Cell(row, "conversation"), row.Place)
            {
                Known = KnownFields.Read(name => Cell(row, name), row.Place),
            };
        }

        /// <summary>The number where it can be a weight, otherwise what stands there, which is then refused.</summary>
        private object? Weight(TableRow row) => Cell(row, "weight") is string text
            && _format.TryReadNumber(text, _delimiter, out double weight) && weight is > 0 and <= QuestionList.MaximumWeight
                ? weight
                : Cell(row, "weight");

        private string? Cell(TableRow row, string name) =>
            _places.TryGetValue(name, out int place) && place < row.Cells.Length ? row.Cells[place] : null;
    }
}
