using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Makes the rows of the questions that have come to their end, tells them and keeps them. Safe for several threads.</summary>
/// <param name="run">The run.</param>
internal sealed class QuestionCompletion(RunContext run)
{
    private readonly object _gate = new();
    private readonly List<QuestionResult> _rows = [];

    /// <summary>A question's row is told and kept: its worker is free, and whoever follows it begins to think.</summary>
    public event Action<QuestionTrace>? Completed;

    /// <summary>The rows, by index.</summary>
    public IReadOnlyList<QuestionResult> Rows
    {
        get
        {
            lock (_gate)
                return [.. _rows.OrderBy(row => row.Index)];
        }
    }

    /// <summary>Takes over what a run before its resumption had finished.</summary>
    public void Restore(IReadOnlyList<QuestionResult> finished)
    {
        run.Progress.Restore(finished);
        lock (_gate)
            _rows.AddRange(finished);
    }

    /// <summary>A question in flight has ended.</summary>
    public void Finish(QuestionTrace trace)
    {
        QuestionResult? row = RowOf(trace);
        if (row is not null)
            run.Progress.Finished(row);
        Keep(trace, row);
    }

    /// <summary>Turns a question away that may not wait for a worker.</summary>
    public void TurnAway(QuestionTrace trace)
    {
        trace.End(
            Outcome.NotStarted, run.Time.GetTimestamp(), OverflowRule.ShedErrorType,
            $"Not asked: {run.WorkerCount} {(run.WorkerCount == 1 ? "question was" : "questions were")} in flight, as many as may be");
        run.Progress.Shed();
        Keep(trace, RowOf(trace));
    }

    /// <summary>
    /// The row of a question that has ended. Should making it fail, the run breaks; it must not wait for this question for ever.
    /// </summary>
    private QuestionResult? RowOf(QuestionTrace trace)
    {
        try
        {
            QuestionResult row = QuestionRow.Of(trace, run.Clock);
            return run.Options.ExcludeText ? TextRemoval.From(row) : row;
        }
        catch (Exception e)
        {
            run.StopController.Break(e);
            return null;
        }
    }

    private void Keep(QuestionTrace trace, QuestionResult? row)
    {
        if (row is not null)
        {
            run.Audience.Tell(observer => observer.OnFinished(row, trace.Responses));
            run.Audience.Ask(rule => rule.Finished(row));
            lock (_gate)
                _rows.Add(row);
        }
        Completed?.Invoke(trace);
    }
}
