using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The errors of <c>Verdicts</c>; the name of a factory is the id of its error.</summary>
internal static class VerdictsErrors
{
    public static GenieLoadException InvalidThreshold(string text, int position, string expected) => new(
        nameof(InvalidThreshold), ErrorKind.InvalidInput,
        $"The threshold '{text}' cannot be read: at character {position + 1} it needs {expected}{Found(text, position)}.",
        "Write a figure, an operator and a number, such as 'P95ResponseSeconds < 30' or 'P90ServiceSeconds{question=q7} < 20s'.",
        text);

    public static GenieLoadException UnknownFigure(string text, int position, string name, IReadOnlyList<string> close) => new(
        nameof(UnknownFigure), ErrorKind.InvalidInput,
        $"The threshold '{text}' cannot be read: there is no figure '{name}' (character {position + 1})."
        + (close.Count == 0 ? "" : $" Did you mean {string.Join(" or ", close)}?"),
        "Press Tab after -Threshold for the names; docs/thresholds.md explains them. Times are in seconds unless a unit follows: "
            + "'P95ResponseSeconds < 500ms'.",
        name);

    public static GenieLoadException AmbiguousShare(string text, int position, string figure, string number) => new(
        nameof(AmbiguousShare), ErrorKind.InvalidInput,
        $"The threshold '{text}' is ambiguous at character {position + 1}: {figure} is a percentage, and {number} would be "
            + $"{(number.Contains('.') ? "at most" : "only")} one percent.",
        $"Write {number}% if you mean that, otherwise a percentage such as 99.",
        text);

    public static GenieLoadException NoSlices(string text, int position, string figure) => new(
        nameof(NoSlices), ErrorKind.InvalidInput,
        $"The threshold '{text}' cannot be read: {figure} applies to the whole run, not to a part of it (character {position + 1}).",
        "Remove the braces, or use a percentile, mean, rate or count.",
        text);

    public static GenieLoadException NoThreshold(string runId) => new(
        nameof(NoThreshold), ErrorKind.InvalidInput,
        $"There is no threshold for run '{runId}': none was given, and its plan has none.",
        "Give some: -Threshold 'P95ResponseSeconds < 30', 'SuccessRate >= 99'.",
        runId);

    public static GenieLoadException NoThresholdFor(string parameter) => new(
        nameof(NoThresholdFor), ErrorKind.InvalidInput,
        $"-{parameter} needs a threshold: none was given, and the scenario has none.",
        "Give some: -Threshold 'P95ResponseSeconds < 30', 'SuccessRate >= 99'.",
        parameter);

    public static GenieLoadException ThresholdMissed(IReadOnlyList<ThresholdResult> missed) => new(
        nameof(ThresholdMissed), ErrorKind.NotMet,
        $"Run {missed[0].RunId} missed {Counted(missed)}: {Listed(missed)}",
        "See its slowest questions and its failures: Get-GenieRun -RunId " + missed[0].RunId,
        missed);

    public static GenieLoadException ThresholdUndecided(IReadOnlyList<ThresholdResult> undecided) => new(
        nameof(ThresholdUndecided), ErrorKind.NotMet,
        $"Run {undecided[0].RunId} cannot decide {Counted(undecided)}: {Listed(undecided)}",
        "Ask more questions, or set a limit that is further from the measured value.",
        undecided);

    public static GenieLoadException RunInvalid(LoadRun run) => new(
        nameof(RunInvalid), ErrorKind.NotMet,
        $"Run {run.RunId} is invalid: {run.Health?.Reasons}",
        "Run the test again from a less busy machine, or with fewer workers.",
        run.RunId);

    public static GenieLoadException RunStoppedByRule(LoadRun run) => new(
        nameof(RunStoppedByRule), ErrorKind.NotMet,
        $"Run {run.RunId} was stopped early: {run.StateReason}",
        "The answers so far are kept: Get-GenieRun -RunId " + run.RunId,
        run.RunId);

    public static GenieLoadException BaselineUnreadable(string path, string reason, Exception? inner = null) => new(
        nameof(BaselineUnreadable), ErrorKind.InvalidData,
        $"'{path}' cannot be read as a run: {reason}",
        "Give the folder of a run, or a .json file written by Export-GenieRun.",
        path, inner);

    public static GenieLoadException SameRun(string runId) => new(
        nameof(SameRun), ErrorKind.InvalidInput,
        $"Run '{runId}' would be compared with itself.",
        "Give two different runs.",
        runId);

    public static GenieLoadException NoEarlierRun(string scenarioName, string runId) => new(
        nameof(NoEarlierRun), ErrorKind.NotFound,
        $"There is no run of scenario '{scenarioName}' earlier than '{runId}' to compare with.",
        "Run it once more, or name a run: Compare-GenieRun -ReferenceRun <id or path>.",
        scenarioName);

    public static GenieLoadException NoRunToCompare(string path, string? scenarioName) => new(
        nameof(NoRunToCompare), ErrorKind.NotFound,
        scenarioName is null
            ? $"There is no completed run in '{path}' to compare."
            : $"There is no other completed run of scenario '{scenarioName}' in '{path}' to compare with.",
        "Run a test with Invoke-GenieLoadTest, or name two runs: Compare-GenieRun <reference> <difference>. Get-GenieRun lists them.",
        path);

    private static string Found(string text, int position) => position >= text.Length ? " and ends" : $", and has '{text[position]}'";

    private static string Counted(IReadOnlyList<ThresholdResult> results) =>
        results.Count == 1 ? "a threshold" : FormattableString.Invariant($"{results.Count} thresholds");

    private static string Listed(IEnumerable<ThresholdResult> results) =>
        string.Join("; ", results.Select(result => $"{result.Threshold} ({result.Reason})"));
}
