using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Statements;

namespace GenieLoad.Engine.Runs;

/// <summary><c>statements.jsonl</c>: what the query history says of the statements of a run. There once somebody has asked it.</summary>
internal static class StatementFile
{
    /// <summary>The statements by their ids; <see langword="null"/> where nobody has asked yet.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Dictionary<string, StatementRecord>? Read(RunFolder folder, Action<string>? warn)
    {
        if (!File.Exists(folder.StatementsPath))
            return null;
        Dictionary<string, StatementRecord> records = new(StringComparer.Ordinal);
        foreach (StatementRecord record in JsonLinesReader.Read(
            folder.StatementsPath, RunJson.Lines.StatementRecord, record => record.IsSound(), warn))
            records[record.StatementId] = StatementRecord.Redact(record);
        return records;
    }

    /// <summary>Writes all of them anew, whole or not at all.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="records">The statements.</param>
    /// <exception cref="Model.GenieLoadException"><c>FolderNotFound</c>, <c>FileNotWritable</c>.</exception>
    public static void Write(RunFolder folder, IEnumerable<StatementRecord> records) => OwnerFile.Write(
        folder.StatementsPath,
        stream =>
        {
            foreach (StatementRecord record in records)
            {
                JsonSerializer.Serialize(stream, record, RunJson.Lines.StatementRecord);
                stream.WriteByte((byte)'\n');
            }
        },
        overwrite: true);
}
