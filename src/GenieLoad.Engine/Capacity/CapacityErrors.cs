using GenieLoad.Model;

namespace GenieLoad.Engine.Capacity;

/// <summary>What can be wrong with what a forecast is made from. The factory's name is the error's id.</summary>
internal static class CapacityErrors
{
    public static GenieLoadException NoServiceTimes() => new(
        nameof(NoServiceTimes), ErrorKind.InvalidInput,
        "There is no measured service time to predict from.",
        "Give a run with finished questions, or let the baseline ask some.");

    public static GenieLoadException InvalidServiceTime(double seconds) => new(
        nameof(InvalidServiceTime), ErrorKind.InvalidInput,
        FormattableString.Invariant($"A service time is {seconds} seconds; it must be above 0 and finite."),
        "Leave out questions that never ended.", seconds);

    public static GenieLoadException NoServiceLevel() => new(
        nameof(NoServiceLevel), ErrorKind.InvalidInput,
        "No service level was given.",
        "Give at least one, such as 'P90ResponseSeconds <= 60'.");
}
