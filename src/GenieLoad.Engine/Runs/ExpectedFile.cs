using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary><c>expected.jsonl</c>: what the expected SQL of a run gave at its start and at its end. There once it was run again.</summary>
internal static class ExpectedFile
{
    private static readonly RedactedRecord<ExpectedAnswer> Texts = new(
        nameof(ExpectedAnswer.QuestionId), nameof(ExpectedAnswer.Connection), nameof(ExpectedAnswer.State),
        nameof(ExpectedAnswer.ResultSignature));

    /// <summary>The expected answers; <see langword="null"/> where nobody has run the SQL again.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ExpectedAnswer>? Read(RunFolder folder, Action<string>? warn) => File.Exists(folder.ExpectedPath)
        ? [.. JsonLinesReader.Read(folder.ExpectedPath, RunJson.Lines.ExpectedAnswer, IsSound, warn).Select(Texts.Redact)]
        : null;

    /// <summary>Writes all of them anew, whole or not at all.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="answers">The expected answers.</param>
    /// <exception cref="GenieLoadException"><c>FolderNotFound</c>, <c>FileNotWritable</c>.</exception>
    public static void Write(RunFolder folder, IEnumerable<ExpectedAnswer> answers) => OwnerFile.Write(
        folder.ExpectedPath,
        stream =>
        {
            foreach (ExpectedAnswer answer in answers)
            {
                JsonSerializer.Serialize(stream, answer, RunJson.Lines.ExpectedAnswer);
                stream.WriteByte((byte)'\n');
            }
        },
        overwrite: true);

    private static bool IsSound(ExpectedAnswer answer) => answer is { QuestionId: not null, State: not null };
}
