using System.Runtime.ExceptionServices;

namespace GenieLoad.Engine.Tests;

/// <summary>
/// Simulations on all processors, on threads of their own. Those of the pool belong to the tests on a <see cref="WaitingClock"/>: its time
/// stands still for as long as anything waits for one of them.
/// </summary>
internal static class Simulations
{
    /// <summary>What becomes of each, in their order.</summary>
    /// <param name="source">What is simulated.</param>
    /// <param name="simulate">The simulation, on several threads at once.</param>
    public static TResult[] Simulate<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> simulate)
    {
        TSource[] all = [.. source];
        var results = new TResult[all.Length];
        int next = -1;
        ExceptionDispatchInfo? error = null;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        error?.Throw();
        return results;

        void Work()
        {
            try
            {
                for (int i; error is null && (i = Interlocked.Increment(ref next)) < all.Length;)
                    results[i] = simulate(all[i]);
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
