namespace GenieLoad.Engine.Tests.Architecture;

/// <summary>Where things are and how they are written, over all C# of the repository.</summary>
public sealed class SourceLayoutTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 400;

    [Fact]
    public void The_namespace_is_the_folder()
    {
        Assert.NotEmpty(SourceFile.All);
        None(SourceFile.All.Where(file => file.Namespace.Length > 0 && file.Namespace != file.Folder)
            .Select(file => $"{file} says {file.Namespace}"));
    }

    [Fact]
    public void Only_a_program_is_outside_of_namespaces()
    {
        Assert.All(
            SourceFile.All.Where(file => file.Namespace.Length == 0),
            file => Assert.EndsWith("/Program.cs", file.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        None(SourceFile.All.Where(file => file.Lines.Length > LongestFile).Select(file => $"{file} has {file.Lines.Length} lines"));
    }

    /// <summary>A file that is listed may have as many long lines as it had when it was listed. The list only gets shorter.</summary>
    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        None(SourceFile.All.Select(file => (File: file, Count: file.Lines.Count(line => line.Length > LongestLine)))
            .Where(found => found.Count > LongLines.AllowedIn(found.File))
            .Select(found => $"{found.File} has {found.Count} lines of more than {LongestLine} columns"));
    }

    private static void None(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints];
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
