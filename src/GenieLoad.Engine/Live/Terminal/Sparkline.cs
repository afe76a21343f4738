namespace GenieLoad.Engine.Live.Terminal;

/// <summary>Values over time in one line of block characters.</summary>
internal static class Sparkline
{
    private const string Blocks = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    // For consoles whose code page has no blocks.
    private const string Letters = "_.-=+*%#";

    /// <summary>
    /// One character a value, from 0 to the greatest: so heights compare as the values do. Where there is no value is a blank.
    /// </summary>
    /// <param name="values">Values of 0 or more.</param>
    /// <param name="greatest">Value of the highest character, above 0.</param>
    /// <param name="hasBlocks">Whether the console has block characters.</param>
    public static string Draw(IEnumerable<double?> values, double greatest, bool hasBlocks)
    {
        string signs = hasBlocks ? Blocks : Letters;
        return string.Concat(values.Select(value => value is double known
            ? signs[(int)Math.Clamp(Math.Ceiling(known / greatest * signs.Length) - 1, 0, signs.Length - 1)] : ' '));
    }
}
