using System.Globalization;

namespace GenieLoad.Engine.Tests.Architecture;

/// <summary>
/// The files that still have lines of more than 140 columns, and how many: <c>LongLines.txt</c>, a file name and a count a line. By name,
/// so that a file may be moved. Whoever wraps lines lowers the counts; the list is meant to end.
/// </summary>
internal static class LongLines
{
    private static readonly Dictionary<string, int> Allowed =
        File.ReadLines(Path.Combine(SourceFile.Root, "tests", "GenieLoad.Engine.Tests", "Architecture", "LongLines.txt"))
            .Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    public static int AllowedIn(SourceFile file) => Allowed.GetValueOrDefault(Path.GetFileName(file.Path));
}
