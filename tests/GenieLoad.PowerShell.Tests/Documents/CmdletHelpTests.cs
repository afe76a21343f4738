using System.Management.Automation;
using GenieLoad.Help;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>What <c>Get-Help</c> shows of every cmdlet of the module.</summary>
[Collection(ModuleCollection.Name)]
public sealed class CmdletHelpTests : IDisposable
{
    private static readonly string PageFolder = Path.Combine(BuiltModule.RepositoryRoot, "docs", "en-US");

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        IEnumerable<string> pages = Directory.GetFiles(PageFolder, "*-*.md").Select(file => Path.GetFileNameWithoutExtension(file)!);

        Assert.Equal(CmdletNames().Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_has_synopsis_description_outputs_and_an_example()
    {
        List<string> complaints = [];
        foreach (string name in CmdletNames())
        {
            dynamic help = _session.Run($"Get-Help {name} -Full").Only;
            string text = _session.Show($"Get-Help {name} -Full");
            // Without a page PowerShell makes up a synopsis from the syntax.
            if ($"{help.Synopsis}".Trim() is "" or [.., ']'])
                complaints.Add($"{name}: no synopsis");
            if (Section(text, "DESCRIPTION").Length == 0)
                complaints.Add($"{name}: no description");
            if (Section(text, "OUTPUTS").Length == 0)
                complaints.Add($"{name}: no outputs");
            if (!text.Contains("- Example 1: ", StringComparison.Ordinal))
                complaints.Add($"{name}: no example");
        }
        Complaints.None(complaints);
    }

    [Fact]
    public void Every_parameter_is_described_and_every_description_has_its_parameter()
    {
        List<string> complaints = [];
        foreach (string name in CmdletNames())
        {
            string page = Path.Combine(PageFolder, name + ".md");
            if (!File.Exists(page))
                continue;
            string[] described = [.. HelpPageReader.ReadFile(page).Parameters
                .Where(entry => entry.Value.Count > 0).Select(entry => entry.Key)];
            string[] real = [.. _session.Run($"(Get-Command {name}).Parameters.Keys").Clean().Output.Select(key => (string)key)
                .Except([.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters])];
            complaints.AddRange(real.Except(described).Select(parameter => $"{name}: -{parameter} is not described"));
            complaints.AddRange(described.Except(real).Select(parameter => $"{name}: -{parameter} does not exist"));
        }
        Complaints.None(complaints);
    }

    [Fact]
    public void Every_related_cmdlet_exists()
    {
        IEnumerable<string> topics = Directory.GetFiles(PageFolder, "about_*.md").Select(file => Path.GetFileNameWithoutExtension(file)!);
        string[] known = [.. CmdletNames(), .. topics];

        IEnumerable<string> complaints = Directory.GetFiles(PageFolder, "*-*.md").Select(HelpPageReader.ReadFile)
            .SelectMany(page => page.Related.Except(known).Select(related => $"{page.Name}: {related}"));

        Complaints.None(complaints);
    }

    [Fact]
    public void Get_Help_Online_opens_the_page_of_the_cmdlet()
    {
        string[] links = [.. CmdletNames().Select(name =>
            (string)_session.Run($"(Get-Help {name}).relatedLinks.navigationLink[0].uri").Only.ToString())];

        Assert.All(links.Zip(CmdletNames()), link =>
            Assert.Equal($"https://github.com/genieload/GenieLoad/blob/main/docs/en-US/{link.Second}.md", link.First));
        Assert.All(CmdletNames(), name => Assert.True(File.Exists(Path.Combine(PageFolder, $"{name}.md"))));
    }

    [Fact]
    public void The_module_s_own_topic_is_found()
    {
        dynamic topic = _session.Run("Get-Help about_GenieLoad").Only;

        Assert.Contains("GENIELOAD_HOME", (string)topic, StringComparison.Ordinal);
    }

    private List<string> CmdletNames() =>
        [.. _session.Run("foreach ($name in (Get-Module GenieLoad).ExportedCmdlets.Keys) { $name }").Clean().Output
            .Select(name => (string)name)];

    private static string Section(string help, string heading)
    {
        int start = help.IndexOf("\n" + heading + "\n", StringComparison.Ordinal);
        return start < 0 ? "" : help[(start + heading.Length + 2)..].Split("\n\n", 2)[0].Trim();
    }
}
