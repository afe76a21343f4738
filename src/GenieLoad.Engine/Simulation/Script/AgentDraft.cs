using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The script of one agent turn in the making.</summary>
/// <param name="options">What it may be.</param>
/// <param name="scripts">Draws latencies.</param>
/// <param name="statements">Draws statements.</param>
/// <param name="random">Draws everything else.</param>
/// <param name="growth">How many times as long each phase takes.</param>
/// <param name="acceptedAt">When it is accepted.</param>
internal sealed class AgentDraft(
    SimulatorOptions options, ScriptWriter scripts, StatementWriter statements, SeededRandom random, double growth, long acceptedAt)
{
    private const string OutOfTokens = "max_output_tokens";

    private readonly List<ScriptedEvent> _events = [];
    private readonly List<ScriptedAttachment> _attachments = [];
    private long _now;

    private enum Course
    {
        Answer,
        Incomplete,
        Text,
        Clarification,
        Failed,
        RateLimited,
        Cancelled,
    }

    public MessageScript Write()
    {
        _now = acceptedAt;
        Course course = DrawCourse(random.NextDouble());
        bool asError = random.NextDouble() < 0.5;
        bool hasStatements = course is not (Course.Text or Course.Clarification);
        int count = hasStatements ? 1 + random.NextInt32((2 * options.AgentStatementCount) - 1) : 0;
        Pass(options.AgentAcknowledgeSeconds);
        Add(SimulatedAgentEventKind.Created, "");
        switch (course)
        {
            case Course.Failed:
                Break(count, options.FailedErrorType.Contains("SQL", StringComparison.Ordinal));
                return Fail(asError ? AgentEnding.Error : AgentEnding.Failed, options.FailedErrorType);
            case Course.RateLimited:
                Break(count, statementFails: false);
                return Fail(AgentEnding.Failed, ScriptWriter.DrawRateLimitType(random));
            case Course.Cancelled:
                Break(count, statementFails: false);
                return End(AgentEnding.Cancelled);
        }

        RunStatements(count, lastFails: false);
        Reason();
        Pass(options.AgentWritingSeconds);
        if (course == Course.Incomplete)
            return End(AgentEnding.Incomplete, OutOfTokens, "The model ran out of tokens.");
        Add(SimulatedAgentEventKind.Message, "msg_");
        AttachmentKind kind = course == Course.Clarification ? AttachmentKind.Clarification : AttachmentKind.Text;
        _attachments.Add(new ScriptedAttachment(kind, Hex.Draw(random), _now));
        return End(AgentEnding.Completed);
    }

    private Course DrawCourse(double u)
    {
        if ((u -= options.FailedShare) < 0)
            return Course.Failed;
        if ((u -= options.RateLimitedMessageShare) < 0)
            return Course.RateLimited;
        if ((u -= options.CancelledShare) < 0)
            return Course.Cancelled;
        if ((u -= options.AgentIncompleteShare) < 0)
            return Course.Incomplete;
        if ((u -= options.TextOnlyShare) < 0)
            return Course.Text;
        return u - options.ClarificationShare < 0 ? Course.Clarification : Course.Answer;
    }

    /// <summary>Goes on to the middle: after some statements Genie thinks no further, or the last of them fails.</summary>
    private void Break(int count, bool statementFails)
    {
        RunStatements(1 + random.NextInt32(count), statementFails);
        if (!statementFails)
            Pass(options.AgentThinkingSeconds);
    }

    private void RunStatements(int count, bool lastFails)
    {
        for (int run = 0; run < count;)
        {
            Reason();
            bool isPair = count - run > 1 && random.NextDouble() < options.AgentParallelShare;
            List<ScriptedEvent> outputs = [];
            long last = _now;
            for (int end = run + (isPair ? 2 : 1); run < end; run++)
                last = Math.Max(last, Call(run, succeeds: !(lastFails && run == count - 1), outputs));
            _events.AddRange(outputs.OrderBy(output => output.DueAt));
            _now = last;
        }
    }

    /// <summary>Has a statement run; gives the instant of its end.</summary>
    private long Call(int number, bool succeeds, List<ScriptedEvent> outputs)
    {
        long pending = scripts.DrawTicks(random, options.PendingWarehouseSeconds * growth);
        long running = scripts.DrawTicks(random, options.ExecutingQuerySeconds * growth);
        string attachmentId = Hex.Draw(random);
        string callId = "call_" + Hex.Draw(random);
        ScriptedStatement statement = statements.Write(
            Hex.DrawDashed(random), number, _now, pending, running, succeeds, acceptedAt);
        _events.Add(new ScriptedEvent(SimulatedAgentEventKind.FunctionCall, "fc_" + Hex.Draw(random), _now)
        {
            Statement = statement,
            CallId = callId,
        });
        if (succeeds)
        {
            outputs.Add(new ScriptedEvent(SimulatedAgentEventKind.FunctionCallOutput, "fo_" + Hex.Draw(random), statement.EndsAt)
            {
                Statement = statement,
                CallId = callId,
            });
        }

        _attachments.Add(new ScriptedAttachment(AttachmentKind.Query, attachmentId, _now)
        {
            Version = number,
            Statement = statement,
            HasResultFrom = succeeds ? statement.EndsAt : long.MaxValue,
        });
        return statement.EndsAt;
    }

    private void Reason()
    {
        Pass(options.AgentThinkingSeconds);
        Add(SimulatedAgentEventKind.Reasoning, "rs_");
    }

    private void Pass(double medianSeconds) => _now += scripts.DrawTicks(random, medianSeconds * growth);

    private void Add(SimulatedAgentEventKind kind, string idPrefix) => _events.Add(
        new ScriptedEvent(kind, idPrefix.Length == 0 ? "" : idPrefix + Hex.Draw(random), _now)
        {
            Number = _events.Count(one => one.Kind == kind),
        });

    private MessageScript Fail(AgentEnding ending, string errorType) => End(ending, errorType, SimulatedTexts.Error(errorType));

    private MessageScript End(AgentEnding ending, string? errorType = null, string? errorText = null)
    {
        Add(SimulatedAgentEventKind.Terminal, "");
        return new AgentScript(acceptedAt, _events, ending).ToMessage([.. _attachments], errorType, errorText);
    }
}
