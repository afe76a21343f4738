using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running.Ways;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Brings one question to its end, whatever its way is, and whatever the end.</summary>
internal sealed class QuestionRunner(GenieApiClient client, string spaceId, LoadTestOptions options, AnswerSigner signer)
{
    // The system's timers run on a coarser clock than durations are measured with: 16 ms on Windows. What ends this close to the
    // deadline ended because of it.
    private const double TimerTickSeconds = 0.05;

    private readonly TimeProvider _time = client.Time;
    private readonly ChatWay _chat = new(client, spaceId, options);
    private readonly AgentWay _agent = new(client, spaceId, options);

    private long Now => _time.GetTimestamp();

    /// <summary>Runs a question to its end, whatever it is, and records everything in its trace. Throws nothing.</summary>
    /// <param name="trace">Of the question.</param>
    /// <param name="seen">Told of every status as it is seen.</param>
    /// <param name="stop">Ends it at once, as <c>Interrupted</c>.</param>
    public async Task RunAsync(QuestionTrace trace, Action<QuestionTrace, string> seen, CancellationToken stop)
    {
        IQuestionWay way = trace.Question.Mode == QuestionMode.Agent ? _agent : _chat;
        trace.Calls.Deadline = _time.GetTimestamp() + (long)(options.QuestionTimeoutSeconds * _time.TimestampFrequency);
        try
        {
            if (await way.GoAsync(trace, seen, stop).ConfigureAwait(false))
            {
                // Behind its end, so that no time of the question holds it.
                if (trace.Outcome == Outcome.Completed)
                    await signer.SignAsync(trace, _time).ConfigureAwait(false);
                return;
            }
            trace.End(
                Outcome.TimedOut, Now, "QUESTION_TIMEOUT",
                FormattableString.Invariant($"No answer within {options.QuestionTimeoutSeconds:0.#} s; last status {trace.Status}"));
            // Behind its end as well.
            await way.LeaveAsync(trace, stop).ConfigureAwait(false);
            trace.LeftAt = Now;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (trace.Calls.Record.IsUnderway)
            {
                trace.End(
                    Outcome.Ambiguous, Now, AskedQuestions.RunEndedErrorType,
                    "The run ended while the question was being sent; whether it was accepted is not known");
            }
            else
                trace.End(Outcome.Interrupted, Now, errorText: "The run ended while the question was in flight");
        }
        catch (ApiException e) when (e.BecauseRunEnds)
        {
            trace.End(Outcome.Interrupted, Now, e.Failure.ErrorType, $"{e.Call}: {e.Message}", e.Failure.HttpStatus);
        }
        catch (ApiException e)
        {
            trace.End(OutcomeOf(e, trace), Now, e.Failure.ErrorType, $"{e.Call}: {e.Message}", e.Failure.HttpStatus);
        }
        catch (Exception e)
        {
            // A fault of our own must not take the other questions with it; it is recorded where everybody sees it.
            trace.End(Outcome.Failed, Now, "GENIELOAD_FAULT", $"GenieLoad itself failed: {e.Message}");
        }
    }

    private string OutcomeOf(ApiException e, QuestionTrace trace) => e.Failure.Kind switch
    {
        _ when e.IsAmbiguous => Outcome.Ambiguous,
        FailureKind.Throttled => Outcome.Throttled,
        _ when e.AskedForTooLongAWait => Outcome.Throttled,
        FailureKind.Rejected => Outcome.Rejected,
        FailureKind.Transport when _time.GetElapsedTime(Now, trace.Calls.Deadline!.Value).TotalSeconds <= TimerTickSeconds =>
            Outcome.TimedOut,
        _ => Outcome.Unreachable,
    };
}
