using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Tests.Architecture;

/// <summary>
/// Which folder of the engine uses which: by <c>using</c>, by a qualified name, and, of a folder around it, by the name of a type.
/// </summary>
internal static partial class EngineFolders
{
    private const string Engine = "GenieLoad.Engine";

    private static readonly Dictionary<string, HashSet<string>> Types = [];

    /// <summary>The floors, ground floor first, as docs/architecture.md lists them.</summary>
    public static IReadOnlyList<string> Floors { get; } =
        [.. File.ReadLines(Path.Combine(SourceFile.Root, "docs", "architecture.md"))
            .SkipWhile(line => !line.StartsWith("## Engine folders", StringComparison.Ordinal))
            .Select(line => FloorLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    /// <summary>The files of the engine.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. SourceFile.All.Where(file => file.Path.StartsWith("src/GenieLoad.Engine/", StringComparison.Ordinal))];

    /// <summary>The folders, as namespaces below the engine's: <c>Running.Stopping</c>.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Files.Select(NameOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Each use of one folder by a file of another.</summary>
    public static IReadOnlyList<(SourceFile File, string User, string Used)> Uses { get; } =
        [.. Files.SelectMany(file => UsedBy(file).Distinct().Select(used => (file, NameOf(file), used)))];

    /// <summary>The floor of a folder: its part before the first dot.</summary>
    public static string FloorOf(string folder) => folder.Split('.')[0];

    private static string NameOf(SourceFile file) => file.Folder[Math.Min(Engine.Length + 1, file.Folder.Length)..];

    private static IEnumerable<string> UsedBy(SourceFile file)
    {
        string own = NameOf(file);
        foreach (string folder in Folders.Where(folder => folder != own))
        {
            bool isAround = own.StartsWith(folder + ".", StringComparison.Ordinal);
            if (isAround ? TypesOf(folder).Overlaps(WordsOf(file)) : NamesFolder(file, folder))
                yield return folder;
        }
    }

    private static bool NamesFolder(SourceFile file, string folder) =>
        file.Code.Contains($"using {Engine}.{folder};", StringComparison.Ordinal)
        || QualifiedName().Matches(file.Code).Any(name => IsTypeOf(name.Value, folder, file));

    /// <summary>Whether a name with dots, read from anywhere a compiler would read it from, is a type of a folder.</summary>
    private static bool IsTypeOf(string name, string folder, SourceFile file)
    {
        string around = NameOf(file);
        if (name.StartsWith(Engine + ".", StringComparison.Ordinal))
            name = name[(Engine.Length + 1)..];
        while (true)
        {
            string prefix = around.Length == 0 ? "" : around + ".";
            if (TypesOf(folder).Any(type => StartsWithName(prefix + name, $"{folder}.{type}")))
                return true;
            if (around.Length == 0)
                return false;
            around = around.Contains('.', StringComparison.Ordinal) ? around[..around.LastIndexOf('.')] : "";
        }
    }

    private static bool StartsWithName(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && (name.Length == start.Length || name[start.Length] == '.');

    private static HashSet<string> TypesOf(string folder)
    {
        if (!Types.TryGetValue(folder, out HashSet<string>? types))
        {
            types = [.. Files.Where(file => NameOf(file) == folder)
                .SelectMany(file => TypeLine().Matches(file.Code)).Select(match => match.Groups[1].Value)];
            Types[folder] = types;
        }
        return types;
    }

    private static IEnumerable<string> WordsOf(SourceFile file) => Word().Matches(file.Code).Select(match => match.Value);

    [GeneratedRegex(@"^\| `(\w+)/` \|")]
    private static partial Regex FloorLine();

    [GeneratedRegex(
        @"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref)\s+)+"
        + @"(?:class|record struct|record|struct|interface|enum)\s+(\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\b[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Word();
}
