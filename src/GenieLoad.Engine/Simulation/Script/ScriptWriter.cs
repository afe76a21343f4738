using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>Draws what will happen to each message.</summary>
internal sealed class ScriptWriter(SimulatorOptions options, SimulatorClock clock, StatementWriter statements)
{
    private readonly ServiceLoad _load = new(options.ServiceSlots, options.AnswerDriftShare > 0 ? options.AnswerDriftAbove : null);

    private enum Ending
    {
        Query,
        Expired,
        Text,
        Clarification,
        Failed,
        RateLimited,
        Cancelled,
    }

    /// <summary>The script of a message accepted at <paramref name="acceptedAt"/>.</summary>
    /// <param name="random">Draws it.</param>
    /// <param name="key">Number of the message, for what is drawn apart.</param>
    /// <param name="acceptedAt">When it is accepted.</param>
    public MessageScript Write(SeededRandom random, long key, long acceptedAt) => _load.Carry(acceptedAt, (growth, mayDrift) =>
    {
        // Apart, so that everything else is drawn as without it.
        bool drifts = mayDrift && options.AnswerDriftShare > 0
            && SeededRandom.For(options.Seed, "drift", key).NextDouble() < options.AnswerDriftShare;
        return Write(random, new Draft(acceptedAt, growth), drifts ? options.AnswerDrift : null);
    });

    private MessageScript Write(SeededRandom random, Draft draft, SimulatedDrift? drift)
    {
        Ending ending = DrawEnding(random.NextDouble());
        // Only a query with its result can be another.
        if (ending == Ending.Query)
        {
            draft.Drift = drift;
            ending = drift switch
            {
                SimulatedDrift.Clarification => Ending.Clarification,
                SimulatedDrift.Failure => Ending.Failed,
                _ => ending,
            };
        }

        bool unknown = random.NextDouble() < options.UnknownStatusShare;
        bool regenerate = random.NextDouble() < options.RegenerateShare;
        Add(draft, random, MessageStatuses.Submitted, options.SubmittedSeconds);
        Add(draft, random, MessageStatuses.FetchingMetadata, options.FetchingMetadataSeconds);
        Add(draft, random, MessageStatuses.FilteringContext, options.FilteringContextSeconds);
        if (unknown)
            Add(draft, random, options.UnknownStatus, options.FilteringContextSeconds);
        long asking = draft.Now;
        Add(draft, random, MessageStatuses.AskingAi, options.AskingAiSeconds);
        return ending switch
        {
            Ending.Text => EndWithText(draft, random, asking, AttachmentKind.Text),
            Ending.Clarification => EndWithText(draft, random, asking, AttachmentKind.Clarification),
            Ending.RateLimited => Fail(draft, DrawRateLimitType(random)),
            Ending.Cancelled => draft.End(MessageStatuses.Cancelled),
            Ending.Failed => EndWithFailure(draft, random),
            _ => EndWithQuery(draft, random, regenerate, ending == Ending.Expired),
        };
    }

    /// <summary>The script of an agent turn accepted at <paramref name="acceptedAt"/>.</summary>
    /// <param name="random">Draws it.</param>
    /// <param name="acceptedAt">When it is accepted.</param>
    public MessageScript WriteAgent(SeededRandom random, long acceptedAt) => _load.Carry(
        acceptedAt, (growth, _) => new AgentDraft(options, this, statements, random, growth, acceptedAt).Write());

    /// <summary>A question whose script had this end is in flight no longer.</summary>
    public void Leave(long completedAt) => _load.Leave(completedAt);

    /// <summary>The script of a message that came while another of its conversation was in progress.</summary>
    public MessageScript WriteBlocked(SeededRandom random, long acceptedAt)
    {
        var draft = new Draft(acceptedAt, growth: 1);
        Add(draft, random, MessageStatuses.Submitted, options.SubmittedSeconds);
        return Fail(draft, "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION");
    }

    /// <summary>Ticks of a latency with this median in simulated seconds.</summary>
    public long DrawTicks(SeededRandom random, double medianSeconds) =>
        clock.LatencyTicks(medianSeconds * Math.Exp(options.LatencySpread * random.NextNormal()));

    /// <summary>Error type of a message that meets a rate limit inside the service.</summary>
    public static string DrawRateLimitType(SeededRandom random) => random.NextDouble() < 0.5
        ? "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION"
        : "RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION";

