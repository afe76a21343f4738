using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>What an orchestrator brought back.</summary>
/// <param name="TotalSeconds">Seconds from the start to the last question's end.</param>
/// <param name="StoppedBy">What ended it early; <see langword="null"/> when every planned question came to its end.</param>
/// <param name="Results">Rows of the questions that were asked or turned away, by index.</param>
public sealed record OrchestratedRun(double TotalSeconds, StopOrder? StoppedBy, IReadOnlyList<QuestionResult> Results);
