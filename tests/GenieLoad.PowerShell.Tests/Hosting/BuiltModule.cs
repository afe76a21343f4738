using System.Reflection;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>Where the build has put what is under test.</summary>
public static class BuiltModule
{
    /// <summary>The repository's top folder.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The assembled module.</summary>
    public static string Folder { get; } = Metadata("ModuleFolder");

    /// <summary>The manifest of the assembled module.</summary>
    public static string Manifest { get; } = Path.Combine(Folder, "GenieLoad.psd1");

    /// <summary>Cmdlets that show what the base class does.</summary>
    public static string SampleCmdlets { get; } = Metadata("SampleCmdlets");

    /// <summary>The folder of modules that the assembled module is in.</summary>
    public static string Store { get; } = Path.GetFullPath(Path.Combine(Folder, "..", ".."));

    /// <summary>The real PowerShell, to be started by <c>dotnet</c>.</summary>
    public static string Shell { get; } = Metadata("Shell");

    /// <summary>The manifest of Pester.</summary>
    public static string Pester { get; } = Metadata("Pester");

    private static string Metadata(string key) => Path.GetFullPath(
        typeof(BuiltModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!);
}
