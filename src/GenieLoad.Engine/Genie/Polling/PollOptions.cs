using System.Globalization;
using GenieLoad.Engine.Options;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Polling;

/// <summary>How often a message is asked for while Genie works on it.</summary>
public sealed record PollOptions
{
    /// <summary>Least seconds between two polls that Databricks recommends.</summary>
    public const double LeastRecommended = 1;

    /// <summary>Most seconds between two polls that Databricks recommends for the first minutes of a question.</summary>
    public const double MostRecommended = 5;

    /// <summary>How the waits are chosen, one of <see cref="PollPolicy"/>. Default <see cref="PollPolicy.Backoff"/>.</summary>
    public string Policy { get; init; } = PollPolicy.Backoff;

    /// <summary>
    /// Seconds before the first poll, 0.01 to 600; of a fixed policy every wait, of an adaptive one the shortest. Default 1.
    /// </summary>
    public double FirstSeconds { get; init; } = 1;

    /// <summary>Factor from one wait to the next, 1 to 10. Default 1.5.</summary>
    public double Factor { get; init; } = 1.5;

    /// <summary>Most seconds between polls, from <see cref="FirstSeconds"/> to 600. Default 5.</summary>
    public double MaximumSeconds { get; init; } = 5;

    /// <summary>Seconds after acceptance from which polls may become rarer still, 0 to 86,400. Default 120.</summary>
    public double LateAfterSeconds { get; init; } = 120;

    /// <summary>Most seconds between polls from then on, from <see cref="MaximumSeconds"/> to 3,600. Default 60.</summary>
    public double LateMaximumSeconds { get; init; } = 60;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>UnknownPollPolicy</c>, naming the field and the value.</exception>
    public void Validate()
    {
        if (!PollPolicy.All.Contains(Policy))
            throw GenieErrors.UnknownPollPolicy(Policy);
        // Within what is recommended, so that an adaptive policy never asks more often than once a second.
        bool adaptive = Policy == PollPolicy.Adaptive;
        OptionRange.Check(nameof(FirstSeconds), FirstSeconds, adaptive ? LeastRecommended : 0.01, adaptive ? MostRecommended : 600);
        OptionRange.Check(nameof(Factor), Factor, 1, 10);
        OptionRange.Check(nameof(MaximumSeconds), MaximumSeconds, FirstSeconds, adaptive ? MostRecommended : 600);
        OptionRange.Check(nameof(LateAfterSeconds), LateAfterSeconds, 0, 86_400);
        OptionRange.Check(nameof(LateMaximumSeconds), LateMaximumSeconds, MaximumSeconds, 3600);
    }

    /// <summary>The policy in words; part of what the times of a run mean.</summary>
    public override string ToString() => Policy switch
    {
        PollPolicy.Fixed => FormattableString.Invariant($"every {FirstSeconds:0.###} s"),
        PollPolicy.Adaptive => FormattableString.Invariant($"adaptive, {FirstSeconds:0.###} s to {MaximumSeconds:0.###} s"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{FirstSeconds:0.###} s, then x {Factor:0.###} up to {MaximumSeconds:0.###} s; "
            + $"after {LateAfterSeconds:0.###} s up to {LateMaximumSeconds:0.###} s"),
    };
}
