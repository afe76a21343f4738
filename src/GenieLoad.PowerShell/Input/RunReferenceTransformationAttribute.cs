using System.Collections;
using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets a <see cref="LoadRun"/> parameter be given as a run, a run's id, a run's folder, or a <c>.json</c> file of <c>Export-GenieRun</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RunReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether thresholds are left to the parameter that they belong to: they may stand where the run stands.</summary>
    public bool LeavesThresholds { get; init; }

    /// <summary>Finds the run.</summary>
    /// <param name="engineIntrinsics">The session, whose location relative paths start from.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>
    /// A <see cref="LoadRun"/>, an array of them for a list, <see langword="null"/> for <c>$null</c>, or thresholds as they came.
    /// </returns>
    /// <exception cref="ArgumentTransformationMetadataException">There is no such run; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        // Where a cmdlet takes comparisons or capacities as well, they belong to another parameter.
        if (InputConversion.Unwrap(inputData) is RunComparison or SpaceCapacity)
            return inputData;
        if (LeavesThresholds && AreThresholds(InputConversion.Unwrap(inputData)))
            return inputData;
        return InputConversion.OfEach(inputData, value => ToRun(engineIntrinsics, value));
    }

    private static bool AreThresholds(object? input) => input switch
    {
        string text => ThresholdText.IsMeant(text),
        IList { Count: > 0 } list => list.Cast<object?>().All(item => AreThresholds(InputConversion.Unwrap(item))),
        _ => false,
    };

    private static LoadRun ToRun(EngineIntrinsics engine, object? value) => InputConversion.Unwrap(value) switch
    {
        LoadRun run => run,
        FileSystemInfo file => BaselineRun.Read(file.FullName),
        string text when IsPath(engine, text, out string path) => BaselineRun.Read(path),
        { } id => RunReader.Read(new RunStore().Find($"{id}").Path),
        _ => throw Commands.RunErrors.NoRunGiven(),
    };

    /// <summary>An id has no separator and no extension; a folder of that name in the current location is taken for its path.</summary>
    private static bool IsPath(EngineIntrinsics engine, string text, out string path)
    {
        path = "";
        bool looksLikePath = text.IndexOfAny(['/', '\\']) >= 0 || text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        string target = looksLikePath || text.IndexOf(':', StringComparison.Ordinal) < 0
            ? new PathResolution(engine.SessionState).Target(text)
            : "";
        if (!looksLikePath && !Directory.Exists(target))
            return false;
        path = target;
        return true;
    }
}
