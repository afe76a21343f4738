using CsvHelper;
using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Questions;

/// <summary>Questions in CSV after RFC 4180, with a header line.</summary>
internal static class QuestionCsv
{
    private static readonly CsvReaderOptions Options = new()
    {
        // Not guessed: a question is full of characters that a guess could take for a separator.
        Separator = ',',
        // The first record is read as any other, because an error in it needs its line.
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
    };

    /// <summary>The rows of a CSV text.</summary>
    /// <exception cref="Model.GenieLoadException">
    /// <c>MissingQuestionColumn</c>, <c>DuplicateColumn</c>, <c>TooManyFields</c>, <c>InvalidCsv</c>.
    /// </exception>
    public static IEnumerable<QuestionRow> Parse(string text, string path)
    {
        using CsvReader reader = CsvReader.FromText(text, Options);
        Columns? columns = null;
        while (Next(reader, path))
        {
            string place = InputFile.Place(path, (int)reader.LineNumber)!;
            string[] record = reader.Current.ToArray();
            if (columns is null)
                columns = Columns.Of(record, place);
            else
                yield return columns.Row(record, place);
        }
    }

    private static bool Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException error)
        {
            throw QuestionsErrors.InvalidCsv(InputFile.Place(path, (int)error.LineNumber)!, error);
        }
    }

    /// <summary>Where the known columns stand.</summary>
    private sealed class Columns
    {
        private readonly int _count;
        private readonly Dictionary<string, int> _places;

        private Columns(int count, Dictionary<string, int> places)
        {
            _count = count;
            _places = places;
        }

        public static Columns Of(string[] header, string place)
        {
            Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < header.Length; i++)
            {
                string name = header[i].Trim();
                if (name.Length > 0 && !places.TryAdd(name, i))
                    throw QuestionsErrors.DuplicateColumn(name, place);
            }

            return places.ContainsKey("question") || places.ContainsKey("text")
                ? new Columns(header.Length, places)
                : throw QuestionsErrors.MissingQuestionColumn(place, [.. header.Select(name => name.Trim())]);
        }

        public QuestionRow Row(string[] record, string place)
        {
            // A comma in a question without quotes would silently cut the question.
            if (record.Skip(_count).Any(field => !string.IsNullOrWhiteSpace(field)))
                throw QuestionsErrors.TooManyFields(record.Length, _count, place);
            string? text = _places.ContainsKey("question") ? Field(record, "question") : Field(record, "text");
            return new QuestionRow(text, Field(record, "id"), Field(record, "weight"), Field(record, "conversation"), place);
        }

        private string? Field(string[] record, string name) =>
            _places.TryGetValue(name, out int place) && place < record.Length ? record[place] : null;
    }
}
