using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Takes the secrets out of an evaluation, when it is made and again when it is read from a file.</summary>
internal static class EvaluationGate
{
    // The rest is what the service says.
    private static readonly RedactedRecord<Evaluation> Texts = new(
        nameof(Evaluation.WorkspaceUrl), nameof(Evaluation.SpaceId), nameof(Evaluation.When));

    private static readonly RedactedRecord<EvaluationResult> ResultTexts = new();

    /// <summary>The same evaluation, without secrets in its own texts.</summary>
    /// <param name="made">One that nobody else has seen yet.</param>
    public static Evaluation Redact(Evaluation made) => Texts.Redact(made);

    /// <summary>The same result, without secrets.</summary>
    /// <param name="made">One that nobody else has seen yet.</param>
    public static EvaluationResult Redact(EvaluationResult made) => ResultTexts.Redact(made);

    /// <summary>The same evaluation, without secrets in it and in its results.</summary>
    /// <param name="read">One that nobody else has seen yet.</param>
    public static Evaluation RedactWhole(Evaluation read)
    {
        foreach (EvaluationResult result in read.Results ?? new([]))
            Redact(result);
        return Redact(read);
    }

    /// <summary>The evaluation without what is asked and answered: ids, verdicts and reasons stay.</summary>
    /// <param name="evaluation">The evaluation.</param>
    public static Evaluation WithoutTexts(Evaluation evaluation) => evaluation with
    {
        Results = new RowList<EvaluationResult>(
        [
            .. evaluation.Results.Select(result => new EvaluationResult
            {
                ResultId = result.ResultId,
                BenchmarkId = result.BenchmarkId,
                Verdict = result.Verdict,
                Reasons = result.Reasons,
                IsManual = result.IsManual,
            }),
        ]),
    };
}
