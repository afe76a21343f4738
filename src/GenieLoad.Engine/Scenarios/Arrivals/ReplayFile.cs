using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>
/// Recorded instants: a table with the column <c>PlannedOffsetSeconds</c>, as <c>Export-GenieRun</c> writes it, <c>OffsetSeconds</c>, or
/// <c>timeStamp</c>, as JMeter writes it; or any other text with one instant a line, where blank lines and lines that begin with
/// <c>#</c> are skipped. Instants are offsets in seconds, seconds or milliseconds since 1970, or dates with a time.
/// </summary>
internal static class ReplayFile
{
    private const string JMeterColumn = "timeStamp";

    private static readonly string[] ColumnNames = ["plannedOffsetSeconds", "offsetSeconds", JMeterColumn];

    /// <summary>The offsets, in seconds, in rising order, counted from the first: the replay begins with an arrival.</summary>
    /// <exception cref="Model.GenieLoadException">
    /// <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>, <c>InvalidCsv</c>, <c>InvalidReplayOffset</c>,
    /// <c>MixedReplayInstants</c>, <c>ReplayTooLong</c>, <c>ReplayIsXml</c>, <c>NoReplayOffset</c>.
    /// </exception>
    public static double[] Read(string path)
    {
        string text = InputFile.ReadPlainText(path);
        if (text.AsSpan().TrimStart() is ['<', ..])
            throw ScenariosErrors.ReplayIsXml(path);
        bool isTable = Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".jtl";
        (ReplayInstant Instant, string Place)[] read = [.. isTable ? FromTable(text, path) : FromLines(text, path)];
        if (read.Length is 0 or > ScenarioRules.MaximumQuestionCount)
            throw ScenariosErrors.NoReplayOffset(path, read.Length);
        string form = read[0].Instant.Form;
        foreach ((ReplayInstant instant, string place) in read)
        {
            if (instant.Form != form)
                throw ScenariosErrors.MixedReplayInstants(place, instant.Form, form);
        }

        decimal first = read.Min(one => one.Instant.Seconds);
        (ReplayInstant last, string lastPlace) = read.MaxBy(one => one.Instant.Seconds);
        return last.Seconds - first <= (decimal)ScenarioRules.MaximumDurationSeconds
            ? [.. read.Select(one => (double)(one.Instant.Seconds - first)).Order()]
            : throw ScenariosErrors.ReplayTooLong(lastPlace);
    }

    private static IEnumerable<(ReplayInstant Instant, string Place)> FromLines(string text, string path)
    {
        using StringReader reader = new(text);
        for (int number = 1; reader.ReadLine() is string line; number++)
        {
            string place = InputFile.Place(path, number)!;
            // No line has a second value that a comma could separate.
            if (!string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#'))
                yield return (ReplayInstant.Parse(line, '\n') ?? throw ScenariosErrors.InvalidReplayOffset(place), place);
        }
    }

    private static IEnumerable<(ReplayInstant Instant, string Place)> FromTable(string text, string path)
    {
        char delimiter = TableDelimiter.Of(text, TableFormat.Unknown, ColumnNames, []);
        int? column = null;
        bool isOfJMeter = false;
        foreach (TableRow row in TableRow.Read(text, path, delimiter))
        {
            if (column is null)
            {
                column = ColumnOf(row.Cells) ?? throw ScenariosErrors.NoReplayOffset(path, 0);
                isOfJMeter = row.Cells[column.Value].Trim().Equals(JMeterColumn, StringComparison.OrdinalIgnoreCase);
            }
            else if (row.Cells.Length > column)
            {
                ReplayInstant? instant = ReplayInstant.Parse(row.Cells[column.Value], delimiter);
                // JMeter counts milliseconds: small numbers would be taken for a thousand times as long.
                if (instant is null || (isOfJMeter && instant.Value.Form == ReplayInstant.Offset))
                    throw ScenariosErrors.InvalidReplayOffset(row.Place);
                yield return (instant.Value, row.Place);
            }
        }
    }

    private static int? ColumnOf(string[] header) => ColumnNames
        .Select(name => (int?)Array.FindIndex(header, cell => cell.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(place => place >= 0);
}
