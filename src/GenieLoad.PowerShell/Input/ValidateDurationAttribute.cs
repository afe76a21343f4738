using System.Management.Automation;

namespace GenieLoad.PowerShell.Input;

/// <summary>Refuses a <see cref="TimeSpan"/> outside a range of seconds.</summary>
/// <param name="leastSeconds">Least seconds allowed.</param>
/// <param name="mostSeconds">Most seconds allowed.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateDurationAttribute(double leastSeconds, double mostSeconds) : ValidateArgumentsAttribute
{
    private const double LongUnit = 3600;

    /// <summary>Least seconds allowed.</summary>
    public double LeastSeconds { get; } = leastSeconds;

    /// <summary>Most seconds allowed.</summary>
    public double MostSeconds { get; } = mostSeconds;

    /// <summary>Checks what was given.</summary>
    /// <param name="arguments">The duration.</param>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <exception cref="ValidationMetadataException">It is outside the range.</exception>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan duration && (duration.TotalSeconds < LeastSeconds || duration.TotalSeconds > MostSeconds))
        {
            string range = FormattableString.Invariant(
                $"{duration.TotalSeconds:0.######} seconds are out of range: give {LeastSeconds:#,0.##} to {MostSeconds:#,0.##} seconds.");
            // Whoever wants days or hours and leaves out the unit means something else than seconds.
            throw new ValidationMetadataException(LeastSeconds < LongUnit ? range : FormattableString.Invariant(
                $"A number counts seconds, and {range} Write the unit: '{duration.TotalSeconds:0.######}d' are days."));
        }
    }
}
