using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Evaluations of the benchmarks.</summary>
internal sealed partial class SimulatedWorkspace
{
    private SimulatedReply Evaluate(CallContext context)
    {
        if (_options.EvaluationApi == SimulatedEvaluationApi.Missing)
            return context.Error(404, "ENDPOINT_NOT_FOUND", $"No API found for '{context.Request.Method} {context.Request.Path}'.");
        if (_options.EvaluationApi == SimulatedEvaluationApi.Forbidden)
            return context.Error(403, "PERMISSION_DENIED", "Benchmark evaluation is not enabled for this workspace.");
        if (_options.SpaceRight < SimulatedRight.CanEdit)
            return context.Error(403, "PERMISSION_DENIED", "You need CAN EDIT permission on this space to evaluate its benchmarks.");
        if (context.Route.EvaluationId.Length > 0 && context.Evaluation is null)
            return context.NotFound("Evaluation run", context.Route.EvaluationId);
        return context.Route.Operation switch
        {
            SimulatedOperation.CreateEvaluation => CreateEvaluation(context),
            SimulatedOperation.ListEvaluations => Page(
                context, "eval_runs", _evaluations.NewestFirst(context.Space!.Id),
                (json, run) => _evaluationWire.Write(json, run, context.Now)),
            SimulatedOperation.GetEvaluation => SimulatedReply.Ok(
                json => _evaluationWire.Write(json, context.Evaluation!, context.Now)),
            SimulatedOperation.ListEvaluationResults => Page(
                context, "eval_results", context.Evaluation!.Benchmarks,
                (json, one) => EvaluationWire.WriteResult(json, context.Evaluation, one, context.Now)),
            _ => GetEvaluationResult(context),
        };
    }

    private SimulatedReply CreateEvaluation(CallContext context)
    {
        SpaceContent content = context.Space!.Content;
        if (content.Benchmarks.Count == 0)
            return context.BadParameter("The space has no benchmark questions.");
        if (Evaluations.Named(content, context.Request.Body) is not { } benchmarks)
            return context.BadParameter("'benchmark_question_ids' must be ids of benchmark questions of this space.");
        EvaluationRun run = _evaluations.Accept(context.Space, benchmarks, context.Now);
        context.Call.Accepted = true;
        return SimulatedReply.Ok(json => _evaluationWire.Write(json, run, context.Now));
    }

    private SimulatedReply GetEvaluationResult(CallContext context) =>
        context.Evaluation!.Benchmarks.FirstOrDefault(one => one.ResultId == context.Route.ResultId) is { } found
            ? SimulatedReply.Ok(json => _evaluationWire.WriteDetails(json, context.Evaluation, found, context.Now))
            : context.NotFound("Evaluation result", context.Route.ResultId);
}
