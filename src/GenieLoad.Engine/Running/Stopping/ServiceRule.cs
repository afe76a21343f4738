using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running.Ways;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>
/// Ends a run that the service refuses in a way that every further question would meet too: a credential that is no good, a missing right,
/// space or warehouse, a budget used up at the service. Going on would only fill the report, and the bill, with refusals.
/// </summary>
/// <param name="graceSeconds">Seconds that questions in flight have.</param>
public sealed class ServiceRule(double graceSeconds) : IStopRule
{
    // One space that is set up wrongly fails every question alike; one odd question does not.
    private const int FirstAnswers = 3;

    private readonly object _gate = new();
    private int _finished;
    private int _misconfigured;

    /// <inheritdoc/>
    public StopOrder? Finished(QuestionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string? reason = ReasonOf(result) ?? (IsMisconfiguredFromTheStart(result)
            ? $"the first {FirstAnswers} questions failed because of the space's configuration ({result.ErrorType}: {result.ErrorText})"
            : null);
        return reason is null ? null : new StopOrder(StopCause.Service, $"Stopped because {reason}.", graceSeconds);
    }

    private static string? ReasonOf(QuestionResult result)
    {
        if (result.HttpStatus == 401 || result.ErrorType is ApiFailure.CredentialError or ApiFailure.TokenError)
            return $"the credential was refused ({result.ErrorText})";
        bool wasTaken = result.MessageId is not null;
        return (ErrorGrouping.Of(result), result.ErrorType) switch
        {
            (ErrorGroup.Http403, _) when !wasTaken => $"permission to ask this space is missing ({result.ErrorText})",
            (ErrorGroup.Http404, AgentRefusal.Disabled) when !wasTaken => $"agent mode is off in this workspace ({result.ErrorText})",
            (ErrorGroup.Http404, _) when !wasTaken && result.ConversationId is null => $"the space does not exist ({result.ErrorText})",
            (ErrorGroup.GenieCapacity, _) =>
                $"the service has no budget or no capacity left for Genie ({result.ErrorType}: {result.ErrorText})",
            (ErrorGroup.GenieAccess, "WAREHOUSE_NOT_FOUND_EXCEPTION" or "WAREHOUSE_ACCESS_MISSING_EXCEPTION") =>
                $"the space's SQL warehouse is missing or may not be used ({result.ErrorType}: {result.ErrorText})",
            _ => null,
        };
    }

    private bool IsMisconfiguredFromTheStart(QuestionResult result)
    {
        bool misconfigured = ErrorGrouping.Of(result) is ErrorGroup.GenieAccess or ErrorGroup.GenieTrustedAnswers;
        lock (_gate)
        {
            _finished++;
            _misconfigured += misconfigured ? 1 : 0;
            return _misconfigured == FirstAnswers && _finished == FirstAnswers;
        }
    }
}
