using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Input;

[Collection(ModuleCollection.Name)]
public sealed class InputTests : IDisposable
{
    private readonly PowerShellSession _session = new(importSamples: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload").FullName;

    public InputTests()
    {
        foreach (string name in new[] { "a.json", "b.json", "c[1].json" })
            File.WriteAllText(Path.Combine(_folder, name), "");
        _session.Set("folder", _folder);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("'30s'", 30)]
    [InlineData("2.5", 2.5)]
    [InlineData("'2m'", 120)]
    [InlineData("00:00:30", 30)]
    [InlineData("([TimeSpan]::FromSeconds(7))", 7)]
    [InlineData("1d", 86400)]
    [InlineData("1.5s", 1.5)]
    [InlineData("30s", 30)]
    [InlineData("-Duration:2.5s", 2.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1.50", 1.5)]
    [InlineData("([long]30)", 30)]
    [InlineData("(15 + 15)", 30)]
    public void A_duration_is_taken_in_every_form(string argument, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _session.Run("Get-SampleDuration " + argument).Only);

    [Theory]
    [InlineData("(1.5s)")]
    [InlineData("(1d)")]
    [InlineData("(2us)")]
    [InlineData("(5y)")]
    [InlineData("(5uy)")]
    [InlineData("(5n)")]
    [InlineData("([decimal]2.5)")]
    public void A_number_that_may_not_be_the_duration_that_was_typed_is_refused_with_the_hint_to_quote_it(string argument)
    {
        string error = _session.Run("Get-SampleDuration " + argument).Error.ToString();

        Assert.Contains("Put a duration with a unit in quotes: '1.5s', '1d'.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1kb")]
    [InlineData("0x10")]
    [InlineData("5y")]
    [InlineData("2us")]
    [InlineData("5n")]
    [InlineData("30u")]
    [InlineData("1.5l")]
    public void A_literal_that_is_no_duration_is_refused_as_it_was_typed(string argument) => Assert.Contains(
        $"'{argument}' is not a duration", _session.Run("Get-SampleDuration " + argument).Error.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_bad_duration_is_refused_with_the_value_and_the_forms()
    {
        ScriptOutcome outcome = _session.Run("Get-SampleDuration soon");

        Assert.Equal(
            "ParameterArgumentTransformationError,GenieLoad.SampleCmdlets.GetSampleDurationCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Contains("'soon' is not a duration", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'1h30m'", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Path *.json", "a.json,b.json,c[1].json")]
    [InlineData("-Path ./[ab].json", "a.json,b.json")]
    [InlineData("-Path a.json", "a.json")]
    [InlineData("-LiteralPath c[1].json", "c[1].json")]
    [InlineData("-Target new.json", "new.json")]
    public void Paths_start_at_the_session_s_location(string parameters, string names)
    {
        ScriptOutcome outcome = _session.Run("Get-SamplePath " + parameters).Clean();

        Assert.Equal(names.Split(',').Select(name => Path.Combine(_folder, name)), outcome.Output.Select(path => (string)path));
    }

    [Theory]
    [InlineData("-Path nothing.json", "FileNotFound")]
    [InlineData("-Path *.txt", "FileNotFound")]
    [InlineData("-Path .", "NotAFile")]
    [InlineData("-Path variable:PWD", "NotAFile")]
    [InlineData("-Path nodrive:x", "FileNotFound")]
    [InlineData("-LiteralPath *.json", "FileNotFound")]
    [InlineData("-LiteralPath .", "NotAFile")]
    [InlineData("-Target nodrive:x", "FileNotFound")]
    public void A_path_that_names_no_file_is_refused(string parameters, string errorId)
    {
        ScriptOutcome outcome = _session.Run("Get-SamplePath " + parameters);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
