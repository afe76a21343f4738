using System.Globalization;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// Scenarios as a PowerShell data file that <c>Import-GenieScenario</c> and <c>Import-PowerShellDataFile</c> read back. (The latter
/// wants a hashtable at the top, so several scenarios stand in its member <c>Scenarios</c>.)
/// </summary>
internal static class ScenarioPsd1
{
    // PowerShell takes the typographic quotes for the plain one, so all of them end a text unless doubled.
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";

    public static string Format(IReadOnlyList<Scenario> scenarios)
    {
        StringBuilder text = new();
        if (scenarios.Count == 1)
        {
            Append(text, scenarios[0], "");
            return text.ToString();
        }

        text.Append("@{\n    Scenarios = @(\n");
        foreach (Scenario scenario in scenarios)
            Append(text, scenario, "        ");
        return text.Append("    )\n}\n").ToString();
    }

    private static void Append(StringBuilder text, Scenario scenario, string indent)
    {
        text.Append(indent).Append("@{\n");
        foreach ((string name, object? value) in ScenarioFields.Of(scenario))
            Append(text, indent, char.ToUpperInvariant(name[0]) + name[1..], Literal(value));
        text.Append(indent).Append("}\n");
    }

    private static void Append(StringBuilder text, string indent, string name, string value) =>
        text.Append(indent).Append("    ").Append(name.PadRight(15)).Append(" = ").Append(value).Append('\n');

    private static string Literal(object? value) => value switch
    {
        null => "$null",
        string text => Quote(text),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(string value)
    {
        StringBuilder quoted = new("'");
        foreach (char c in value)
            quoted.Append(c, SingleQuotes.Contains(c, StringComparison.Ordinal) ? 2 : 1);
        return quoted.Append('\'').ToString();
    }
}
