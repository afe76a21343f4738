using System.Globalization;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>
/// Reads the verdicts of an evaluation, each by a call of its own. What cannot be read is said, and never fails the rest.
/// </summary>
/// <param name="client">Way to the workspace.</param>
/// <param name="spaceId">The space.</param>
/// <param name="evaluationId">The evaluation.</param>
/// <param name="policy">Of the calls.</param>
internal sealed class EvaluationReader(GenieApiClient client, string spaceId, string evaluationId, Func<CallPolicy> policy)
{
    private const int AtOnce = 4;

    /// <summary>The results, and what of them could not be read; <see langword="null"/> for nothing.</summary>
    /// <param name="stop">Ends it at once.</param>
    public async Task<(IReadOnlyList<EvaluationResult> Results, string? Unread)> ReadAsync(CancellationToken stop)
    {
        List<EvalResult> listed = [];
        string? unlisted = null;
        try
        {
            await foreach (EvalResult result in client.ListEvaluationResultsAsync(spaceId, evaluationId, policy(), stop)
                .ConfigureAwait(false))
                listed.Add(result);
        }
        catch (Exception e) when (e is ApiException or GenieLoadException)
        {
            unlisted = e.Message;
        }
        List<EvaluationResult> results = [];
        string? trouble = null;
        int unread = 0;
        foreach (EvalResult[] some in listed.Chunk(AtOnce))
        {
            (EvaluationResult Result, string? Trouble, bool IsRead)[] read =
                await Task.WhenAll(some.Select(one => ReadAsync(one, hasTrouble: trouble is not null, stop))).ConfigureAwait(false);
            results.AddRange(read.Select(one => one.Result));
            unread += read.Count(one => !one.IsRead);
            trouble ??= read.FirstOrDefault(one => one.Trouble is not null).Trouble;
        }
        string[] parts =
        [
            .. unlisted is null ? Array.Empty<string>() : [$"the list of results was not read to its end: {unlisted.TrimEnd('.')}"],
            .. unread == 0 ? Array.Empty<string>() : [string.Create(
                CultureInfo.InvariantCulture,
                $"{unread} of {listed.Count} verdicts were not read{(trouble is null ? "" : ": ")}{trouble}")],
        ];
        return (results, parts.Length == 0 ? null : string.Join("; ", parts).TrimEnd('.') + ".");
    }

    private async Task<(EvaluationResult Result, string? Trouble, bool IsRead)> ReadAsync(
        EvalResult listed, bool hasTrouble, CancellationToken stop)
    {
        // A service that does not answer one is not asked for hundreds more.
        if (hasTrouble || ServiceId.OrNull(listed.ResultId) is not string id)
            return (ResultOf(listed, listed), null, false);
        try
        {
            EvalResult details = (await client.GetEvaluationResultAsync(spaceId, evaluationId, id, policy(), stop)
                .ConfigureAwait(false)).Value;
            return (ResultOf(listed, details), null, true);
        }
        catch (ApiException e)
        {
            return (ResultOf(listed, listed), e.Message, false);
        }
    }

    private static EvaluationResult ResultOf(EvalResult listed, EvalResult details) => EvaluationGate.Redact(new EvaluationResult
    {
        ResultId = listed.ResultId ?? details.ResultId,
        BenchmarkId = details.BenchmarkQuestionId ?? listed.BenchmarkQuestionId,
        Question = details.Question ?? listed.Question,
        Verdict = details.Assessment,
        Reasons = details.AssessmentReasons is { Count: > 0 } reasons ? string.Join(", ", reasons) : null,
        IsManual = details.ManualAssessment,
        ExpectedSql = SqlOf(details.ExpectedResponse) ?? details.BenchmarkAnswer ?? listed.BenchmarkAnswer,
        ActualSql = SqlOf(details.ActualResponse),
    });

    // A text may repeat data of the answer.
    private static string? SqlOf(List<EvalResponse>? responses) =>
        responses?.FirstOrDefault(response => response is { ResponseType: "SQL", Response: not null })?.Response;
}
