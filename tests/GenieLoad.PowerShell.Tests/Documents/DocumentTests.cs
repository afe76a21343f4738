using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

[Collection(ModuleCollection.Name)]
public sealed class DocumentTests
{
    [Fact]
    public void Every_command_of_README_and_docs_binds_to_the_real_cmdlets()
    {
        string root = BuiltModule.RepositoryRoot;
        using PowerShellSession session = new();
        CommandBinding binding = new(session);

        IEnumerable<string> files = Directory.GetFiles(root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories));

        Complaints.None(files.SelectMany(binding.CheckFile));
    }
}
