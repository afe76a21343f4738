using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>How far an evaluation is.</summary>
/// <param name="EvaluationId">The evaluation.</param>
/// <param name="When">When in a load test it is made, one of <see cref="EvaluationTime"/>; <see langword="null"/> outside of any.</param>
/// <param name="Status">Its status, as the service writes it.</param>
/// <param name="Done">Benchmarks judged.</param>
/// <param name="Total">Benchmarks in it; 0 where that is not known.</param>
public sealed record EvaluationProgress(string EvaluationId, string? When, string Status, int Done, int Total)
{
    /// <summary>How far it is, in percent.</summary>
    public int Percent => Total <= 0 ? -1 : Math.Clamp(100 * Done / Total, 0, 100);

    /// <summary>Such as <c>RUNNING, 7 of 12 benchmarks judged</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Status}, {Done} of {Total} benchmarks judged");
}
