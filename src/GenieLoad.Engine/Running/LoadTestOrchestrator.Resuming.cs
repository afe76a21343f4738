using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

public sealed partial class LoadTestOrchestrator
{
    /// <summary>
    /// Takes over what a run before its resumption had done. Whoever followed a finished question begins to think where they had stopped.
    /// </summary>
    private void Restore(ResumePoint resume)
    {
        _resumedAt = _time.GetTimestamp();
        _started = resume.Finished.Count(row => row.Outcome != Outcome.NotStarted) + resume.Open.Count;
        _results.AddRange(resume.Finished);
        _gauge.Restore(resume.Finished);
        _restored.UnionWith(resume.Finished.Concat(resume.Open).Select(row => row.Index));
        Dictionary<int, PlannedQuestion> planned = _plan.Questions.ToDictionary(question => question.Index);
        foreach (QuestionResult row in resume.Finished)
        {
            if (planned[row.Index].Conversation is string key && row.ConversationId is string id)
                _admission.Restore(key, id);
            if (!_followers.TryGetValue(row.Index, out PlannedQuestion? follower) || _restored.Contains(follower.Index))
                continue;
            _thinking++;
            _ = FollowAsync(follower, _clock.Timestamp(row.CompletedOffsetSeconds ?? resume.OffsetSeconds));
        }
    }

    /// <summary>
    /// Goes on with a question that the service had taken before the interruption: its answer is fetched, it is not asked again.
    /// </summary>
    private void Reattach(QuestionResult open)
    {
        PlannedQuestion question = _plan.Questions.Single(planned => planned.Index == open.Index);
        QuestionTrail trail = NewTrail(question, _clock.Timestamp(open.PlannedOffsetSeconds));
        trail.Reattach(open);
        lock (_gate)
        {
            _admission.Occupy(trail);
            _underway++;
        }
        _gauge.Fired();
        _gauge.Started();
        _ = CarryAsync(trail);
    }
}
