using System.Runtime.CompilerServices;
using System.Text.Json;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The calls for the service's own evaluation of benchmarks. Each benchmark of one is asked, and billed, as a question.</summary>
public sealed partial class GenieApiClient
{
    /// <summary>
    /// Starts an evaluation. Never sent again when nobody knows whether it was accepted, whatever the retry options say: see
    /// <see cref="ApiFailure.FateUnknown"/>.
    /// </summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="benchmarkIds">The benchmarks; <see langword="null"/> for all.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<EvalRun>> StartEvaluationAsync(
        string spaceId, IReadOnlyList<string>? benchmarkIds, CallPolicy policy, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new EvalRunRequest(benchmarkIds), WireJson.Default.EvalRunRequest);
        // No submission: those are sent again where the user wants it so of questions.
        return SendAsync(
            Call(Operation.StartEvaluation, HttpMethod.Post, EvalRuns(spaceId)) with { Content = () => Json(json) },
            ReadEvaluation, policy, cancellationToken);
    }

    /// <summary>Reads all evaluations of a space, page by page.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<EvalRun> ListEvaluationsAsync(
        string spaceId, CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        var pages = Pages("evaluations");
        do
        {
            ApiReply<EvalRunPage> page = await SendAsync(
                Get(Operation.ListEvaluations, Page($"{EvalRuns(spaceId)}?page_size=100", token)),
                body => WireJson.Read(body, WireJson.Default.EvalRunPage), policy, cancellationToken).ConfigureAwait(false);
            foreach (EvalRun run in page.Value.EvalRuns?.OfType<EvalRun>() ?? [])
                yield return run;
            pages.Took(page.Body.Length);
            token = pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }

    /// <summary>Reads an evaluation: the poll.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="evaluationId">Id of the evaluation.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <param name="mayComeLater">Whether nobody has seen it yet, so that a 404 is tried again.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<EvalRun>> GetEvaluationAsync(
        string spaceId, string evaluationId, CallPolicy policy, CancellationToken cancellationToken, bool mayComeLater = false) =>
        SendAsync(
            Get(Operation.GetEvaluation, EvalRun(spaceId, evaluationId), mayComeLater), ReadEvaluation, policy, cancellationToken);

    /// <summary>Reads all results of an evaluation, page by page, without their verdicts.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="evaluationId">Id of the evaluation.</param>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<EvalResult> ListEvaluationResultsAsync(
        string spaceId, string evaluationId, CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        var pages = Pages("results of the evaluation");
        do
        {
            ApiReply<EvalResultPage> page = await SendAsync(
                Get(Operation.ListEvaluationResults, Page($"{EvalRun(spaceId, evaluationId)}/results?page_size=100", token)),
                body => WireJson.Read(body, WireJson.Default.EvalResultPage), policy, cancellationToken).ConfigureAwait(false);
            foreach (EvalResult result in page.Value.EvalResults?.OfType<EvalResult>() ?? [])
                yield return result;
            pages.Took(page.Body.Length);
            token = pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }

    /// <summary>Reads a result of an evaluation with its verdict.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="evaluationId">Id of the evaluation.</param>
    /// <param name="resultId">Id of the result.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<EvalResult>> GetEvaluationResultAsync(
        string spaceId, string evaluationId, string resultId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(Operation.GetEvaluationResult, $"{EvalRun(spaceId, evaluationId)}/results/{Id("ResultId", resultId)}"),
            body => WireJson.Read(body, WireJson.Default.EvalResult), policy, cancellationToken);

    private static string EvalRuns(string spaceId) => $"{Space(spaceId)}/eval-runs";

    private static string EvalRun(string spaceId, string evaluationId) => $"{EvalRuns(spaceId)}/{Id("EvaluationId", evaluationId)}";

    private static EvalRun ReadEvaluation(ReadOnlyMemory<byte> body) => WireJson.Read(body, WireJson.Default.EvalRun);
}
