using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>What the traces of a run are like.</summary>
/// <param name="Texts">Whether question, answer, query and error text are in them.</param>
internal sealed record TraceForm(bool Texts)
{
    /// <summary>
    /// What ids follow from, beside the place of the question; <see langword="null"/> for the id of the run. Where a run is kept twice,
    /// each copy needs a seed of its own.
    /// </summary>
    public string? IdSeed { get; init; }

    /// <summary>What the span of a question says beside the usual; <see langword="null"/> for nothing.</summary>
    public Func<QuestionResult, IReadOnlyList<KeyValuePair<string, object>>>? RootAttributes { get; init; }
}
