using GenieLoad.Help;

namespace GenieLoad.PowerShell.Tests.Documents;

public sealed class PageReaderTests
{
    [Theory]
    [InlineData("Get-It\nNo title.", 1, "begins with '# Verb-Noun'")]
    [InlineData("# Get-That\nWrong title.", 1, "'Get-That'")]
    [InlineData("# Get-It\nOne.\n\nTwo.", 4, "the synopsis is one paragraph")]
    [InlineData("# Get-It\nOne.\n\n## Descripton\nTwo.", 5, "'Descripton' is not known")]
    [InlineData("# Get-It\nOne.\n\n## Parameters\n### Name\nTwo.", 5, "not '-Name'")]
    [InlineData("# Get-It\nOne.\n\n## Parameters\n### -A\nTwo.\n### -A\nThree.", 7, "there twice")]
    [InlineData("# Get-It\nOne.\n\n## Description\n```powershell\nGet-It", 5, "no closing fence")]
    public void A_page_without_the_form_is_refused_with_its_line(string text, int line, string complaint)
    {
        PageException error = Assert.Throws<PageException>(
            () => HelpPageReader.Read("Get-It.md", MarkdownReader.Read("Get-It.md", text)));

        Assert.Equal(line, error.Line);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_taken_as_it_is_and_knows_its_line()
    {
        Block code = Assert.Single(
            MarkdownReader.Read("x.md", "Text.\n\n```powershell\n# not a heading\n\nGet-It |\n    Show-It\n```\n"),
            block => block.Kind == BlockKind.Code);

        Assert.Equal("# not a heading\n\nGet-It |\n    Show-It", code.Text);
        Assert.Equal(4, code.Line);
    }

    [Fact]
    public void A_topic_is_laid_out_for_a_console_of_80_columns()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 30));
        string page = $"# about_It\n\n## Short description\n\nWhat `it` is.\n\n## Long description\n\n{words}\n\n- one\n- two\n\n"
            + "```powershell\nGet-It\n```\n";

        string text = AboutTopic.Layout("about_It.md", MarkdownReader.Read("about_It.md", page));

        Assert.StartsWith(
            "TOPIC\n    about_It\n\nSHORT DESCRIPTION\n    What it is.\n\nLONG DESCRIPTION\n    word word", text, StringComparison.Ordinal);
        Assert.EndsWith("word\n\n    - one\n    - two\n\n        Get-It\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }
}
