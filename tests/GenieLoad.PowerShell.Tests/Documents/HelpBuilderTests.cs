using System.Management.Automation;
using GenieLoad.Help;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>From a page to what the console shows, with a cmdlet that has a parameter of every sort.</summary>
[Collection(ModuleCollection.Name)]
public sealed class HelpBuilderTests : IDisposable
{
    private const string Page =
        """
        # Convert-SampleColor
        Converts **colours** to [others](other.md).

        ## Description
        First paragraph
        over two lines.

        - a point
        - another `point`

        ## Parameters
        ### -Name
        Names; wildcards are accepted.
        ### -Color
        A colour.
        ### -Count
        How many, 1 to 9.
        ### -Tone
        The tone.
        ### -Fast
        Hurries.

        ## Examples
        ### Convert one
        Before the code.
        ```powershell
        Convert-SampleColor red
        ```
        Shows the `one`.
        ### Convert all
        ```powershell
        'red', 'green' |
            Convert-SampleColor -Count 2
        ```

        ## Outputs
        GenieLoad.SampleCmdlets.SampleColor — the colour.

        ## Related
        - Get-Help
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("genieload").FullName;
    private readonly PowerShellSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Get_Help_shows_the_prose_of_the_page()
    {
        BuildAndImport();

        string text = _session.Show("Get-Help Convert-SampleColor -Full");

        Assert.Contains("Converts colours to others.", text, StringComparison.Ordinal);
        Assert.Contains("First paragraph over two lines.", text, StringComparison.Ordinal);
        Assert.Contains("- another point", text, StringComparison.Ordinal);
        Assert.Contains("How many, 1 to 9.", text, StringComparison.Ordinal);
        Assert.Contains("GenieLoad.SampleCmdlets.SampleColor", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Syntax_and_details_come_from_the_class()
    {
        BuildAndImport();

        string text = _session.Show("Get-Help Convert-SampleColor -Full").Replace("\n    ", " ", StringComparison.Ordinal);
        dynamic count = _session.Run("Get-Help Convert-SampleColor -Parameter Count").Only;
        dynamic name = _session.Run("Get-Help Convert-SampleColor -Parameter Name").Only;

        Assert.Contains(
            "Convert-SampleColor [-Name] <String[]> [-Count <Int32>] [-Tone {low | high}] [-Fast] [-WhatIf] [-Confirm]",
            text,
            StringComparison.Ordinal);
        Assert.Contains("Convert-SampleColor -Color {Red | Green}", text, StringComparison.Ordinal);
        Assert.Equal(("3", "named", "True (ByPropertyName)"), Details(count));
        Assert.Equal(("None", "0", "True (ByValue)"), Details(name));
        Assert.Equal(("true", "Title"), ($"{Property(name, "globbing")}", $"{Property(name, "aliases")}"));
        Assert.Contains("Accepted values: Red, Green.", text, StringComparison.Ordinal);
        Assert.Contains("Shows what would happen and does nothing.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_can_be_copied()
    {
        BuildAndImport();

        string text = _session.Show("Get-Help Convert-SampleColor -Examples");

        Assert.Contains("Example 1: Convert one", text, StringComparison.Ordinal);
        Assert.Contains("Shows the one.", text, StringComparison.Ordinal);
        Assert.Matches(@"'red', 'green' \|\n\s+Convert-SampleColor -Count 2\n", text);
    }

    [Fact]
    public void What_an_earlier_build_wrote_is_gone()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "en-US"));
        File.WriteAllText(Path.Combine(_folder, "en-US", "about_Gone.help.txt"), "");

        BuildAndImport();

        Assert.Equal(
            ["GenieLoad.SampleCmdlets.dll-Help.xml"],
            Directory.GetFiles(Path.Combine(_folder, "en-US")).Select(file => Path.GetFileName(file)!));
    }

    private void BuildAndImport()
    {
        string manifest = Path.Combine(_folder, "Sample.psd1");
        File.WriteAllText(
            manifest,
            $"@{{ ModuleVersion = '1.0'; RootModule = '{BuiltModule.SampleCmdlets}'; CmdletsToExport = @('Convert-SampleColor') }}");
        string pages = Directory.CreateDirectory(Path.Combine(_folder, "pages")).FullName;
        File.WriteAllText(Path.Combine(pages, "Convert-SampleColor.md"), Page);
        HelpBuilder.Build(manifest, pages, Path.Combine(_folder, "en-US"));
        _session.Run($"Import-Module '{manifest}'").Clean();
    }

    private static (string Default, string Position, string Input) Details(dynamic parameter) =>
        ($"{Property(parameter, "defaultValue")}", $"{Property(parameter, "position")}", $"{Property(parameter, "pipelineInput")}");

    private static object Property(dynamic parameter, string name) => ((PSObject)parameter).Properties[name].Value;
}
