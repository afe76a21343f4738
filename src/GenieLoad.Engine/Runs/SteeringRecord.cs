using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>A line of <c>steering.jsonl</c>: the answer of a running test to whoever asked for a change.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Change">What holds from then on; its text is empty where it held before.</param>
internal sealed record SteeringRecord(Guid RequestId, RunChange Change);
