namespace GenieLoad.Host;

/// <summary>Finds the GenieLoad module that the host is to import.</summary>
internal static class ModuleFolder
{
    /// <summary>Names the module's folder or manifest when no option does.</summary>
    public const string Variable = "GENIELOAD_MODULE";

    private const string SearchPathVariable = "PSModulePath";
    private const string ManifestName = "GenieLoad.psd1";

    /// <returns>Full path of the module's manifest.</returns>
    /// <exception cref="StartException">There is none.</exception>
    public static string FindManifest(string? given, string programFolder)
    {
        given ??= Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given))
        {
            return ManifestAt(given)
                ?? throw new StartException(ExitCode.CannotStart, $"There is no GenieLoad module at '{given}'. Name the folder that holds {ManifestName}.");
        }

        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            var found = ManifestAt(Path.Combine(folder.FullName, "GenieLoad")) ?? ManifestAt(Path.Combine(folder.FullName, "out", "GenieLoad"));
            if (found is not null)
                return found;
        }

        throw new StartException(
            ExitCode.CannotStart,
            $"The GenieLoad module was not found. Build it (dotnet build), or name its folder with -Module or the variable {Variable}.");
    }

    /// <summary>
    /// Lets <c>Import-Module GenieLoad</c> and <c>#Requires -Modules</c> find the module by name, and hides the modules of a
    /// PowerShell installation, which need its own assemblies and cannot be loaded here.
    /// </summary>
    public static void AddToSearchPath(string manifest)
    {
        var folder = Directory.GetParent(manifest)!;
        var root = Version.TryParse(folder.Name, out _) ? folder.Parent!.Parent : folder.Parent;
        var others = (Environment.GetEnvironmentVariable(SearchPathVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !Directory.Exists(Path.Combine(path, "Microsoft.PowerShell.Utility")));
        Environment.SetEnvironmentVariable(SearchPathVariable, string.Join(Path.PathSeparator, others.Prepend(root!.FullName)));
    }

    /// <summary>The manifest that a path means: the file itself, the one in the folder, or the newest <c>version/GenieLoad.psd1</c> below it.</summary>
    private static string? ManifestAt(string path)
    {
        if (File.Exists(path) && Path.GetFileName(path).Equals(ManifestName, StringComparison.OrdinalIgnoreCase))
            return Path.GetFullPath(path);
        if (!Directory.Exists(path))
            return null;
        var direct = Path.Combine(path, ManifestName);
        if (File.Exists(direct))
            return Path.GetFullPath(direct);
        return Directory.EnumerateDirectories(path)
            .Where(folder => Version.TryParse(Path.GetFileName(folder), out _))
            .OrderByDescending(folder => Version.Parse(Path.GetFileName(folder)))
            .Select(folder => Path.GetFullPath(Path.Combine(folder, ManifestName)))
            .FirstOrDefault(File.Exists);
    }
}
