using System.Text;
using System.Text.Json;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// Scenario files, JSON and psd1. A file holds one scenario, a list of them, or an object whose only member <c>scenarios</c> is such a
/// list. Comments and trailing commas are welcome.
/// </summary>
public static class ScenarioFile
{
    private const string ListMember = "scenarios";

    /// <summary>Whether a path ends as scenario files do: <c>.json</c> or <c>.psd1</c>.</summary>
    /// <param name="path">The path.</param>
    public static bool HasKnownExtension(string path) => IsJson(path) || IsPsd1(path);

    /// <summary>Reads every scenario of a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="parsePsd1">
    /// Turns the text of a psd1 file into data without running anything of it, or throws <see cref="DataFileSyntaxException"/>.
    /// PowerShell's own parser does that, and only the cmdlets have it at hand.
    /// </param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownScenarioFormat</c>, <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>, <c>InvalidJson</c>,
    /// <c>InvalidDataFile</c>, <c>NoScenario</c>, <c>NotAScenario</c>, <c>DuplicateScenario</c>, or an error of
    /// <see cref="ScenarioDraft.ToScenario"/>. It names the file and the line.
    /// </exception>
    public static IReadOnlyList<Scenario> Read(string path, Func<string, DataValue> parsePsd1)
    {
        ArgumentNullException.ThrowIfNull(parsePsd1);
        if (!HasKnownExtension(path))
            throw ScenariosErrors.UnknownScenarioFormat(path);
        string text = InputFile.ReadText(path);
        if (string.IsNullOrWhiteSpace(text))
            throw ScenariosErrors.NoScenario(path);
        return FromData(IsJson(path) ? DataJson.Parse(text, path) : ParsePsd1(text, path, parsePsd1), path);
    }

    /// <summary>Reads the one scenario of a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="parsePsd1">As for <see cref="Read"/>.</param>
    /// <exception cref="GenieLoadException"><c>SeveralScenarios</c>, or an error of <see cref="Read"/>.</exception>
    public static Scenario ReadOne(string path, Func<string, DataValue> parsePsd1)
    {
        IReadOnlyList<Scenario> scenarios = Read(path, parsePsd1);
        return scenarios.Count == 1 ? scenarios[0] : throw ScenariosErrors.SeveralScenarios(path, scenarios);
    }

    /// <summary>Writes scenarios in the format of the path's extension: one as an object, several as a list.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="path">Path whose extension says the format.</param>
    /// <param name="scenarios">The scenarios, at least one.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownScenarioFormat</c>, <c>NoScenarioToWrite</c>, <c>DuplicateScenario</c>, or an error of <see cref="ScenarioRules"/>.
    /// </exception>
    public static void Write(Stream stream, string path, IReadOnlyList<Scenario> scenarios)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckWritable(path, scenarios);
        if (IsJson(path))
            WriteJson(stream, scenarios);
        else
            stream.Write(Encoding.UTF8.GetBytes(ScenarioPsd1.Format(scenarios)));
    }

    /// <summary>Checks all that <see cref="Write"/> would, without writing.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void CheckWritable(string path, IReadOnlyList<Scenario> scenarios)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        if (!HasKnownExtension(path))
            throw ScenariosErrors.UnknownScenarioFormat(path);
        if (scenarios.Count == 0)
            throw ScenariosErrors.NoScenarioToWrite(path);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (Scenario scenario in scenarios)
        {
            if (!names.Add(ScenarioRules.Check(scenario).Name))
                throw ScenariosErrors.DuplicateScenario(scenario.Name, ScenarioPlace.InFile(path, null));
        }
    }

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static bool IsPsd1(string path) => path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase);

    private static DataValue ParsePsd1(string text, string path, Func<string, DataValue> parse)
    {
        try
        {
            return parse(text);
        }
        catch (DataFileSyntaxException error)
        {
            throw DataFilesErrors.InvalidDataFile(InputFile.Place(path, error.Line)!, error.Message);
        }
    }

    private static List<Scenario> FromData(DataValue root, string path)
    {
        List<Scenario> scenarios = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (DataValue item in Unwrap(root))
        {
            if (item.Value is not IReadOnlyList<DataMember> members)
                throw ScenariosErrors.NotAScenario(item.Scalar, ScenarioPlace.InFile(path, item.Line));
            ScenarioDraft draft = new([.. members.Select(m => new ScenarioField(m.Name, ValueOf(m), m.Line))], path, item.Line);
            Scenario scenario = draft.ToScenario();
            if (!names.Add(scenario.Name))
                throw ScenariosErrors.DuplicateScenario(scenario.Name, draft.Place(draft.NameLine));
            scenarios.Add(scenario);
        }

        return scenarios.Count > 0 ? scenarios : throw ScenariosErrors.NoScenario(path);
    }

    private static IReadOnlyList<DataValue> Unwrap(DataValue root)
    {
        if (root.Value is IReadOnlyList<DataMember> { Count: 1 } members
            && string.Equals(members[0].Name, ListMember, StringComparison.OrdinalIgnoreCase))
        {
            root = members[0].Value;
        }

        return root.Value as IReadOnlyList<DataValue> ?? [root];
    }

    private static void WriteJson(Stream stream, IReadOnlyList<Scenario> scenarios)
    {
        JsonWriterOptions options = new()
        {
            Indented = true,
            // Letters of every language as they are; the file is no part of a web page.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter writer = new(stream, options))
        {
            if (scenarios.Count == 1)
            {
                WriteJson(writer, scenarios[0]);
            }
            else
            {
                writer.WriteStartArray();
                foreach (Scenario scenario in scenarios)
                    WriteJson(writer, scenario);
                writer.WriteEndArray();
            }
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteJson(Utf8JsonWriter writer, Scenario scenario)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in ScenarioFields.Of(scenario))
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case int count:
                    writer.WriteNumberValue(count);
                    break;
                default:
                    writer.WriteNumberValue((double)value);
                    break;
            }
        }
        writer.WriteEndObject();
    }

    /// <summary>The value of a field; a list stays one where the field takes it.</summary>
    private static object? ValueOf(DataMember member) =>
        member.Value.Value is IReadOnlyList<DataValue> items
            && ScenarioFields.Canonical(member.Name) is string field && ScenarioFields.Rule(field).TakesList
            ? items.Select(item => item.Scalar).ToArray()
            : member.Value.Scalar;
}
