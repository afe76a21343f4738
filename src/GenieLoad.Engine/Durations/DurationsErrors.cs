using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Durations;

/// <summary>
/// The errors of <c>Durations</c>; the name of a factory is the id of its error. A <c>place</c> is a file and line, or
/// <see langword="null"/> for what did not come from a file.
/// </summary>
internal static class DurationsErrors
{
    public static GenieLoadException InvalidDuration(object? value) => new(
        nameof(InvalidDuration), ErrorKind.InvalidInput,
        $"{ShownValue.Of(value)} is not a duration.",
        $"Give {DurationText.Forms}; never below zero.",
        value);

    public static GenieLoadException InvalidSince(object? value) => new(
        nameof(InvalidSince), ErrorKind.InvalidInput,
        $"Since is {ShownValue.Of(value)}, which is neither a duration nor a date in the past.",
        "Give a duration before now, such as '7d' or '12h', or a date, such as '2026-11-20' or (Get-Date).AddDays(-7).",
        value);

    public static GenieLoadException UnquotedDuration(object value, string? place) => new(
        nameof(UnquotedDuration), ErrorKind.InvalidInput,
        $"{InputFile.Before(place)}The number {ShownValue.Of(value)} may not be what was typed: "
            + "without quotes, 1.5s is the whole number 2 and 1d is 1.",
        "Put a duration with a unit in quotes: '1.5s', '1d'. Seconds need no unit: 1.5.",
        value);
}
