using System.Reflection;

namespace GenieLoad.Engine.Simulation;

/// <summary>The settings of a simulator that have a range, in the order in which they are declared.</summary>
internal static class RangedSettings
{
    /// <summary>Each with its range.</summary>
    public static IReadOnlyList<(PropertyInfo Setting, WithinAttribute Range)> All { get; } =
    [
        .. typeof(SimulatorOptions).GetProperties().OrderBy(setting => setting.MetadataToken)
            .Where(setting => setting.IsDefined(typeof(WithinAttribute)))
            .Select(setting => (setting, setting.GetCustomAttribute<WithinAttribute>()!)),
    ];

    /// <summary>Shares of one whole, which add up to 1 at most; the key says what it is.</summary>
    public static IReadOnlyList<IGrouping<string, PropertyInfo>> Shares { get; } =
    [
        .. All.Where(ranged => ranged.Range is ShareAttribute { Of: not null })
            .GroupBy(ranged => ((ShareAttribute)ranged.Range).Of!, ranged => ranged.Setting),
    ];
}
