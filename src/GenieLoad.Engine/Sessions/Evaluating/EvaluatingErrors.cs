using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>The errors of <c>Evaluating</c>; the name of a factory is the id of its error.</summary>
internal static class EvaluatingErrors
{
    public static GenieLoadException EvaluationDenied(string host, string spaceId, ApiException inner) => new(
        nameof(EvaluationDenied), ErrorKind.Permission,
        $"{host} does not let this credential evaluate the benchmarks of space '{spaceId}' (HTTP 403): {inner.Message}",
        "Ask for CAN EDIT on the space; CAN RUN is not enough. The evaluation API is in Beta: a workspace admin may have to enable it "
            + "under Previews.",
        spaceId, inner);

    public static GenieLoadException EvaluationOverBudget(int taken, int most) => new(
        nameof(EvaluationOverBudget), ErrorKind.InvalidInput,
        FormattableString.Invariant($"The evaluations ask {taken} benchmarks, and the budget allows {most} questions in all."),
        "Raise -MaximumQuestion or -MaximumCostDbu, or leave some of -Evaluate out.", taken);

    public static GenieLoadException EvaluationUnavailable(string host, ApiException inner) => new(
        nameof(EvaluationUnavailable), ErrorKind.NotFound,
        $"{host} has no evaluation API: {inner.Message}",
        "It is in Beta: ask a workspace admin to enable it under Previews, or evaluate the benchmarks on the page of the space.",
        host, inner);

    public static GenieLoadException EvaluationRefused(string spaceId, ApiException inner) => new(
        nameof(EvaluationRefused), ErrorKind.InvalidInput,
        $"The evaluation of space '{spaceId}' was refused: {inner.Message}",
        "Check that the space has benchmarks, and that -BenchmarkId names some of them.", spaceId, inner);

    public static GenieLoadException EvaluationStartUnknown(string spaceId, string? likely, string reason, Exception? inner) => new(
        nameof(EvaluationStartUnknown), ErrorKind.Connection,
        $"It is not known whether the evaluation of space '{spaceId}' was started: {reason}",
        likely is null
            ? "Look at the evaluations on the page of the space before you start another: each one asks all benchmarks."
            : $"Evaluation {likely} began at that time; it is probably this one. To get it: Invoke-GenieEvaluation -EvaluationId {likely}.",
        spaceId, inner);

    public static GenieLoadException EvaluationNotFound(string evaluationId, string spaceId, ApiException inner) => new(
        nameof(EvaluationNotFound), ErrorKind.NotFound,
        $"Space '{spaceId}' has no evaluation '{evaluationId}': {inner.Message}",
        "Check -EvaluationId and -SpaceId.", evaluationId, inner);

    public static GenieLoadException EvaluationNotDone(Evaluation evaluation) => new(
        nameof(EvaluationNotDone), ErrorKind.ServiceFailure,
        FormattableString.Invariant(
            $"Evaluation {evaluation.EvaluationId} ended as {evaluation.Status}, with verdicts for ")
            + FormattableString.Invariant($"{evaluation.QuestionCount - evaluation.OpenCount} of {evaluation.QuestionCount} benchmarks."),
        "Look at it on the page of the space, then evaluate again. -BenchmarkId evaluates only some benchmarks.", evaluation);

    public static GenieLoadException EvaluationTimedOut(Evaluation evaluation, double seconds) => new(
        nameof(EvaluationTimedOut), ErrorKind.Timeout,
        FormattableString.Invariant($"Evaluation {evaluation.EvaluationId} did not end within {seconds:0.#} s; it goes on. ")
            + FormattableString.Invariant($"{evaluation.QuestionCount - evaluation.OpenCount} of {evaluation.QuestionCount} benchmarks ")
            + "are judged.",
        $"To wait on: Invoke-GenieEvaluation -EvaluationId {evaluation.EvaluationId}, with -Timeout for longer.", evaluation);

    public static GenieLoadException EvaluationLost(Evaluation evaluation, GenieLoadException reason) => new(
        nameof(EvaluationLost), reason.Kind,
        $"Evaluation {evaluation.EvaluationId} could not be followed to its end: {reason.Message}",
        $"It goes on. To get it later: Invoke-GenieEvaluation -EvaluationId {evaluation.EvaluationId}.", evaluation, reason);

    public static GenieLoadException ResultsUnread(Evaluation evaluation) => new(
        nameof(ResultsUnread), ErrorKind.Protocol,
        $"Evaluation {evaluation.EvaluationId} is over, and not all of its verdicts could be read: {evaluation.Reason}",
        $"To read them again: Invoke-GenieEvaluation -EvaluationId {evaluation.EvaluationId}.", evaluation);
}
