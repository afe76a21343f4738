namespace GenieLoad.Engine.Concurrency;

/// <summary>Begins the work on the next items while somebody is at one, and keeps their order.</summary>
internal static class Ahead
{
    /// <summary>What is begun, in the order of the items. Nothing is begun before somebody asks for the first.</summary>
    /// <param name="items">The items.</param>
    /// <param name="begin">Begins the work on an item, on another thread.</param>
    /// <param name="most">The most that are begun, an item included, before the first of them is taken; at least 1.</param>
    public static IEnumerable<TWork> Of<TItem, TWork>(IEnumerable<TItem> items, Func<TItem, TWork> begin, Func<TItem, int> most)
    {
        Queue<TWork> begun = [];
        foreach (TItem item in items)
        {
            for (int room = most(item); begun.Count >= room;)
                yield return begun.Dequeue();
            begun.Enqueue(begin(item));
        }
        while (begun.Count > 0)
            yield return begun.Dequeue();
    }
}
