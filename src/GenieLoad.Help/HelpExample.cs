namespace GenieLoad.Help;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows, in words.</param>
/// <param name="Blocks">Code and remarks.</param>
public sealed record HelpExample(string Title, List<Block> Blocks);
