using System.Runtime.InteropServices;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>A list of times that is kept in rising order while it grows.</summary>
internal static class SortedTimes
{
    /// <summary>Adds a time where it belongs.</summary>
    public static void Insert(List<double> sorted, double seconds)
    {
        int at = sorted.BinarySearch(seconds);
        sorted.Insert(at < 0 ? ~at : at, seconds);
    }

    /// <summary>The times, as the statistics take them; until the list changes.</summary>
    public static ReadOnlySpan<double> Span(List<double> sorted) => CollectionsMarshal.AsSpan(sorted);
}
