using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// <c>evaluations.jsonl</c>: evaluations of the benchmarks before, during and after a run, one a line. There where they were wanted.
/// </summary>
internal static class EvaluationFile
{
    /// <summary>The evaluations; none where none was wanted.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<Evaluation> Read(RunFolder folder, Action<string>? warn) =>
        [.. JsonLinesReader.Read(folder.EvaluationsPath, RunJson.Lines.Evaluation, IsSound, warn).Select(Redact)];

    /// <summary>Writes all of them anew, whole or not at all.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="evaluations">The evaluations.</param>
    /// <exception cref="GenieLoadException"><c>FolderNotFound</c>, <c>FileNotWritable</c>.</exception>
    public static void Write(RunFolder folder, IEnumerable<Evaluation> evaluations) => OwnerFile.Write(
        folder.EvaluationsPath,
        stream =>
        {
            foreach (Evaluation evaluation in evaluations)
            {
                JsonSerializer.Serialize(stream, evaluation, RunJson.Lines.Evaluation);
                stream.WriteByte((byte)'\n');
            }
        },
        overwrite: true);

    /// <summary>Whether its counts and instants can be such: files come from other machines and hands.</summary>
    private static bool IsSound(Evaluation evaluation) =>
        evaluation is { EvaluationId: not null, WorkspaceUrl: not null, SpaceId: not null, Status: not null, Results: not null }
        && int.Min(evaluation.QuestionCount, int.Min(evaluation.GoodCount, evaluation.BadCount)) >= 0 && evaluation.NeedsReviewCount >= 0
        && (long)evaluation.GoodCount + evaluation.BadCount + evaluation.NeedsReviewCount <= evaluation.QuestionCount
        && RunFileChecks.IsInstant(evaluation.StartedAt) && RunFileChecks.IsInstant(evaluation.EndedAt ?? evaluation.StartedAt)
        && evaluation.DurationSeconds is null or (>= 0 and <= 1e9)
        && evaluation.UnderLoadPercent is null or (>= 0 and <= 100);

    // The interval follows from the counts.
    private static Evaluation Redact(Evaluation read) => EvaluationAccuracy.WithInterval(EvaluationGate.RedactWhole(read));
}
