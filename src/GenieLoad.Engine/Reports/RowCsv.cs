using System.Collections.Concurrent;
using System.Reflection;
using CsvHelper;
using GenieLoad.Engine.Concurrency;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// Writes rows as CSV (RFC 4180, UTF-8): a column per property in their order, instants in ISO 8601 with milliseconds, numbers with a
/// point, an empty cell where there is no value.
/// </summary>
/// <typeparam name="T">Type of the rows.</typeparam>
internal static class RowCsv<T>
{
    // Some hundred kilobytes: much more than it costs to hand a piece over.
    private const int RowsOfPiece = 256;

    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly int MostPieces = 2 * Environment.ProcessorCount;

    // Texts are guarded one by one (CsvText); numbers stay numbers, negative ones too.
    private static readonly CsvWriterOptions Options = new();

    private static readonly PropertyInfo[] Columns =
        [.. typeof(T).GetProperties().OrderBy(property => property.MetadataToken)];

    // Reflection for each cell took most of the time of a large file.
    private static readonly Func<T, object?>[] Cells = [.. Columns.Select(CellOf)];

    /// <summary>Writes header and rows; pieces of many rows are made on all processors.</summary>
    public static void Write(IEnumerable<T> rows, Stream stream)
    {
        using (CsvWriter header = CsvWriter.Create(stream, Options, leaveOpen: true))
            header.WriteHeader(Columns.Select(column => column.Name).ToArray());
        ConcurrentBag<PieceWriter> idle = [];
        Task<PieceWriter> Begin(T[] some) => Task.Run(() =>
        {
            PieceWriter writer = idle.TryTake(out PieceWriter? used) ? used : new PieceWriter();
            Write(some, writer.Csv);
            return writer;
        });
        foreach (Task<PieceWriter> piece in Ahead.Of(rows.Chunk(RowsOfPiece), Begin, _ => MostPieces))
        {
            PieceWriter writer = piece.GetAwaiter().GetResult();
            writer.MoveTo(stream);
            idle.Add(writer);
        }
        foreach (PieceWriter writer in idle)
            writer.Dispose();
    }

    private static void Write(T[] rows, CsvWriter csv)
    {
        foreach (T row in rows)
        {
            foreach (Func<T, object?> cell in Cells)
            {
                object? value = cell(row);
                if (value is DateTime instant)
                    csv.WriteField(instant.ToUniversalTime(), InstantFormat);
                else if (value is string text)
                    csv.WriteField(CsvText.Guarded(text));
                else
                    csv.WriteField(value);
            }

            csv.EndRecord();
        }
        csv.Flush();
    }

    private static Func<T, object?> CellOf(PropertyInfo column) => (Func<T, object?>)typeof(RowCsv<T>)
        .GetMethod(nameof(Boxed), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(column.PropertyType)
        .Invoke(null, [column])!;

    private static Func<T, object?> Boxed<TValue>(PropertyInfo column)
    {
        Func<T, TValue> get = column.GetMethod!.CreateDelegate<Func<T, TValue>>();
        return row => get(row);
    }

    /// <summary>Writes pieces one after the other: what the library learns of values takes it longer than the rows of one piece.</summary>
    private sealed class PieceWriter : IDisposable
    {
        private readonly MemoryStream _records = new();

        public PieceWriter() => Csv = CsvWriter.Create(_records, Options, leaveOpen: true);

        public CsvWriter Csv { get; }

        public void MoveTo(Stream stream)
        {
            _records.WriteTo(stream);
            _records.SetLength(0);
        }

        public void Dispose()
        {
            Csv.Dispose();
            _records.Dispose();
        }
    }
}
