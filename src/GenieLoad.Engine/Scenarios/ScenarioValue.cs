using System.Collections;
using System.Globalization;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>A field of a scenario as it was written, read as what it should be; what is not that is refused.</summary>
/// <param name="Name">Canonical name of the field.</param>
/// <param name="Raw">The value as it was written.</param>
/// <param name="Place">Where it stands, for an error; <see langword="null"/> outside of files.</param>
/// <param name="Folder">Where a relative path starts from.</param>
internal sealed record ScenarioValue(string Name, object? Raw, ScenarioPlace Place, string Folder)
{
    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => Raw is null || (Raw is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>Whether it can be taken for a text.</summary>
    public bool IsText => Raw is string or int or long;

    /// <summary>One line of text.</summary>
    public string Text() => IsText
        ? Convert.ToString(Raw, CultureInfo.InvariantCulture)!.Trim()
        : throw ScenariosErrors.InvalidScenarioValue(Name, Raw, "Give a text.", Place);

    /// <summary>Several texts: a list of them, or one text that parts them itself; <see langword="null"/> for an empty list.</summary>
    /// <param name="separator">What parts them in one text.</param>
    public string? Texts(string separator)
    {
        if (Raw is not IEnumerable list || Raw is string)
            return Text();
        List<string> texts = [];
        foreach (object? item in list)
        {
            texts.Add(item is string text && !string.IsNullOrWhiteSpace(text)
                ? text.Trim()
                : throw ScenariosErrors.InvalidScenarioValue(Name, item, "Give a text, or a list of texts.", Place));
        }

        return texts.Count == 0 ? null : string.Join(separator, texts);
    }

    /// <summary>A list with commas, whether it was written as one text, one number or a list of them.</summary>
    public string List() => Raw is IEnumerable list and not string
        ? string.Join(", ", list.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))
        : Convert.ToString(Raw, CultureInfo.InvariantCulture)!.Trim();

    /// <summary>A file, by its full path.</summary>
    public string FullPath() => Text().Contains('\0', StringComparison.Ordinal)
        ? throw ScenariosErrors.InvalidScenarioValue(
            Name, Text().Replace("\0", "\\0", StringComparison.Ordinal), "Give the path of a file.", Place)
        : Path.GetFullPath(Text(), Folder);

    /// <summary>A rate.</summary>
    public Rate Rate() => Arrivals.Rate.Parse(Raw as string) ?? throw ScenariosErrors.InvalidRate(Name, Raw, Place);

    /// <summary>A whole number.</summary>
    /// <param name="invalid">The error of what is none, by value and place.</param>
    public int Count(Func<object?, ScenarioPlace, GenieLoadException>? invalid = null)
    {
        invalid ??= (value, place) => ScenariosErrors.InvalidScenarioValue(Name, value, "Give a whole number.", place);
        decimal number;
        try
        {
            number = Raw switch
            {
                string text => decimal.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
                int or long or double or decimal or float or short or byte => Convert.ToDecimal(Raw, CultureInfo.InvariantCulture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw invalid(Raw, Place);
        }
        return number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw invalid(Raw, Place);
    }

    /// <summary>A number.</summary>
    public double Number()
    {
        double number = ToNumber(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n : null);
        return double.IsFinite(number) ? number : throw ScenariosErrors.InvalidScenarioValue(Name, Raw, "Give a number.", Place);
    }

    /// <summary>Seconds of a duration in any of its forms, not checked for their range; <see langword="null"/> for immediate.</summary>
    public double? Seconds()
    {
        if (DurationText.IsUnquoted(Raw))
            throw DurationsErrors.UnquotedDuration(Raw!, Place.Text);
        double seconds = Raw is TimeSpan span
            ? span.TotalSeconds
            : ToNumber(text => DurationText.TryParse(text, out double parsed) ? parsed : null);
        return double.IsNaN(seconds) ? throw ScenariosErrors.InvalidDuration(Raw, Place) : seconds == 0 ? null : seconds;
    }

    private double ToNumber(Func<string, double?> parse) => Raw switch
    {
        string text => parse(text) ?? double.NaN,
        int or long or double or decimal or float or short or byte => Convert.ToDouble(Raw, CultureInfo.InvariantCulture),
        _ => double.NaN,
    };
}
