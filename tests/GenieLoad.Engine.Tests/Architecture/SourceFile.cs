using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Tests.Architecture;

/// <summary>A C# file of the repository, as somebody wrote it.</summary>
internal sealed partial class SourceFile
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    private SourceFile(string root, string file)
    {
        Path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/');
        Text = File.ReadAllText(file);
        Lines = Text.TrimEnd('\n').Split('\n');
        Namespace = NamespaceLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : "";
        Code = CommentOrText().Replace(Text, " ");
    }

    /// <summary>The repository's top folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All that are in the repository.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Built().IsMatch(file))
            .Select(file => new SourceFile(Root, file)).OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    /// <summary>From the repository's top folder, with <c>/</c>.</summary>
    public string Path { get; }

    public string Text { get; }

    public string[] Lines { get; }

    /// <summary>Empty for a program of top-level statements.</summary>
    public string Namespace { get; }

    /// <summary>The namespace that its folder stands for.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/')[(Path.IndexOf('/', StringComparison.Ordinal) + 1)..]
        .Replace('/', '.');

    /// <summary>The text without comments and quoted texts.</summary>
    public string Code { get; }

    public override string ToString() => Path;

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "GenieLoad.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]")]
    private static partial Regex Built();

    // Raw texts, verbatim texts, texts, characters, comments. What stands in holes of interpolated texts goes with them.
    [GeneratedRegex(
        "\"\"\".*?\"\"\"|@\\$?\"(?:[^\"]|\"\")*\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'|//[^\\n]*",
        RegexOptions.Singleline)]
    private static partial Regex CommentOrText();
}
