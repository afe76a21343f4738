namespace GenieLoad.Help;

/// <summary>A page that cannot be turned into help.</summary>
/// <param name="file">The page's file.</param>
/// <param name="line">Line, from 1.</param>
/// <param name="message">What is wrong with it.</param>
public sealed class PageException(string file, int line, string message) : Exception(message)
{
    /// <summary>The page's file.</summary>
    public string File { get; } = file;

    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;
}
