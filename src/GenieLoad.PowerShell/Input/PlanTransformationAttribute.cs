using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets a <see cref="Plan"/> parameter be given as a file of <c>Export-GeniePlan</c>, as what <c>Get-GenieScenario -Plan</c> shows, or as
/// a run whose plan is meant.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PlanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Finds or reads the plan.</summary>
    /// <param name="engineIntrinsics">The session, whose location relative paths start from.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>A <see cref="Plan"/>, an array of them for a list, or <see langword="null"/> for <c>$null</c>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no plan; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        return InputConversion.OfEach<Plan>(inputData, value => InputConversion.Unwrap(value) switch
        {
            Plan plan => plan,
            PlanPreview { Plan: Plan plan } => plan,
            LoadRun run => run.Plan,
            FileInfo file => PlanFile.Read(file.FullName),
            string path => PlanFile.Read(new PathResolution(engineIntrinsics.SessionState).LiteralFile(path)),
            var other => throw InputErrors.NotAPlan(other),
        });
    }
}
