using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>
/// The folder of a merged run, written beside where it will stand and moved there when it is whole. What was not moved goes with this.
/// </summary>
internal sealed class MergedFolder : IDisposable
{
    private const string Prefix = ".merging-";
    private const string OldPrefix = ".replaced-";
    private const int BufferSize = 1 << 20;
    private const int InstantLength = 24;

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly RunFolder _folder;
    private readonly RunFolder _target;
    private readonly FileStream _results;
    private readonly ArrayBufferWriter<byte> _line = new(BufferSize);
    private readonly Utf8JsonWriter _json;
    private bool _isInPlace;

    private MergedFolder(RunFolder folder, RunFolder target)
    {
        _folder = folder;
        _target = target;
        _results = Open(folder.ResultsPath);
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = RunJson.Lines.Options.Encoder, SkipValidation = true });
    }

    /// <summary>Whether a folder is one that a merge writes, or left when it was killed.</summary>
    public static bool IsUnfinished(string path) =>
        Path.GetFileName(path) is string name
        && (name.StartsWith(Prefix, StringComparison.Ordinal) || name.StartsWith(OldPrefix, StringComparison.Ordinal));

    /// <summary>Makes it.</summary>
    /// <param name="target">Where the merged run is to be.</param>
    public static MergedFolder Create(RunFolder target)
    {
        string runs = Path.GetDirectoryName(target.Path)!;
        if (Path.GetDirectoryName(runs) is string root)
            RunFolder.CreateForOwnerOnly(root);
        RunFolder.CreateForOwnerOnly(runs);
        RemoveAbandoned(runs);
        RunFolder folder = new(Path.Combine(runs, $"{Prefix}{target.Name}-{Path.GetRandomFileName()}"));
        folder.Create();
        return new MergedFolder(folder, target);
    }

    /// <summary>Adds rows.</summary>
    public void AddRows(IReadOnlyList<QuestionResult> rows)
    {
        foreach (QuestionResult row in rows)
        {
            JsonSerializer.Serialize(_json, row, RunJson.Lines.QuestionResult);
            EndLine(_results);
        }
        WriteOut(_results, 0);
    }

    /// <summary>Copies what the shards keep beside their rows: responses and events, line by line.</summary>
    public void CopyLines(IReadOnlyList<ShardFolder> shards, string first)
    {
        using (FileStream responses = Open(_folder.ResponsesPath))
        {
            foreach (string path in shards.Select(shard => shard.Folder.ResponsesPath).Where(FileKind.IsOwnFile))
            {
                using FileStream own = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                TornLine.CopyWhole(own, responses);
            }
        }
        using FileStream events = Open(_folder.EventsPath);
        events.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {PrintableText.Line(first)}\n")));
        foreach (ShardFolder shard in shards.Where(shard => FileKind.IsOwnFile(shard.Folder.EventsPath)))
            CopyEvents(shard, events);
    }

    /// <summary>Writes the rest, and moves all into place.</summary>
    /// <param name="content">The run.</param>
    /// <param name="plan">The file of the plan.</param>
    /// <param name="replaces">Whether a run that stands there is replaced.</param>
    public void Complete(RunContent content, string plan, bool replaces)
    {
        _results.Flush(flushToDisk: true);
        _results.Dispose();
        using (Stream from = BoundedFile.OpenRead(plan, BoundedFile.WholeSize))
            OwnerFile.Write(_folder.PlanPath, from.CopyTo, overwrite: false);
        WriteMarks(content.Rows);
        if (content.Statements is { } statements)
            StatementFile.Write(_folder, statements.Values);
        if (content.Evaluations.Count > 0)
            EvaluationFile.Write(_folder, content.Evaluations);
        if (content.Expected is { } expected)
            ExpectedFile.Write(_folder, expected);
        foreach (RunChange change in content.Changes)
            SteeringFile.Append(_folder, new SteeringRecord(Guid.Empty, change));
        RunLock.Take(_folder, TimeProvider.System).Dispose();
        OwnerFile.Write(
            _folder.ManifestPath, stream => JsonSerializer.Serialize(stream, content.Manifest, RunJson.Pretty.RunManifest),
            overwrite: false);
        MoveIntoPlace(replaces);
        JournalDisk.Real.KeepNames(Path.GetDirectoryName(_target.Path)!);
    }

    /// <summary>Deletes what was not moved into place.</summary>
    public void Dispose()
    {
        _json.Dispose();
        _results.Dispose();
        if (!_isInPlace)
            Remove(_folder.Path);
    }

    private void MoveIntoPlace(bool replaces)
    {
        string old = Path.Combine(Path.GetDirectoryName(_target.Path)!, $"{OldPrefix}{_target.Name}-{Path.GetRandomFileName()}");
        bool isThere = replaces && Directory.Exists(_target.Path);
        if (isThere)
            Directory.Move(_target.Path, old);
        try
        {
            Directory.Move(_folder.Path, _target.Path);
        }
        catch (Exception exception) when (isThere && exception is IOException or UnauthorizedAccessException)
        {
            Directory.Move(old, _target.Path);
            throw;
        }
        _isInPlace = true;
        if (isThere)
            Remove(old);
    }

    private void WriteMarks(IReadOnlyCollection<QuestionResult> rows)
    {
        using FileStream marks = Open(_folder.StartedPath);
        int sent = 0;
        IEnumerable<StartedRecord> records = rows.Where(row => row.Attempts > 0).Select(row => new StartedRecord
        {
            Index = row.Index, StartedOffsetSeconds = row.StartedOffsetSeconds, ConversationId = row.ConversationId,
            MessageId = row.MessageId, Sent = ++sent,
        });
        foreach (StartedRecord record in records.Prepend(SentQuestions.First))
        {
            JsonSerializer.Serialize(_json, record, RunJson.Lines.StartedRecord);
            EndLine(marks);
        }
        WriteOut(marks, 0);
        marks.Flush(flushToDisk: true);
    }

    /// <summary>The events of a shard, each with the name of the shard behind its instant.</summary>
    private static void CopyEvents(ShardFolder shard, FileStream events)
    {
        byte[] name = Encoding.UTF8.GetBytes($"[shard {shard}] ");
        using Stream own = BoundedFile.OpenRead(shard.Folder.EventsPath, BoundedFile.LinesSize);
        BoundedLines lines = new(own, JsonLinesReader.MaximumLineBytes);
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            int end = line.Length > InstantLength && line[InstantLength] == (byte)' ' ? InstantLength + 1 : 0;
            events.Write(line[..end]);
            events.Write(name);
            events.Write(line[end..]);
            events.WriteByte((byte)'\n');
        }
    }

    private void EndLine(FileStream file)
    {
        _json.Flush();
        _json.Reset();
        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
        WriteOut(file, BufferSize / 2);
    }

    private void WriteOut(FileStream file, int moreThan)
    {
        if (_line.WrittenCount <= moreThan)
            return;
        file.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    private static FileStream Open(string path) =>
        OwnerFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);

    private static void RemoveAbandoned(string runs)
    {
        foreach (string path in Directory.EnumerateDirectories(runs).Where(IsUnfinished))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(path) > Abandoned)
                Remove(path);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has a name that no run has, and the next merge tries again.
        }
    }
}