    private Ending DrawEnding(double u)
    {
        if ((u -= options.FailedShare) < 0)
            return Ending.Failed;
        if ((u -= options.RateLimitedMessageShare) < 0)
            return Ending.RateLimited;
        if ((u -= options.CancelledShare) < 0)
            return Ending.Cancelled;
        if ((u -= options.ExpiredShare) < 0)
            return Ending.Expired;
        if ((u -= options.TextOnlyShare) < 0)
            return Ending.Text;
        return u - options.ClarificationShare < 0 ? Ending.Clarification : Ending.Query;
    }

    private void Add(Draft draft, SeededRandom random, string status, double medianSeconds) =>
        draft.Add(status, DrawTicks(random, medianSeconds * draft.Growth));

    private static MessageScript EndWithText(Draft draft, SeededRandom random, long asking, AttachmentKind kind)
    {
        // The text is there while the service still says ASKING_AI; what follows are the suggested questions.
        double share = 0.2 + (0.4 * random.NextDouble());
        draft.Attach(new ScriptedAttachment(kind, Hex.Draw(random), asking + (long)((draft.Now - asking) * share)));
        draft.Attach(new ScriptedAttachment(AttachmentKind.SuggestedQuestions, Hex.Draw(random), draft.Now));
        return draft.End(MessageStatuses.Completed);
    }

    private MessageScript EndWithFailure(Draft draft, SeededRandom random)
    {
        if (options.FailedErrorType.Contains("SQL", StringComparison.Ordinal))
            AddQuery(draft, random, version: 0, succeeds: false);
        return Fail(draft, options.FailedErrorType);
    }

    private MessageScript EndWithQuery(Draft draft, SeededRandom random, bool regenerate, bool expired)
    {
        long regeneratedFrom = long.MaxValue;
        AddQuery(draft, random, version: 0, succeeds: !regenerate);
        if (regenerate)
        {
            regeneratedFrom = draft.Now;
            Add(draft, random, MessageStatuses.AskingAi, options.AskingAiSeconds / 2);
            AddQuery(draft, random, version: 1, succeeds: true);
        }

        draft.Attach(new ScriptedAttachment(AttachmentKind.Text, Hex.Draw(random), draft.Now));
        draft.Attach(new ScriptedAttachment(AttachmentKind.SuggestedQuestions, Hex.Draw(random), draft.Now));
        return draft.End(expired ? MessageStatuses.Expired : MessageStatuses.Completed, regeneratedFrom: regeneratedFrom);
    }

    private void AddQuery(Draft draft, SeededRandom random, int version, bool succeeds)
    {
        long known = draft.Now;
        long pending = DrawTicks(random, options.PendingWarehouseSeconds * draft.Growth);
        long running = DrawTicks(random, options.ExecutingQuerySeconds * draft.Growth);
        string attachmentId = Hex.Draw(random);
        ScriptedStatement statement = statements.Write(
            Hex.DrawDashed(random), version, known, pending, running, succeeds, draft.AcceptedAt);
        draft.Add(MessageStatuses.PendingWarehouse, statement.CompilesFrom - known);
        draft.Add(MessageStatuses.ExecutingQuery, statement.AnsweredAt - statement.CompilesFrom);
        draft.Attach(new ScriptedAttachment(AttachmentKind.Query, attachmentId, known)
        {
            Version = version,
            Statement = statement,
            HasResultFrom = succeeds ? draft.Now : long.MaxValue,
        });
    }

    private static MessageScript Fail(Draft draft, string errorType) =>
        draft.End(MessageStatuses.Failed, errorType, SimulatedTexts.Error(errorType));

    /// <summary>A script in the making, in which every phase takes so many times as long.</summary>
    private sealed class Draft(long acceptedAt, double growth)
    {
        private readonly List<ScriptedPhase> _phases = new(8);
        private readonly List<ScriptedAttachment> _attachments = new(4);

        public long AcceptedAt { get; } = acceptedAt;

        public double Growth => growth;

        public SimulatedDrift? Drift { get; set; }

        public long Now { get; private set; } = acceptedAt;

        public void Add(string status, long ticks)
        {
            _phases.Add(new ScriptedPhase(status, Now));
            Now += ticks;
        }

        public void Attach(ScriptedAttachment attachment) => _attachments.Add(attachment);

        public MessageScript End(
            string status, string? errorType = null, string? errorText = null, long regeneratedFrom = long.MaxValue)
        {
            _phases.Add(new ScriptedPhase(status, Now));
            return new MessageScript([.. _phases], [.. _attachments])
            {
                Drift = Drift,
                ErrorType = errorType,
                ErrorText = errorText,
                RegeneratedFrom = regeneratedFrom,
            };
        }
    }
}
