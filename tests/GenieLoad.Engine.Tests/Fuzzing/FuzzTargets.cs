using System.Collections.Frozen;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>All readers.</summary>
internal static class FuzzTargets
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, FuzzTarget> All { get; } =
        new[]
        {
            WireTargets.All(), CredentialTargets.All(), MlflowTargets.All(), RunTargets.All(), ArchiveTargets.All(), FileTargets.All(),
            TextTargets.All(),
        }.SelectMany(targets => targets).ToFrozenDictionary(target => target.Name);

    /// <summary>The error of nearly all readers.</summary>
    public static bool IsUserError(Exception e) => e is GenieLoadException { Message.Length: > 0, ErrorId.Length: > 0 };
}
