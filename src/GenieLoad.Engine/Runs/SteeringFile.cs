using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary><c>steering.jsonl</c>: how a run was steered while it ran, one change a line; absent where nobody did.</summary>
internal static class SteeringFile
{
    /// <summary>The changes, in order.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<RunChange> Read(RunFolder folder, Action<string>? warn) =>
        [.. Records(folder, warn).Select(record => record.Change).Where(change => change.Change.Length > 0)];

    /// <summary>The answer to a request; <see langword="null"/> as long as there is none.</summary>
    public static RunChange? AnswerTo(Guid requestId, RunFolder folder) =>
        Records(folder, null).FirstOrDefault(record => record.RequestId == requestId)?.Change;

    /// <summary>Adds a line, which is on its way to the disk when this returns.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(RunFolder folder, SteeringRecord record)
    {
        using FileStream file = OwnerFile.Open(
            folder.SteeringPath, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete);
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Lines.SteeringRecord), (byte)'\n']);
    }

    private static IEnumerable<SteeringRecord> Records(RunFolder folder, Action<string>? warn) =>
        JsonLinesReader.Read(folder.SteeringPath, RunJson.Lines.SteeringRecord, RunFileChecks.IsSound, warn)
            .Select(record => record with { Change = ChangeGate.Redact(record.Change) });
}
