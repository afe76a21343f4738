using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The thresholds that a run was started with.</summary>
public static class RunThresholds
{
    /// <summary>Those of a run that has some.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="GenieLoadException"><c>NoThreshold</c>, or an error of <see cref="ThresholdText"/>.</exception>
    public static IReadOnlyList<Threshold> Of(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ThresholdText.ParseAll([run.Thresholds]) is { Count: > 0 } thresholds
            ? thresholds
            : throw VerdictsErrors.NoThreshold(run.RunId);
    }

    /// <summary>The plan with its thresholds: those given, else those of its scenario.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="given">Given for this test.</param>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="GenieLoadException">An error of <see cref="ThresholdText"/>.</exception>
    public static (Plan Plan, IReadOnlyList<Threshold> Thresholds) Set(Plan plan, IReadOnlyCollection<string> given, Scenario? scenario)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(given);
        IReadOnlyList<Threshold> thresholds = given.Count > 0
            ? ThresholdText.ParseAll(given)
            : ThresholdText.ParseAll([scenario?.Thresholds]);
        return (thresholds.Count == 0 ? plan : plan with { Thresholds = string.Join("; ", thresholds) }, thresholds);
    }

    /// <summary>What is asked of a test that is to fail or end by thresholds, and has none.</summary>
    /// <param name="parameter">The parameter that asks for them.</param>
    public static GenieLoadException Missing(string parameter) => VerdictsErrors.NoThresholdFor(parameter);
}
