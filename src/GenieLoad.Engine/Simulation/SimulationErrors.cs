using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Simulation;

/// <summary>What can be wrong with the settings of a simulator.</summary>
internal static class SimulationErrors
{
    public static GenieLoadException SimulatorNumberOutOfRange(string name, double value, double least, double most) => new(
        nameof(SimulatorNumberOutOfRange), ErrorKind.InvalidInput,
        $"{name} is {Text(value)}; it must be from {Text(least)} to {Text(most)}.",
        $"Give {name} a number from {Text(least)} to {Text(most)}.", value);

    public static GenieLoadException SimulatorSharesTooLarge(string names, double sum) => new(
        nameof(SimulatorSharesTooLarge), ErrorKind.InvalidInput,
        $"{names} add up to {Text(sum)}; together they must not be more than 1.",
        "Lower some of them: each is a share of all cases, from 0 to 1.", sum);

    public static GenieLoadException SimulatorTextEmpty(string name) => new(
        nameof(SimulatorTextEmpty), ErrorKind.InvalidInput, $"{name} is empty.", $"Give {name} a value, or omit it.");

    public static GenieLoadException SimulatorTextTooLong(string name, int length, int most) => new(
        nameof(SimulatorTextTooLong), ErrorKind.InvalidInput,
        FormattableString.Invariant($"{name} has {length} characters; the maximum is {most}."), $"Shorten {name}.", length);

    public static GenieLoadException SimulatorTextUnusable(string name) => new(
        nameof(SimulatorTextUnusable), ErrorKind.InvalidInput,
        $"{name} contains characters that are not allowed in a web address or a header.",
        $"Use letters, digits, '-', '_' and '.' for {name}.");

    public static GenieLoadException SimulatorTokensEqual() => new(
        nameof(SimulatorTokensEqual), ErrorKind.InvalidInput,
        "Token and ForbiddenToken are the same.", "Give them different values: the second is refused with 403.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
