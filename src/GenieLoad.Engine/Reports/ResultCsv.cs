using System.Reflection;
using CsvHelper;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// Writes the rows of a run as CSV (RFC 4180, UTF-8): a column per property of <see cref="QuestionResult"/> in their order, instants
/// in ISO 8601 with milliseconds, numbers with a point, an empty cell where there is no value.
/// </summary>
internal static class ResultCsv
{
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // Texts are guarded one by one (CsvText); numbers stay numbers, negative ones too.
    private static readonly CsvWriterOptions Options = new();

    private static readonly PropertyInfo[] Columns =
        [.. typeof(QuestionResult).GetProperties().OrderBy(property => property.MetadataToken)];

    /// <summary>Writes header and rows.</summary>
    public static void Write(LoadRun run, Stream stream)
    {
        using CsvWriter csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteHeader(Columns.Select(column => column.Name).ToArray());
        foreach (QuestionResult row in run.Results)
        {
            foreach (PropertyInfo column in Columns)
            {
                object? value = column.GetValue(row);
                if (value is DateTime instant)
                    csv.WriteField(instant.ToUniversalTime(), InstantFormat);
                else if (value is string text)
                    csv.WriteField(CsvText.Guarded(text));
                else
                    csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }
}
