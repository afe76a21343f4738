using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Conversations from before the start.</summary>
internal sealed partial class SimulatedWorkspace
{
    private const string PastErrorType = "SQL_EXECUTION_EXCEPTION";

    private void AddPast(SimulatedSpace space, int index)
    {
        foreach (PastConversation past in PastConversation.Of(_options, index, _clock.Utc(_clock.Start)))
        {
            var conversation = new SimulatedConversation(
                past.Id, space.Id, past.Questions[0].Question, PastInstant(past.Questions[0].AskedAt))
            {
                Owner = past.Asker == 0 ? nameof(TokenIssuer.Token) : FormattableString.Invariant($"past-{past.Asker}"),
                IsAgent = past.IsAgent,
                IsPrivate = past.IsPrivate,
            };
            foreach (PastQuestion question in past.Questions)
            {
                SimulatedMessageState message = conversation.Add(
                    PastInstant(question.AskedAt), (turn, _) => PastMessage(conversation, past, question, turn));
                _record.Add(PastRecord(message, past, question));
            }
            space.Add(conversation);
        }
    }

    private long PastInstant(double seconds) => _clock.Start + _clock.Ticks(seconds);

    private SimulatedMessageState PastMessage(
        SimulatedConversation conversation, PastConversation past, PastQuestion question, int turn)
    {
        long asked = PastInstant(question.AskedAt);
        long answered = PastInstant(question.AskedAt + question.Seconds);
        ulong hash = QuestionKeys.Hash(question.Question);
        return new SimulatedMessageState
        {
            MessageId = question.Id,
            Conversation = conversation,
            Turn = turn,
            Question = question.Question,
            User = conversation.Owner,
            UserId = GenieJson.UserId + past.Asker,
            Identity = conversation.Owner,
            GenieDbu = 0,
            Topic = SimulatedTexts.TopicOf(question.Question, hash),
            Occurrence = 0,
            Key = unchecked((long)QuestionKeys.Hash(question.Id)),
            Script = new MessageScript(
                [
                    new(MessageStatuses.Submitted, asked),
                    new(question.Failed ? MessageStatuses.Failed : MessageStatuses.Completed, answered),
                ],
                question.Failed ? [] : [new ScriptedAttachment(AttachmentKind.Text, question.Id, answered)])
            {
                ErrorType = question.Failed ? PastErrorType : null,
                ErrorText = question.Failed ? SimulatedTexts.Error(PastErrorType) : null,
            },
            ReceivedAt = asked,
            AskFault = SimulatedFault.None,
            FeedbackRating = question.Rating,
        };
    }

    private SimulatedPastMessage PastRecord(SimulatedMessageState message, PastConversation past, PastQuestion question) => new()
    {
        MessageId = message.MessageId,
        ConversationId = past.Id,
        SpaceId = message.Conversation.SpaceId,
        Turn = message.Turn,
        Question = question.Question,
        UserId = message.UserId,
        IsOwn = past.Asker == 0,
        IsAgent = past.IsAgent,
        IsPrivate = past.IsPrivate,
        AskedAt = DateTime.UnixEpoch.AddMilliseconds(_clock.EpochMilliseconds(message.Script.AcceptedAt)),
        AnsweredAt = DateTime.UnixEpoch.AddMilliseconds(_clock.EpochMilliseconds(message.Script.CompletedAt)),
        Failed = question.Failed,
        Rating = question.Rating,
    };
}
