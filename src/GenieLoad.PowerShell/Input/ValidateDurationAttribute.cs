using System.Management.Automation;

namespace GenieLoad.PowerShell.Input;

/// <summary>Refuses a <see cref="TimeSpan"/> outside a range of seconds.</summary>
/// <param name="leastSeconds">Least seconds allowed.</param>
/// <param name="mostSeconds">Most seconds allowed.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateDurationAttribute(double leastSeconds, double mostSeconds) : ValidateArgumentsAttribute
{
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
            throw new ValidationMetadataException(FormattableString.Invariant(
                $"{duration.TotalSeconds:0.######} seconds are out of range: give {LeastSeconds:#,0.##} to {MostSeconds:#,0.##} seconds."));
        }
    }
}
