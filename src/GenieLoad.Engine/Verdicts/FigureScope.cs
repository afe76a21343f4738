using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>What a figure is read from: the rows of a run, of a part of it, or of one that is under way.</summary>
/// <param name="rows">The rows.</param>
/// <param name="run">The whole run; <see langword="null"/> for a part of it, or while it is under way.</param>
internal sealed class FigureScope(IReadOnlyList<QuestionResult> rows, LoadRun? run = null)
{
    /// <summary>Every question.</summary>
    public IReadOnlyList<QuestionResult> Rows { get; } = rows;

    /// <summary>Those answered in full.</summary>
    public IReadOnlyList<QuestionResult> Successes { get; } = [.. rows.Where(row => row.Success)];

    /// <summary>The whole run.</summary>
    public LoadRun? Run { get; } = run;

    /// <summary>The rows of a run that count: those of the warm-up do not.</summary>
    public static IReadOnlyList<QuestionResult> Measured(LoadRun run) => [.. run.Results.Where(row => !row.IsWarmUp)];

    /// <summary>What hangs together: the turns of one conversation.</summary>
    public static string Conversation(QuestionResult row) => row.ConversationId ?? FormattableString.Invariant($"#{row.Index}");
}

/// <summary>A figure with its interval.</summary>
/// <param name="Value">The figure; <see langword="null"/> without data.</param>
/// <param name="Lower">Lower end of its interval; <see langword="null"/> for none.</param>
/// <param name="Upper">Upper end of its interval; <see langword="null"/> for none.</param>
/// <param name="Count">What it was taken from.</param>
internal readonly record struct Reading(double? Value, double? Lower, double? Upper, int Count);
