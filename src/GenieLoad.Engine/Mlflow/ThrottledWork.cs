namespace GenieLoad.Engine.Mlflow;

/// <summary>The same work for many items, so many at a time.</summary>
internal static class ThrottledWork
{
    /// <summary>Does the work for every item. The first error ends it once those on their way are done.</summary>
    public static Task ForEachAsync<T>(IReadOnlyList<T> items, int limit, Func<T, Task> work, CancellationToken cancellationToken) =>
        ForEachAsync(items.Count, limit, i => work(items[i]), cancellationToken);

    /// <summary>The same for numbers from 0, begun in their order.</summary>
    public static async Task ForEachAsync(int count, int limit, Func<int, Task> work, CancellationToken cancellationToken)
    {
        int next = -1;
        bool failed = false;
        async Task WorkAsync()
        {
            for (int i; !Volatile.Read(ref failed) && (i = Interlocked.Increment(ref next)) < count;)
            {
                try
                {
                    // A folder takes a question so fast that it never looks at the token itself.
                    cancellationToken.ThrowIfCancellationRequested();
                    await work(i).ConfigureAwait(false);
                }
                catch
                {
                    Volatile.Write(ref failed, true);
                    throw;
                }
            }
        }
        Task[] workers = [.. Enumerable.Range(0, Math.Min(limit, count)).Select(_ => WorkAsync())];
        await Task.WhenAll(workers).ConfigureAwait(false);
    }
}
