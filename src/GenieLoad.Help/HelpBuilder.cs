using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GenieLoad.Help;

/// <summary>Writes the help of a module: one MAML file for its cmdlets, one text file for each topic.</summary>
public static class HelpBuilder
{
    /// <summary>Reads the pages and writes the files of the output folder anew.</summary>
    /// <param name="manifest">Manifest of the assembled module.</param>
    /// <param name="pageFolder">Folder with <c>Verb-Noun.md</c> and <c>about_*.md</c>.</param>
    /// <param name="outputFolder">Folder for the files.</param>
    /// <exception cref="PageException">A page does not have the form.</exception>
    public static void Build(string manifest, string pageFolder, string outputFolder)
    {
        // Read everything before the first file is touched.
        Dictionary<string, HelpPage> pages = Directory.GetFiles(pageFolder, "*-*.md").Select(HelpPageReader.ReadFile)
            .ToDictionary(page => page.Name, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> topics = Directory.GetFiles(pageFolder, "about_*.md")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file) + ".help.txt", AboutTopic.ReadFile);

        if (Directory.Exists(outputFolder))
            Directory.Delete(outputFolder, recursive: true);
        Directory.CreateDirectory(outputFolder);
        foreach ((string name, string text) in topics)
            File.WriteAllText(Path.Combine(outputFolder, name), text);
        foreach (IGrouping<string, CmdletSurface> file in Cmdlets(manifest).Where(cmdlet => pages.ContainsKey(cmdlet.Info.Name))
            .GroupBy(cmdlet => cmdlet.HelpFile))
        {
            Maml.Document(file.Select(cmdlet => Maml.Command(cmdlet, pages[cmdlet.Info.Name]))).Save(Path.Combine(outputFolder, file.Key));
        }
    }

    private static List<CmdletSurface> Cmdlets(string manifest)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru").AddParameter("ErrorAction", "Stop");
        PSModuleInfo module = (PSModuleInfo)shell.Invoke().Single().BaseObject;
        // Parameter sets are worked out on first use, which needs the runspace.
        Runspace.DefaultRunspace = runspace;
        return [.. module.ExportedCmdlets.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
            .Select(cmdlet => new CmdletSurface(cmdlet))];
    }
}
