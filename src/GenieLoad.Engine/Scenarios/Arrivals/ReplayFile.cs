using System.Globalization;
using CsvHelper;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Questions;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>
/// Recorded instants: a <c>.csv</c> with the column <c>PlannedOffsetSeconds</c>, as <c>Export-GenieRun</c> writes it, or
/// <c>OffsetSeconds</c>; or any other text with one offset in seconds a line, where blank lines and lines that begin with <c>#</c> are
/// skipped.
/// </summary>
internal static class ReplayFile
{
    private static readonly string[] ColumnNames = ["plannedOffsetSeconds", "offsetSeconds"];

    /// <summary>The offsets, in seconds, in rising order, counted from the first: the replay begins with an arrival.</summary>
    /// <exception cref="Model.GenieLoadException">
    /// <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>, <c>InvalidCsv</c>, <c>InvalidReplayOffset</c>,
    /// <c>NoReplayOffset</c>.
    /// </exception>
    public static double[] Read(string path)
    {
        string text = InputFile.ReadText(path);
        bool isCsv = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        double[] offsets = [.. (isCsv ? FromCsv(text, path) : FromLines(text, path)).Order()];
        if (offsets.Length is 0 or > ScenarioRules.MaximumQuestionCount)
            throw ScenariosErrors.NoReplayOffset(path, offsets.Length);
        return Array.ConvertAll(offsets, offset => offset - offsets[0]);
    }

    private static IEnumerable<double> FromLines(string text, string path)
    {
        using StringReader reader = new(text);
        for (int number = 1; reader.ReadLine() is string line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#'))
                yield return Offset(line.Trim(), path, number);
        }
    }

    private static IEnumerable<double> FromCsv(string text, string path)
    {
        using CsvReader reader = CsvReader.FromText(
            text, new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true });
        int? column = null;
        while (Next(reader, path))
        {
            string[] record = reader.Current.ToArray();
            int line = (int)reader.LineNumber;
            if (column is null)
            {
                column = Array.FindIndex(record, name => ColumnNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));
                if (column < 0)
                    throw ScenariosErrors.NoReplayOffset(path, 0);
            }
            else if (record.Length > column)
            {
                yield return Offset(record[column.Value], path, line);
            }
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

    private static double Offset(string text, string path, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && seconds is >= 0 and <= ScenarioRules.MaximumDurationSeconds
            ? seconds
            : throw ScenariosErrors.InvalidReplayOffset(InputFile.Place(path, line)!);
}
