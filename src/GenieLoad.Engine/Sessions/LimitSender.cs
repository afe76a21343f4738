using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Limits;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Sessions;

/// <summary>Sends the questions of a search for a limit, each once, and keeps the conversations that they open.</summary>
/// <param name="question">What is asked.</param>
/// <param name="time">The clock.</param>
internal sealed class LimitSender(string question, TimeProvider time)
{
    private const int MostFaults = 5;

    // Seconds, times the faults in a row.
    private const double FaultWait = 1;

    private readonly long _start = time.GetTimestamp();
    private readonly List<(RunTarget Target, string Id)> _conversations = [];
    private int _faults;

    /// <summary>The conversations that were opened.</summary>
    public IReadOnlyList<(RunTarget Target, string Id)> Conversations => _conversations;

    /// <summary>Questions accepted, or maybe accepted.</summary>
    public int Spent { get; private set; }

    /// <summary>Seconds since it was made.</summary>
    public double ElapsedSeconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Waits until a second, and asks then.</summary>
    /// <param name="target">Whom to ask.</param>
    /// <param name="atSecond">The second.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>
    /// What became of it; <see langword="null"/> where it failed, was certainly not accepted, and says nothing of a limit.
    /// </returns>
    /// <exception cref="ApiException">Nobody knows whether it was accepted, or too many in a row failed.</exception>
    public async Task<LimitSend?> SendAsync(RunTarget target, double atSecond, CancellationToken stop)
    {
        // After a fault the search wants the same instant again, which is over: a service in trouble gets some air.
        double wait = Math.Max(atSecond - ElapsedSeconds, _faults * FaultWait);
        await RunClock.Sleep(time, wait, stop).ConfigureAwait(false);
        // Not tried again by itself: the search decides when.
        var calls = new CallPolicy(
            SeededRandom.For(0, "limit", 0)) { Caller = "Rate limit", NoMore = new CancellationToken(canceled: true) };
        double sent = ElapsedSeconds;
        try
        {
            ApiReply<StartConversationAnswer> reply = await target.Client
                .StartConversationAsync(target.Connection.SpaceId, question, calls, stop).ConfigureAwait(false);
            Spent++;
            _faults = 0;
            if (reply.Value.PlausibleConversationId is string id)
                _conversations.Add((target, id));
            return new LimitSend(sent, ElapsedSeconds, IsAccepted: true);
        }
        catch (ApiException e) when (e.Failure.Kind == FailureKind.Throttled)
        {
            _faults = 0;
            return new LimitSend(sent, ElapsedSeconds, IsAccepted: false, e.Failure.RetryAfterSeconds);
        }
        catch (ApiException e) when (!e.IsAmbiguous && !e.Failure.Lasting && e.Failure.Kind != FailureKind.Rejected
            && ++_faults < MostFaults)
        {
            return null;
        }
        catch (ApiException e) when (e.IsAmbiguous)
        {
            Spent++;
            throw;
        }
    }
}
