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
    public event Action<QuestionTrail>? Completed;

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
        run.Gauge.Restore(finished);
        lock (_gate)
            _rows.AddRange(finished);
    }

    /// <summary>A question in flight is at its end.</summary>
    public void Finish(QuestionTrail trail)
    {
        QuestionResult? row = RowOf(trail);
        if (row is not null)
            run.Gauge.Finished(row);
        Keep(trail, row);
    }

    /// <summary>Turns a question away that may not wait for a worker.</summary>
    public void TurnAway(QuestionTrail trail)
    {
        trail.End(
            Outcome.NotStarted, run.Time.GetTimestamp(), OverflowRule.ShedErrorType,
            $"Not asked: {run.Plan.WorkerCount} questions were in flight, as many as may be");
        run.Gauge.Shed();
        Keep(trail, RowOf(trail));
    }

    /// <summary>
    /// The row of a question that is at its end. Should making it fail, the run breaks; it must not wait for this question for ever.
    /// </summary>
    private QuestionResult? RowOf(QuestionTrail trail)
    {
        try
        {
            QuestionResult row = QuestionRow.Of(trail, run.Clock);
            return run.Options.ExcludeText ? TextRemoval.From(row) : row;
        }
        catch (Exception e)
        {
            run.Brake.Break(e);
            return null;
        }
    }

    private void Keep(QuestionTrail trail, QuestionResult? row)
    {
        if (row is not null)
        {
            run.Audience.Tell(observer => observer.OnFinished(row, trail.Responses));
            run.Audience.Ask(rule => rule.Finished(row));
            lock (_gate)
                _rows.Add(row);
        }
        Completed?.Invoke(trail);
    }
}
