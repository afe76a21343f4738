using System.Reflection;
using CsvHelper;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// Writes rows as CSV (RFC 4180, UTF-8): a column per property in their order, instants in ISO 8601 with milliseconds, numbers with a
/// point, an empty cell where there is no value.
/// </summary>
/// <typeparam name="T">Type of the rows.</typeparam>
internal static class RowCsv<T>
{
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // Texts are guarded one by one (CsvText); numbers stay numbers, negative ones too.
    private static readonly CsvWriterOptions Options = new();

    private static readonly PropertyInfo[] Columns =
        [.. typeof(T).GetProperties().OrderBy(property => property.MetadataToken)];

    private static readonly Action<CsvWriter, T>[] Cells = [.. Columns.Select(CellOf)];

    /// <summary>Writes header and rows; many rows are made into text on all processors.</summary>
    public static void Write(IEnumerable<T> rows, Stream stream)
    {
        using CsvWriter csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteHeader(Columns.Select(column => column.Name).ToArray());
        csv.ParallelWrite(rows, Write, Environment.ProcessorCount);
    }

    private static void Write(CsvWriter csv, T row)
    {
        foreach (Action<CsvWriter, T> write in Cells)
            write(csv, row);
        csv.EndRecord();
    }

    /// <summary>Writes the cells of a column; a value of any other type is boxed, and its type looked up each time.</summary>
    private static Action<CsvWriter, T> CellOf(PropertyInfo column)
    {
        Type type = column.PropertyType;
        return type == typeof(double) ? Of<double>((csv, value) => csv.WriteField(value))
            : type == typeof(double?) ? Of<double?>((csv, value) => csv.WriteField(value))
            : type == typeof(int) ? Of<int>((csv, value) => csv.WriteField(value))
            : type == typeof(int?) ? Of<int?>((csv, value) => csv.WriteField(value))
            : type == typeof(long?) ? Of<long?>((csv, value) => csv.WriteField(value))
            : type == typeof(bool) ? Of<bool>((csv, value) => csv.WriteField(value))
            : type == typeof(DateTime) ? Of<DateTime>((csv, value) => csv.WriteField(value.ToUniversalTime(), InstantFormat))
            : type == typeof(DateTime?) ? Of<DateTime?>((csv, value) => csv.WriteField(value?.ToUniversalTime(), InstantFormat))
            : type == typeof(string) ? Of<string?>((csv, value) => csv.WriteField(value is null ? null : CsvText.Guarded(value)))
            : (csv, row) => csv.WriteField(column.GetValue(row));

        Action<CsvWriter, T> Of<TValue>(Action<CsvWriter, TValue> write)
        {
            Func<T, TValue> get = column.GetMethod!.CreateDelegate<Func<T, TValue>>();
            return (csv, row) => write(csv, get(row));
        }
    }
}
