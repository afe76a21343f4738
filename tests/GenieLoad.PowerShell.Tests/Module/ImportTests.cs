using System.Reflection;
using System.Runtime.Loader;
using GenieLoad.PowerShell.Tests.Commands;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Module;

[Collection(ModuleCollection.Name)]
public sealed class ImportTests
{
    private const string UseEngine = "Get-SampleDuration 90s";

    [Fact]
    public void Imports_without_a_warning()
    {
        using PowerShellSession session = new(importModule: false);

        ScriptOutcome outcome = session.Import("-Verbose -WarningAction Continue");

        Assert.Empty(outcome.Warnings);
        Assert.DoesNotContain(outcome.Verbose, line => line.Contains("unapproved", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_manifest_is_valid_and_carries_the_version_of_the_build()
    {
        using PowerShellSession session = new(importModule: false);

        dynamic module = session.Run($"Test-ModuleManifest '{BuiltModule.Manifest}'").Only;

        Assert.Equal(Path.GetFileName(BuiltModule.Folder), (string)module.Version.ToString());
        Assert.Equal("7.4", (string)module.PowerShellVersion.ToString());
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
    }

    [Fact]
    public void Exports_exactly_the_cmdlet_classes_of_the_assembly()
    {
        using PowerShellSession session = new();

        ScriptOutcome classes = session.Run(
            """
            $module = Get-Module GenieLoad
            foreach ($type in $module.ImplementingAssembly.GetExportedTypes()) {
                foreach ($cmdlet in $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) {
                    "$($cmdlet.VerbName)-$($cmdlet.NounName)"
                }
            }
            """).Clean();
        ScriptOutcome exported = session.Run("foreach ($name in (Get-Module GenieLoad).ExportedCmdlets.Keys) { $name }").Clean();

        Assert.Equal(Sorted(classes), Sorted(exported));
    }

    [Fact]
    public void The_list_of_exports_is_in_alphabetical_order()
    {
        string[] names = [.. File.ReadAllLines(BuiltModule.Manifest)
            .SkipWhile(line => !line.Contains("CmdletsToExport", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Trim() != ")")
            .Select(line => line.Trim())];

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Works_after_a_forced_import()
    {
        using PowerShellSession session = new(importSamples: true);
        dynamic before = session.Run(UseEngine).Only;

        session.Import("-Force");

        Assert.Equal(before, session.Run(UseEngine).Only);
        Assert.Equal(1, session.Run("@(Get-Module GenieLoad).Count").Only);
    }

    [Fact]
    public void Works_after_removal_and_a_new_import()
    {
        using PowerShellSession session = new(importSamples: true);

        session.Run("Remove-Module GenieLoad").Clean();
        Assert.Empty(session.Run("Get-Module GenieLoad").Output);
        session.Import();

        Assert.Equal(TimeSpan.FromSeconds(90), session.Run(UseEngine).Only);
    }

    [Fact]
    public void Two_runspaces_share_the_module_and_one_may_remove_it()
    {
        using PowerShellSession first = new(importSamples: true);
        using PowerShellSession second = new(importSamples: true);

        first.Run("Remove-Module GenieLoad").Clean();

        Assert.Equal(TimeSpan.FromSeconds(90), second.Run(UseEngine).Only);
        Assert.Equal("Scenario", second.Run("[GenieLoad.Model.Scenario].Name").Only);
    }

    [Fact]
    public void The_engine_and_its_packages_stay_out_of_the_session()
    {
        using PowerShellSession session = new(importSamples: true);
        session.Run(UseEngine).Clean();

        string[] ours = ["GenieLoad.Loader", "GenieLoad.Model", "GenieLoad.PowerShell"];
        string[] inSession = NamesIn(AssemblyLoadContext.Default);
        AssemblyLoadContext own = Assert.Single(AssemblyLoadContext.All, context => context.Name == "GenieLoad");
        string[] packages = [.. Directory.GetFiles(Path.Combine(BuiltModule.Folder, "bin", "dependencies"), "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))];

        Assert.Subset(inSession.ToHashSet(), ours.ToHashSet());
        Assert.Contains("GenieLoad.Engine", NamesIn(own));
        Assert.Contains("CsvHelper", packages);
        Assert.Empty(packages.Intersect(inSession));
        Assert.Empty(ours.Intersect(NamesIn(own)));
    }

    /// <summary>PowerShell on .NET 10 has a parser of its own of the same name, and earlier ones have none.</summary>
    [Fact]
    public void The_parser_of_streams_is_the_one_that_is_shipped()
    {
        using SimulatedSession session = new();
        session.Run("Invoke-GenieQuestion 'How many?' -Mode Agent").Clean();

        AssemblyLoadContext own = Assert.Single(AssemblyLoadContext.All, context => context.Name == "GenieLoad");
        Assembly parser = Assert.Single(own.Assemblies, assembly => assembly.GetName().Name == "System.Net.ServerSentEvents");
        Assert.Equal(Path.Combine(BuiltModule.Folder, "bin", "dependencies", "System.Net.ServerSentEvents.dll"), parser.Location);
    }

    private static string[] NamesIn(AssemblyLoadContext context) => [.. context.Assemblies.Select(assembly => assembly.GetName().Name!)];

    private static IEnumerable<string> Sorted(ScriptOutcome outcome) =>
        outcome.Output.Select(name => (string)name).Order(StringComparer.Ordinal);
}
