using System.Collections.Concurrent;
using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Billing;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>
/// A workspace with Genie spaces, without any transport: a call in, an answer and the manner of its delivery out. Safe for any number of
/// threads; waits for nothing.
/// </summary>
internal sealed partial class SimulatedWorkspace
{
    // A year: what is longer could come round to the past.
    private const double MostFrozenSeconds = 365 * 86_400.0;

    private readonly SimulatorOptions _options;
    private readonly SimulatorClock _clock;
    private readonly SimulatorRecord _record;
    private readonly Warehouse _warehouse;
    private readonly StatementWriter _statements;
    private readonly ScriptWriter _scripts;
    private readonly AgentWire _agentWire;
    private readonly QueryHistory _history;
    private readonly StatementWire _statementWire;
    private readonly OwnStatements _ownStatements;
    private readonly Evaluations _evaluations;
    private readonly EvaluationWire _evaluationWire;
    private readonly TokenIssuer _tokens;
    private readonly FaultPlan _faults;
    private readonly QuestionLimits _limits;
    private readonly SimulatedSpace[] _spaces;
    private readonly string _warehouseId;
    private readonly ConcurrentDictionary<string, SimulatedMessageState> _messageByStatement = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SimulatedMessageState> _responses = new(StringComparer.Ordinal);
    private long _frozenUntil = long.MinValue;

    /// <param name="options">Valid ones.</param>
    /// <param name="clock">Its time.</param>
    public SimulatedWorkspace(SimulatorOptions options, SimulatorClock clock)
    {
        _options = options;
        _clock = clock;
        _record = new SimulatorRecord(clock, options);
        _warehouse = new Warehouse(options, clock);
        _statements = new StatementWriter(options, _warehouse);
        _scripts = new ScriptWriter(options, clock, _statements);
        _warehouseId = Hex.Draw(SeededRandom.For(options.Seed, "warehouse", 0))[..16];
        _history = new QueryHistory(options, clock, _warehouseId);
        _statementWire = new StatementWire(options, clock);
        _agentWire = new AgentWire(options, _statementWire);
        _tokens = new TokenIssuer(options, clock);
        _evaluations = new Evaluations(options, clock, _record);
        _evaluationWire = new EvaluationWire(options, clock, _evaluations);
        _record.Evaluated = _evaluations;
        _faults = new FaultPlan(options, clock, _scripts);
        _limits = new QuestionLimits(options, clock);
        _spaces = [.. Enumerable.Range(0, options.SpaceCount).Select(MakeSpace)];
        _ownStatements = new OwnStatements(
            options, clock, new BillingTables(options, clock, _record, _warehouseId),
            new BenchmarkQueries(options, _statementWire, _spaces));
    }

    public SimulatorRecord Record => _record;

    public TokenIssuer Tokens => _tokens;

    public IReadOnlyList<SimulatedSpace> Spaces => _spaces;

    /// <summary>Id of the warehouse that all spaces use.</summary>
    public string WarehouseId => _warehouseId;

    /// <summary>Where it is reached; the OAuth endpoints say so.</summary>
    public Uri BaseAddress { get; set; } = new("http://127.0.0.1/");

    /// <summary>Stops answering for a real duration from now.</summary>
    public void Freeze(TimeSpan duration) =>
        Volatile.Write(ref _frozenUntil, _clock.Now + _clock.Ticks(Math.Min(duration.TotalSeconds, MostFrozenSeconds)));

