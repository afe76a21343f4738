using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>All that a folder tells of its run, before figures are worked out.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="State">State of the run.</param>
/// <param name="Plan">What it was to ask.</param>
/// <param name="Rows">Rows of the questions that have one, or that were sent.</param>
/// <param name="Sent">The questions that were sent.</param>
internal sealed record RunContent(
    RunManifest Manifest, string State, Plan Plan, IReadOnlyCollection<QuestionResult> Rows, SentQuestions Sent)
{
    /// <summary>What the query history says of its statements, by id; <see langword="null"/> where nobody has asked.</summary>
    public IReadOnlyDictionary<string, StatementRecord>? Statements { get; init; }

    /// <summary>Evaluations of the benchmarks.</summary>
    public IReadOnlyList<Evaluation> Evaluations { get; init; } = [];

    /// <summary>What the expected SQL gave; <see langword="null"/> where nobody has looked at the end.</summary>
    public IReadOnlyList<ExpectedAnswer>? Expected { get; init; }

    /// <summary>How it was steered.</summary>
    public IReadOnlyList<RunChange> Changes { get; init; } = [];

    /// <summary>How the run stands.</summary>
    public RunStatus Status => Manifest.StatusOf(State, Rows) with { ExpectedAnswers = Expected, Changes = Changes };

    /// <summary>The run.</summary>
    /// <param name="path">Folder in which it is kept.</param>
    public LoadRun ToRun(string path)
    {
        IEnumerable<QuestionResult> rows = Statements is { } statements ? Rows.Select(row => StatementParts.Add(row, statements)) : Rows;
        return EvaluationAccuracy.Add(RunSummarizer.Summarize(Manifest.Header, Plan, rows, Status, path), Evaluations);
    }
}
