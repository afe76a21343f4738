using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Module;

public sealed class PackageTests
{
    private static readonly string[] Ours =
        ["GenieLoad.Model", "GenieLoad.Engine", "GenieLoad.PowerShell", "GenieLoad.Loader", "GenieLoad.Host"];

    [Fact]
    public void The_package_holds_the_files_of_the_module_and_nothing_of_PowerShell()
    {
        string[] files = [.. Directory.GetFiles(BuiltModule.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(BuiltModule.Folder, file).Replace('\\', '/'))];

        Assert.Equal(
            ["bin/GenieLoad.Loader.dll", "bin/GenieLoad.Model.dll", "bin/GenieLoad.PowerShell.dll"],
            files.Where(file => file.StartsWith("bin/", StringComparison.Ordinal) && file.Count(c => c == '/') == 1)
                .Order(StringComparer.Ordinal));
        Assert.Contains("bin/dependencies/GenieLoad.Engine.dll", files);
        Assert.Contains("GenieLoad.Format.ps1xml", files);
        Assert.DoesNotContain(files, file => file.Contains("System.Management.Automation", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => file.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GenieLoad.Model")]
    [InlineData("GenieLoad.Engine", "GenieLoad.Model", "CsvHelper", "Microsoft.Extensions.*")]
    [InlineData("GenieLoad.PowerShell", "GenieLoad.Model", "GenieLoad.Engine", "System.Management.Automation")]
    [InlineData("GenieLoad.Loader", "System.Management.Automation")]
    public void A_shipped_assembly_uses_only_what_the_design_allows(string name, params string[] allowed)
    {
        string file = Assert.Single(Directory.GetFiles(BuiltModule.Folder, name + ".dll", SearchOption.AllDirectories));

        IEnumerable<string> unexpected = References(file).Where(reference =>
            !IsOfDotNet(reference) && !Array.Exists(allowed, pattern => Matches(reference, pattern)));

        Assert.Empty(unexpected);
    }

    [Fact]
    public void The_host_knows_none_of_our_projects()
    {
        string project = Path.Combine(BuiltModule.RepositoryRoot, "src", "GenieLoad.Host", "GenieLoad.Host.csproj");

        IEnumerable<string> used = System.Xml.Linq.XDocument.Load(project).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.Empty(used.Intersect(Ours));
    }

    private static List<string> References(string file)
    {
        using PEReader reader = new(File.OpenRead(file));
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool Matches(string name, string pattern) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    private static bool IsOfDotNet(string name) =>
        name != "System.Management.Automation"
        && (name is "netstandard" or "mscorlib" || name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal));
}
