using GenieLoad.Model;

namespace GenieLoad.Engine.Options;

/// <summary>What can be wrong with an option, in words for people. The factory's name is the error's id.</summary>
internal static class OptionsErrors
{
    public static GenieLoadException InvalidOption(string field, double value, double least, double most) => new(
        nameof(InvalidOption), ErrorKind.InvalidInput,
        FormattableString.Invariant($"{field} is {value}; it must be from {least} to {most}."),
        $"Give a {field} in that range.", value);
}
