using System.Runtime.ExceptionServices;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// Figures of many rows are worked out side by side, each from the same rows, which nobody changes: on two processors that is half the
/// wait. No more of them at a time than there are processors, for each needs memory in step with the rows. Of few rows one after the other
/// is as fast, and everything happens where it is asked for.
/// </summary>
/// <param name="rowCount">Rows that each figure is worked out from.</param>
internal sealed class Beside(int rowCount)
{
    private const int Many = 50_000;

    private readonly List<Action> _works = [];

    /// <summary>Plans a figure.</summary>
    /// <param name="work">Works it out.</param>
    /// <returns>Gives it, once <see cref="Run"/> has ended.</returns>
    public Func<T> Plan<T>(Func<T> work)
    {
        T value = default!;
        _works.Add(() => value = work());
        return () => value;
    }

    /// <summary>Works out what is planned.</summary>
    public void Run()
    {
        if (rowCount < Many)
            _works.ForEach(work => work());
        else
            RunAtOnce();
    }

    private void RunAtOnce()
    {
        try
        {
            Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, [.. _works]);
        }
        catch (AggregateException several)
        {
            // As it would have been thrown one after the other.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
