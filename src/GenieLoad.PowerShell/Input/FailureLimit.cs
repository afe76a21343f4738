using System.Globalization;
using GenieLoad.Model;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Input;

/// <summary>How many questions may fail: a count such as <c>5</c>, or a share such as <c>10%</c>.</summary>
public sealed class FailureLimit
{
    /// <summary>A count.</summary>
    /// <param name="count">1 or more.</param>
    /// <exception cref="GenieLoadException"><c>InvalidFailureLimit</c>.</exception>
    public FailureLimit(int count) =>
        Count = count >= 1 ? count : throw LoadTestErrors.InvalidFailureLimit(count.ToString(CultureInfo.InvariantCulture));

    private FailureLimit(double percent) => Percent = percent;

    /// <summary>Questions; <see langword="null"/> for a share.</summary>
    public int? Count { get; }

    /// <summary>Share in percent, above 0 and below 100; <see langword="null"/> for a count.</summary>
    public double? Percent { get; }

    /// <summary>Reads what people type.</summary>
    /// <param name="text"><c>5</c> or <c>10%</c>.</param>
    /// <exception cref="GenieLoadException"><c>InvalidFailureLimit</c>.</exception>
    public static FailureLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1)
            return new FailureLimit(count);
        return trimmed.EndsWith('%')
            && double.TryParse(trimmed[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent)
            && percent is >= 0.01 and <= 99.99
            ? new FailureLimit(percent)
            : throw LoadTestErrors.InvalidFailureLimit(text);
    }

    /// <summary>As it is typed.</summary>
    public override string ToString() => Count is int count
        ? count.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{Percent:0.##}%");
}
