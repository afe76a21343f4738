namespace GenieLoad.Engine.Files;

/// <summary>Paths that begin with <c>~</c>, which a shell would have replaced, had the path not come from a variable or a file.</summary>
internal static class HomePath
{
    /// <summary>The path with the user's home folder in the place of a leading <c>~</c>.</summary>
    /// <param name="path">A path.</param>
    public static string Expand(string path)
    {
        bool isOfHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            || path.StartsWith($"~{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return isOfHome
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..].TrimStart('/', '\\'))
            : path;
    }
}
