using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Where a run goes on that had come to an early end.</summary>
/// <param name="OffsetSeconds">Seconds of the run that have passed; its clock goes on from here.</param>
/// <param name="Finished">Questions at their end: they stay as they are.</param>
/// <param name="Open">Questions that the service has taken: their answers are fetched.</param>
public sealed record ResumePoint(double OffsetSeconds, IReadOnlyList<QuestionResult> Finished, IReadOnlyList<QuestionResult> Open);
