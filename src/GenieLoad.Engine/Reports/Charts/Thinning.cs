namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Fewer of many: a page of ten thousand questions is to stay a page.</summary>
internal static class Thinning
{
    /// <summary>At most so many, at even distances, the first and the last among them.</summary>
    public static IReadOnlyList<T> Evenly<T>(IReadOnlyList<T> items, int most) => items.Count <= most
        ? items
        : [.. Enumerable.Range(0, most).Select(i => items[(int)((long)i * (items.Count - 1) / (most - 1))])];
}
