using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Asks one question, outside any plan.</summary>
public static class SingleQuestion
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="client">Way to the service.</param>
    /// <param name="spaceId">Space to ask.</param>
    /// <param name="index">What its row is numbered, from 1.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="mode">How to ask, one of <see cref="QuestionMode"/>.</param>
    /// <param name="conversationId">Conversation to ask in; <see langword="null"/> for a new one.</param>
    /// <param name="options">Time limit, polling and what is read.</param>
    /// <param name="seen">Told of every status as it is seen.</param>
    /// <param name="stop">Ends the wait at once; the question then ends as <c>Interrupted</c>.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>; <c>InvalidId</c> for a space or conversation that can be none.
    /// </exception>
    public static async Task<QuestionResult> AskAsync(
        GenieApiClient client, string spaceId, int index, Question question, string mode, string? conversationId,
        LoadTestOptions options, Action<string> seen, CancellationToken stop)
    {
        options.Validate();
        GenieErrors.CheckId(nameof(Connection.SpaceId), spaceId);
        if (conversationId is not null)
            GenieErrors.CheckId(nameof(QuestionResult.ConversationId), conversationId);
        var clock = new RunClock(client.Time, client.Time.GetUtcNow().UtcDateTime);
        var planned = new PlannedQuestion
        {
            Index = index,
            PlannedSeconds = 0,
            QuestionId = question.Id,
            Text = question.Text,
            Mode = mode == QuestionMode.Chat ? null : mode,
        };
        var calls = new CallPolicy(SeededRandom.For(Environment.TickCount, "retry", index)) { Caller = "Question", IsWaitedFor = true };
        var trace = new QuestionTrace(
            planned, clock.Start, calls) { ConversationId = conversationId, FiredAt = clock.Start, ReadyAt = clock.Start };
        await new QuestionRunner(client, spaceId, options, new AnswerSigner(null)).RunAsync(trace, (_, status) => seen(status), stop)
            .ConfigureAwait(false);
        return QuestionRow.Of(trace, clock);
    }
}
