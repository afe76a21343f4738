using System.Globalization;

namespace GenieLoad.Engine.Questions;

/// <summary>Warns of what is left out of a list of questions, and of no more than anybody reads.</summary>
/// <param name="warn">Gets each warning.</param>
internal sealed class LeftOutEntries(Action<string> warn)
{
    private const int MostNamed = 10;

    private int _count;

    /// <summary>Something is left out, or read otherwise than it stands there.</summary>
    /// <param name="place">Where.</param>
    /// <param name="what">What is wrong and what becomes of it, as half a sentence.</param>
    public void Add(string place, string what)
    {
        if (++_count <= MostNamed)
            warn($"{place}: {what}.");
    }

    /// <summary>Says how many there were beyond those that were named.</summary>
    /// <param name="source">The file or space.</param>
    public void End(string source)
    {
        if (_count > MostNamed)
            warn(string.Create(CultureInfo.InvariantCulture, $"{source}: {_count - MostNamed:N0} more of these are not listed."));
    }
}
