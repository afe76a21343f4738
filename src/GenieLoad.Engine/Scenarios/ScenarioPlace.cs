using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// Where a scenario was written, so that an error names its fields as they stand there: a field of a file with file and line, a parameter
/// with its dash. The default is a scenario of code or of a hashtable.
/// </summary>
public readonly record struct ScenarioPlace
{
    // The one field whose parameter has another name.
    private const string ThresholdParameter = "Threshold";

    private readonly bool _isParameters;

    private readonly IReadOnlySet<string>? _given;

    private ScenarioPlace(string? text, bool isParameters, IReadOnlySet<string>? given)
    {
        Text = text;
        _isParameters = isParameters;
        _given = given;
    }

    /// <summary>The parameters of a cmdlet that makes a scenario of them alone.</summary>
    public static ScenarioPlace Parameters { get; } = new(null, true, null);

    /// <summary>File and line; <see langword="null"/> for what did not come from a file.</summary>
    public string? Text { get; }

    /// <summary>What an error begins with: the place and a colon, or nothing.</summary>
    internal string Before => InputFile.Before(Text);

    /// <summary>Whether it is a file.</summary>
    internal bool IsFile => Text is not null;

    /// <summary>A place in a file.</summary>
    /// <param name="path">Path of the file; <see langword="null"/> when it did not come from one.</param>
    /// <param name="line">Its line, from 1.</param>
    internal static ScenarioPlace InFile(string? path, int? line) => new(InputFile.Place(path, line), false, null);

    /// <summary>The parameters that change a scenario.</summary>
    /// <param name="given">The fields that they set; all others are the scenario's own.</param>
    internal static ScenarioPlace Changes(IReadOnlySet<string> given) => new(null, true, given);

    /// <summary>A field as it is named there.</summary>
    /// <param name="field">Its canonical name.</param>
    internal string Name(string field) =>
        IsFile ? field : _isParameters ? $"-{Capital(field)}" : Capital(field);

    /// <summary>A field that holds something, as it is named there.</summary>
    /// <param name="field">Its canonical name.</param>
    internal string NameGiven(string field) => _given?.Contains(field) == false ? $"the scenario's {Capital(field)}" : Name(field);

    private static string Capital(string field) =>
        field == ScenarioFields.Thresholds ? ThresholdParameter : char.ToUpperInvariant(field[0]) + field[1..];
}
