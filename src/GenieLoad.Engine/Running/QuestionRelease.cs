using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Releases every question at its instant, whatever the others do: those with a planned one, and those that follow another when it has
/// ended and the time to think has passed, or an instant of their own.
/// </summary>
internal sealed class QuestionRelease
{
    private readonly RunContext _run;
    private readonly Admission _admission;
    // Made once, not anew for every question in flight.
    private readonly Action<bool> _throttleChanged;
    private readonly Func<long, long, long> _takeTurn;
    // By the index of the question that each follows.
    private readonly Dictionary<int, PlannedQuestion> _followers;
    private readonly ResumePoint? _resume;
    // Indexes of the questions that a run before its resumption had sent.
    private readonly HashSet<int> _restored;
    // What was due before has been held up by the interruption, not by a late generator.
    private readonly long _resumedAt;

    /// <summary>Prepares the release.</summary>
    /// <param name="run">The run.</param>
    /// <param name="admission">Takes what is released.</param>
    /// <param name="resume">Where the run goes on; <see langword="null"/> for a new one.</param>
    public QuestionRelease(RunContext run, Admission admission, ResumePoint? resume)
    {
        _run = run;
        _admission = admission;
        _throttleChanged = run.Progress.ThrottleChanged;
        _takeTurn = run.Pacer.Take;
        _resume = resume;
        _followers = run.Plan.Questions.Where(question => question.AfterIndex is not null)
            .ToDictionary(question => question.AfterIndex!.Value);
        _restored = resume is null ? [] : [.. resume.Finished.Concat(resume.Open).Select(row => row.Index)];
        _resumedAt = resume is null ? long.MinValue : run.Time.GetTimestamp();
    }

    /// <summary>Releases the plan, until its last planned instant or until nothing more is to be sent. Throws nothing.</summary>
    public async Task FireAsync()
    {
        _run.Work.Add();
        try
        {
            Resume();
            foreach (PlannedQuestion question in _run.Plan.Questions.Where(
                question => question.AfterIndex is null && !_restored.Contains(question.Index)))
            {
                long due = _run.Clock.Timestamp(question.PlannedSeconds);
                await _run.WaitUntilAsync(due).ConfigureAwait(false);
                if (_run.IsEnding)
                    break;
                Release(question, due);
            }
        }
        catch (OperationCanceledException) when (_run.IsEnding)
        {
            // Stopped: nothing more is released.
        }
        catch (Exception e)
        {
            _run.StopController.Break(e);
        }
        _run.Work.Remove();
    }

    /// <summary>Whoever follows a question that has ended begins to think.</summary>
    /// <param name="index">The question that has ended.</param>
    /// <param name="endedAt">Timestamp of its end.</param>
    public void Follow(int index, long endedAt)
    {
        // A process that died may have left the follower's traces and not yet its predecessor's row: it must not be asked again.
        if (!_followers.TryGetValue(index, out PlannedQuestion? follower) || _restored.Contains(follower.Index))
            return;
        _run.Work.Add();
        _ = FollowAsync(follower, endedAt);
    }

    private async Task FollowAsync(PlannedQuestion question, long endOfPrevious)
    {
        long due = question.ThinkSeconds is double think
            ? endOfPrevious + (long)(think * _run.Time.TimestampFrequency)
            : Math.Max(endOfPrevious, _run.Clock.Timestamp(question.PlannedSeconds));
        await _run.AtAsync(due, () => Release(question, due)).ConfigureAwait(false);
        _run.Work.Remove();
    }

    /// <summary>
    /// Goes on where a run had been interrupted: the followers of finished questions think on, and questions that the service had taken get
    /// their workers back, so that their answers are fetched; they are not asked again.
    /// </summary>
    private void Resume()
    {
        if (_resume is null)
            return;
        foreach (QuestionResult row in _resume.Finished)
            Follow(row.Index, _run.Clock.Timestamp(row.CompletedOffsetSeconds ?? _resume.OffsetSeconds));
        foreach (QuestionResult row in _resume.Open)
        {
            PlannedQuestion question = _run.Plan.Questions.Single(planned => planned.Index == row.Index);
            QuestionTrace trace = NewTrace(question, _run.Clock.Timestamp(row.PlannedOffsetSeconds));
            trace.Reattach(row);
            _admission.Occupy(trace);
        }
    }

    private void Release(PlannedQuestion question, long dueAt) => _admission.Enter(NewTrace(question, dueAt));

    private QuestionTrace NewTrace(PlannedQuestion question, long dueAt)
    {
        var calls = new CallPolicy(SeededRandom.For(_run.Plan.Seed, "retry", question.Index))
        {
            Question = question.Index,
            ThrottleChanged = _throttleChanged,
            Turn = _takeTurn,
            NoMore = _run.StopController.NoMore,
        };
        return new QuestionTrace(question, dueAt, calls)
        {
            Connection = _run.Targets.NameOf(question), Memory = _run.Targets.Memory,
            FiredAt = dueAt < _resumedAt ? dueAt : _run.Time.GetTimestamp(),
        };
    }
}