    /// <summary>How long nothing is handled or sent from now on; zero unless it is frozen.</summary>
    public TimeSpan HoldTime()
    {
        long now = _clock.Now;
        long until = Volatile.Read(ref _frozenUntil);
        if (_options.FreezeAtSeconds is { } at)
        {
            long from = _clock.Start + _clock.ScaledTicks(at);
            if (now >= from)
                until = Math.Max(until, from + _clock.ScaledTicks(_options.FreezeForSeconds));
        }

        // In whole milliseconds, rounded up: Task.Delay waits not at all for less, and whoever holds would spin.
        if (until <= now)
            return TimeSpan.Zero;
        // Whoever holds asks again after it.
        TimeSpan left = _clock.Between(now, until);
        return left < SimulatorClock.LongestWait
            ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds))
            : SimulatorClock.LongestWait;
    }

    /// <summary>Answers a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="arrivedAt">Instant at which it had arrived in full.</param>
    public SimulatedReply Handle(SimulatedRequest request, long arrivedAt)
    {
        SimulatedRoute route = SimulatedRoute.Parse(request.Method, request.Path);
        SimulatedCall call = _record.Begin(route.Operation, arrivedAt);
        call.RequestId = string.Create(CultureInfo.InvariantCulture, $"{_options.Seed:x8}-0000-4000-8000-{call.Sequence:x12}");
        var context = new CallContext(request, route, call, _clock.Now);
        Resolve(context);
        CallFate fate = _faults.Draw(context, _record);
        SimulatedReply reply = fate.IsProcessed ? Process(context, fate.Fault) : FaultPlan.Refuse(context, _options);
        if (fate.IsProcessed && fate.HidesAnswer)
            reply = FaultPlan.Refuse(context, _options) with { Accepted = reply.Accepted };
        Delivery delivery = fate.Delivery;
        if (reply.Body.IsEmpty && (delivery.Kind == DeliveryKind.Slow
            || (delivery.Kind == DeliveryKind.ResetInBody && reply.Stream is null)))
        {
            // Without a body there is nothing to be slow about or to cut; a stream takes its time anyway.
            delivery = new Delivery(DeliveryKind.Whole, delivery.Delay);
            call.Fault = SimulatedFault.None;
        }

        reply = FaultPlan.Damage(reply, fate.Fault) with { Call = call, RequestId = call.RequestId, Delivery = delivery };
        call.Status = delivery.Kind == DeliveryKind.ResetBeforeHead ? 0 : reply.Status;
        _record.Count(call);
        return reply;
    }

    /// <summary>A transport has done with a reply.</summary>
    /// <param name="reply">What the workspace answered.</param>
    /// <param name="whole">Whether all of it was sent.</param>
    public void Delivered(SimulatedReply reply, bool whole)
    {
        long now = _clock.Now;
        reply.Call?.Complete(now);
        if (!whole || reply.Call?.Fault is not (SimulatedFault.None or SimulatedFault.SlowBody))
            return;
        reply.Ended?.EndDelivered(now);
        reply.Accepted?.AcceptanceDelivered(now);
    }

    private SimulatedSpace MakeSpace(int index)
    {
        SeededRandom random = SeededRandom.For(_options.Seed, "space", index);
        string id = Hex.Draw(random);
        string? warehouse = _options.HideWarehouse ? null : _warehouseId;
        var content = new SpaceContent(_options, index);
        SimulatedSpace space = index == 0
            ? new SimulatedSpace(_options.SpaceId ?? id, _options.SpaceTitle, warehouse, content)
            : new SimulatedSpace(id, $"{_options.SpaceTitle} {index + 1}", warehouse, content);
        AddPast(space, index);
        return space;
    }

    /// <summary>Looks up what the path names and reads the question, without judging either.</summary>
    private void Resolve(CallContext context)
    {
        SimulatedRoute route = context.Route;
        context.Space = Array.Find(_spaces, space => space.Id == route.SpaceId);
        if (context.Space is not null && context.Space.TryFind(route.ConversationId, out SimulatedConversation? conversation))
            context.Conversation = conversation;
        context.Statement = _ownStatements.Find(route.StatementId);
        if (_evaluations.Find(route.EvaluationId) is { } evaluation && evaluation.SpaceId == route.SpaceId)
            context.Evaluation = evaluation;
        if (route.Operation == SimulatedOperation.GetResultChunk)
            context.Message = _messageByStatement.GetValueOrDefault(route.StatementId);
        else if (route.Operation == SimulatedOperation.CancelResponse)
            context.Message = FindResponse(context);
        else if (route.MessageId.Length > 0)
            context.Message = context.Conversation?.Find(route.MessageId);
        if (route.Operation == SimulatedOperation.CreateResponse)
            ResolveAgent(context);
        else if (route.IsQuestion)
            context.Question = BodyReader.Text(context.Request.Body, "content");
        context.Call.Question = context.Question;
        context.Call.MessageId = context.Message?.MessageId;
    }

    private SimulatedReply Process(CallContext context, SimulatedFault fault)
    {
        switch (context.Route.Operation)
        {
            case SimulatedOperation.DiscoverOAuth:
                return TokenIssuer.Discover(BaseAddress);
            case SimulatedOperation.IssueToken:
                return _tokens.Issue(context.Request, context.Now);
        }

        switch (_tokens.Check(context.Request.Authorization, context.Now))
        {
            case TokenStanding.Unknown:
                return context.Error(401, "UNAUTHENTICATED", "The access token is missing, invalid or expired.");
            case TokenStanding.Forbidden:
                return context.Error(403, "PERMISSION_DENIED", "You need CAN RUN permission on this space.");
        }

        return Refusal(context) ?? Serve(context, fault);
    }

    /// <summary>What is wrong with the path, or <see langword="null"/>.</summary>
    private static SimulatedReply? Refusal(CallContext context)
    {
        SimulatedRoute route = context.Route;
        if (route.Operation == SimulatedOperation.Unknown)
            return context.Error(404, "ENDPOINT_NOT_FOUND", $"No API found for '{context.Request.Method} {context.Request.Path}'.");
        if (route.SpaceId.Length > 0 && context.Space is null)
            return context.NotFound("Space", route.SpaceId);
        if (route.ConversationId.Length > 0 && context.Conversation is null)
            return context.NotFound("Conversation", route.ConversationId);
        if (route.MessageId.Length > 0 && context.Message is null)
            return context.NotFound("Message", route.MessageId);
        return route.StatementId.Length > 0 && context.Message is null && context.Statement is null
            ? context.NotFound("Statement", route.StatementId)
            : null;
    }

    private SimulatedReply Serve(CallContext context, SimulatedFault fault) => context.Route.Operation switch
    {
        SimulatedOperation.ListSpaces => ListSpaces(context),
        SimulatedOperation.GetSpace => GetSpace(context),
        SimulatedOperation.StartConversation or SimulatedOperation.CreateMessage => Ask(context, fault),
        SimulatedOperation.CreateResponse or SimulatedOperation.ListItems or SimulatedOperation.CancelResponse =>
            ServeAgent(context, fault),
        SimulatedOperation.GetMessage => GetMessage(context),
        SimulatedOperation.ListMessages => ListMessages(context),
        SimulatedOperation.ListConversations => ListConversations(context),
        SimulatedOperation.DeleteConversation => DeleteConversation(context),
        SimulatedOperation.DeleteMessage => DeleteMessage(context),
        SimulatedOperation.GetQueryResult => GetQueryResult(context),
        SimulatedOperation.ExecuteQuery => ExecuteQuery(context),
        SimulatedOperation.GetResultChunk => context.Statement is null ? GetResultChunk(context) : _ownStatements.GetChunk(context),
        SimulatedOperation.RunStatement => RunStatement(context),
        SimulatedOperation.GetStatement or SimulatedOperation.CancelStatement => _ownStatements.Answer(context),
        SimulatedOperation.SendFeedback => SendFeedback(context),
        SimulatedOperation.ListQueryHistory => ListQueryHistory(context),
        SimulatedOperation.GetWarehouse => GetWarehouse(context),
        SimulatedOperation.CreateEvaluation or SimulatedOperation.ListEvaluations or SimulatedOperation.GetEvaluation
            or SimulatedOperation.ListEvaluationResults or SimulatedOperation.GetEvaluationResult => Evaluate(context),
        _ => throw new InvalidOperationException($"{context.Route.Operation} is not served."),
    };
}
