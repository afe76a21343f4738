using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GenieLoad.PowerShell.Tests.Hosting;
using GenieLoad.PowerShell.Tests.Processes;

namespace GenieLoad.PowerShell.Tests.Module;

public sealed class PackageTests
{
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
        Assert.Contains("bin/dependencies/System.Net.ServerSentEvents.dll", files);
        Assert.Contains("GenieLoad.Format.ps1xml", files);
        Assert.Contains("GenieLoad.Types.ps1xml", files);
        Assert.DoesNotContain(files, file => file.Contains("System.Management.Automation", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => file.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GenieLoad.Model")]
    [InlineData("GenieLoad.Engine", "GenieLoad.Model", "CsvHelper", "Microsoft.Extensions.*", "YamlDotNet")]
    [InlineData("GenieLoad.PowerShell", "GenieLoad.Model", "GenieLoad.Engine", "System.Management.Automation")]
    [InlineData("GenieLoad.Loader", "System.Management.Automation")]
    public void A_shipped_assembly_uses_only_what_the_design_allows(string name, params string[] allowed)
    {
        string file = Assert.Single(Directory.GetFiles(BuiltModule.Folder, name + ".dll", SearchOption.AllDirectories));

        IEnumerable<string> unexpected = References(file).Where(reference =>
            !IsOfDotNet(reference) && !Array.Exists(allowed, pattern => Matches(reference, pattern)));

        Assert.Empty(unexpected);
    }

    /// <summary>As somebody without the gallery installs it.</summary>
    [Fact]
    public void The_package_installs_from_a_folder_of_packages_and_imports()
    {
        string folder = Directory.CreateTempSubdirectory("genieload-package-").FullName;
        try
        {
            ShellOutcome outcome = ShellProcess.Run(
                $$"""
                $ErrorActionPreference = 'Stop'
                $package = Compress-PSResource -Path '{{BuiltModule.Folder}}' -DestinationPath '{{folder}}' -PassThru
                Register-PSResourceRepository -Name Folder -Uri '{{folder}}' -Trusted
                $found = Find-PSResource GenieLoad -Repository Folder
                $null = New-Item -ItemType Directory '{{folder}}/modules'
                Save-PSResource GenieLoad -Repository Folder -Path '{{folder}}/modules'
                $env:PSModulePath = '{{folder}}/modules'
                Import-Module GenieLoad
                $module = Get-Module GenieLoad
                "$($package.Name) $($found.Version) $($module.ModuleBase)"
                "$($found.LicenseUri) $($found.ProjectUri)"
                "$($found.Tags -contains 'Databricks') $([bool]$found.ReleaseNotes) $(@(Get-GenieScenario).Count)"
                """,
                // The list of repositories of whoever runs the tests stays as it is.
                ("HOME", folder), ("LOCALAPPDATA", folder), ("XDG_DATA_HOME", folder));

            string version = Path.GetFileName(BuiltModule.Folder);
            string[] lines = outcome.Output.Split('\n');
            Assert.Equal(("", 0), (outcome.Error, outcome.ExitCode));
            Assert.Equal($"GenieLoad.{version}.nupkg {version} {Path.Combine(folder, "modules", "GenieLoad", version)}", lines[0]);
            Assert.Matches("^https://\\S+ https://\\S+$", lines[1]);
            Assert.Equal("True True 7", lines[2]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
