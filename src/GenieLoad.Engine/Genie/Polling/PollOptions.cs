namespace GenieLoad.Engine.Genie.Polling;

/// <summary>How often a message is asked for while Genie works on it.</summary>
public sealed class PollOptions
{
    /// <summary>Seconds before the first poll, 0.01 to 600. Default 1.</summary>
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
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        OptionRange.Check(nameof(FirstSeconds), FirstSeconds, 0.01, 600);
        OptionRange.Check(nameof(Factor), Factor, 1, 10);
        OptionRange.Check(nameof(MaximumSeconds), MaximumSeconds, FirstSeconds, 600);
        OptionRange.Check(nameof(LateAfterSeconds), LateAfterSeconds, 0, 86_400);
        OptionRange.Check(nameof(LateMaximumSeconds), LateMaximumSeconds, MaximumSeconds, 3600);
    }

    /// <summary>The policy in words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{FirstSeconds:0.###} s, then x {Factor:0.###} up to {MaximumSeconds:0.###} s; after {LateAfterSeconds:0.###} s up to {LateMaximumSeconds:0.###} s");
}
