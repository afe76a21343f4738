using System.Collections.ObjectModel;
using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// From the paths that people type to files. PowerShell has a current location, drives and wildcards of its own, so
/// <see cref="File"/> never sees what was typed.
/// </summary>
/// <param name="session">The cmdlet's session state.</param>
internal sealed class PathResolution(SessionState session)
{
    private const string FileSystem = "FileSystem";

    // The most that any system takes.
    private const int LongestPath = 32_767;

    /// <summary>The files that a path names; a path with wildcards may name several.</summary>
    /// <param name="path">What was typed for <c>-Path</c>.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c> or <c>NotAFile</c>.</exception>
    public IReadOnlyList<string> Files(string path)
    {
        Check(path);
        try
        {
            Collection<string> found = session.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (provider.Name != FileSystem)
                throw PathErrors.NotAFile(path);
            List<string> files = [.. found.Where(File.Exists).Order(StringComparer.Ordinal)];
            return files.Count > 0 ? files : throw (found.Count > 0 ? PathErrors.NotAFile(path) : PathErrors.FileNotFound(path));
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            throw PathErrors.FileNotFound(path, exception);
        }
    }

    /// <summary>The one file that a path names, character by character.</summary>
    /// <param name="path">What was typed for <c>-LiteralPath</c>.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c> or <c>NotAFile</c>.</exception>
    public string LiteralFile(string path)
    {
        string file = Target(path);
        if (File.Exists(file))
            return file;
        throw Directory.Exists(file) ? PathErrors.NotAFile(path) : PathErrors.FileNotFound(path);
    }

    /// <summary>The file or folder that is to be written where a user says: anywhere but in the folder of a run.</summary>
    /// <param name="path">What was typed.</param>
    /// <exception cref="GenieLoadException">As <see cref="Target"/>; <c>TargetInsideRun</c>.</exception>
    public string Output(string path)
    {
        string target = Target(path);
        ExportTarget.RefuseInsideRun(target);
        return target;
    }

    /// <summary>The file that a path names, there or not. Wildcards mean themselves.</summary>
    /// <param name="path">What was typed.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c>: no such drive; <c>NotAFile</c>: not on a file system.</exception>
    public string Target(string path)
    {
        Check(path);
        try
        {
            string file = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? file : throw PathErrors.NotAFile(path);
        }
        catch (System.Management.Automation.DriveNotFoundException exception)
        {
            throw PathErrors.FileNotFound(path, exception);
        }
    }

    /// <summary>The store in which runs are kept.</summary>
    /// <param name="path">What was typed for <c>-StorePath</c>; <see langword="null"/> for the account's own.</param>
    /// <exception cref="GenieLoadException">As <see cref="Target"/>; <c>NoDataFolder</c>.</exception>
    public RunStore Store(string? path)
    {
        if (path is null)
            return new RunStore();
        string target = Target(path);
        // The folder of the runs in a store is as good as the store.
        return RunStore.At(target) ?? new RunStore(target);
    }

    /// <summary>The folders that a path names; a path with wildcards may name several, and one without them need not be there.</summary>
    /// <param name="path">What was typed for <c>-Path</c>.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c>, <c>NotAFile</c>.</exception>
    public IReadOnlyList<string> Folders(string path)
    {
        string target = Target(path);
        // A folder may have a name with brackets in it.
        if (!WildcardPattern.ContainsWildcardCharacters(path) || Path.Exists(target))
            return [target];
        Collection<string> found = session.Path.GetResolvedProviderPathFromPSPath(path, out _);
        return found.Count > 0 ? [.. found.Order(StringComparer.Ordinal)] : throw PathErrors.FileNotFound(path);
    }

    /// <summary>Every path that is typed passes here: what no system takes is refused by name, before anything stumbles over it.</summary>
    private static void Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal) || path.Length > LongestPath)
            throw PathErrors.InvalidPath(path ?? "");
    }
}
