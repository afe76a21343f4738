using CsvHelper;

namespace GenieLoad.Engine.DataFiles;

/// <summary>A row of a file of separated values (RFC 4180, with any delimiter).</summary>
/// <param name="Cells">Its values; a row may have fewer than the header, or more.</param>
/// <param name="Place">File and line on which it begins, for errors.</param>
internal sealed record TableRow(string[] Cells, string Place)
{
    /// <summary>
    /// The rows of a file, the header first, which is the first row with a value in it. Rows whose cells are all empty are none: Excel
    /// leaves them where something stood once.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="delimiter">What stands between two values.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidCsv</c>, while the rows are read.</exception>
    public static IEnumerable<TableRow> Read(string text, string path, char delimiter)
    {
        CsvReaderOptions options = new()
        {
            Separator = delimiter,
            DetectSeparatorHint = false,
            // The first record is read as any other, because an error in it needs its line.
            HasHeader = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        };
        using CsvReader reader = CsvReader.FromText(text, options);
        bool skips = TableDelimiter.Hint(text) is not null;
        while (Next(reader, path))
        {
            if (skips)
            {
                skips = false;
                continue;
            }
            string[] cells = reader.Current.ToArray();
            if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                yield return new TableRow(cells, InputFile.Place(path, (int)reader.LineNumber)!);
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
            throw DataFilesErrors.InvalidCsv(InputFile.Place(path, (int)error.LineNumber)!, error);
        }
    }
}
