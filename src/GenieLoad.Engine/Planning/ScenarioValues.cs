using System.Collections;
using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The fields of one entry by their canonical names, read as what they should be. A value that is not that is refused with its place.
/// </summary>
/// <param name="fields">The fields; one that is empty counts as not there.</param>
/// <param name="source">Path of the file; <see langword="null"/> for none.</param>
internal sealed class ScenarioValues(IReadOnlyDictionary<string, ScenarioField> fields, string? source)
{
    /// <summary>Whether a field says something.</summary>
    public bool Has(string name) => fields.TryGetValue(name, out ScenarioField? field) && !IsEmpty(field.Value);

    /// <summary>Whether a field was written, empty or not.</summary>
    public bool Given(string name) => fields.ContainsKey(name);

    /// <summary>Where a field stands, for an error; <see langword="null"/> outside of files.</summary>
    public string? Place(string name) => InputFile.Place(source, fields.GetValueOrDefault(name)?.Line);

    /// <summary>The field as it was written.</summary>
    public object? Raw(string name) => fields.GetValueOrDefault(name)?.Value;

    /// <summary>One line of text.</summary>
    public string? Text(string name) => !Has(name) ? null : Raw(name) is string or int or long
        ? Convert.ToString(Raw(name), CultureInfo.InvariantCulture)!.Trim()
        : throw PlanningErrors.InvalidScenarioValue(name, Raw(name), "Give a text.", Place(name));

    /// <summary>Several texts: a list of them, or one text that parts them itself.</summary>
    /// <param name="name">The field.</param>
    /// <param name="separator">What parts them in one text.</param>
    public string? Texts(string name, string separator)
    {
        if (!Has(name) || Raw(name) is not IEnumerable list || Raw(name) is string)
            return Text(name);
        List<string> texts = [];
        foreach (object? item in list)
        {
            texts.Add(item is string text && !string.IsNullOrWhiteSpace(text)
                ? text.Trim()
                : throw PlanningErrors.InvalidScenarioValue(name, item, "Give a text, or a list of texts.", Place(name)));
        }

        return texts.Count == 0 ? null : string.Join(separator, texts);
    }

    /// <summary>A whole number.</summary>
    public int? Count(string name, Func<object?, string?, GenieLoadException> invalid, Action<int, string?> check)
    {
        if (!Has(name))
            return null;
        decimal number;
        try
        {
            number = Raw(name) switch
            {
                string text => decimal.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
                int or long or double or decimal or float or short or byte => Convert.ToDecimal(Raw(name), CultureInfo.InvariantCulture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw invalid(Raw(name), Place(name));
        }
        if (number != decimal.Truncate(number) || number is < int.MinValue or > int.MaxValue)
            throw invalid(Raw(name), Place(name));
        check((int)number, Place(name));
        return (int)number;
    }

    /// <summary>A number.</summary>
    public double? Number(string name)
    {
        if (!Has(name))
            return null;
        double number = ToNumber(
            Raw(name), text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n : null);
        return double.IsFinite(number) ? number : throw PlanningErrors.InvalidScenarioValue(name, Raw(name), "Give a number.", Place(name));
    }

    /// <summary>Seconds of a duration in any of its forms, 0 for immediate; not checked for their range.</summary>
    public double? Seconds(string name, Func<object?, string?, GenieLoadException> invalid)
    {
        if (!Has(name))
            return null;
        if (DurationText.IsUnquoted(Raw(name)))
            throw PlanningErrors.UnquotedDuration(Raw(name)!, Place(name));
        double seconds = Raw(name) is TimeSpan span
            ? span.TotalSeconds
            : ToNumber(Raw(name), text => DurationText.TryParse(text, out double parsed) ? parsed : null);
        return double.IsNaN(seconds) ? throw invalid(Raw(name), Place(name)) : seconds;
    }

    private static bool IsEmpty(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    private static double ToNumber(object? value, Func<string, double?> parse) => value switch
    {
        string text => parse(text) ?? double.NaN,
        int or long or double or decimal or float or short or byte => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => double.NaN,
    };
}
