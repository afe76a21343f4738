using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>When Kubernetes ends what hangs: a net under the test, far below what it needs.</summary>
/// <param name="plan">The plan.</param>
/// <param name="options">How it is run.</param>
/// <param name="now">The instant of now, UTC.</param>
internal sealed class JobDeadlines(Plan plan, KubernetesJobOptions options, DateTime now)
{
    // To start, and to write the results out.
    private const double Room = 1800;

    // A pod that starts later than this after the start asks nothing: see shard.ps1.
    private const double LatestSeconds = 900;

    private double WaitSeconds => (options.StartAt - now).TotalSeconds;

    /// <summary>
    /// Seconds from the start of a pod to its end. There is room for twice the time that the plan takes at the rate limit, or its largest
    /// shard at the pace, and for every answer of the longest conversation at its time limit.
    /// </summary>
    public long PodSeconds => (long)Math.Ceiling(WaitSeconds + TestSeconds() + options.StopGraceSeconds + Room);

    /// <summary>
    /// Seconds from the creation of the job to its end. Later than the last pod's: a job that ends removes pods that run, and their logs.
    /// </summary>
    public long JobSeconds => PodSeconds + (long)Math.Ceiling(WaitSeconds + LatestSeconds + options.StopGraceSeconds + Room);

    private double TestSeconds() => options.MaximumDurationSeconds ?? Math.Max(
        2 * Math.Max(PlanPreviewBuilder.Build(plan).LeastSeconds, SlotSeconds()), LongestSeconds());

    /// <summary>Seconds until the largest shard has had its slots of the pace: those of the others are not its own.</summary>
    private double SlotSeconds() => plan.QuestionsPerMinute is double pace
        ? PlanShards.NumbersOf(plan, options.ShardCount).GroupBy(number => number).Max(own => own.Count())
            * options.ShardCount * 60 / pace
        : 0;

    private double LongestSeconds()
    {
        const double QuestionTimeout = 300;
        Dictionary<int, double> ends = new(plan.QuestionCount);
        foreach (PlannedQuestion question in plan.Questions)
        {
            double due = question.AfterIndex is int before && ends.TryGetValue(before, out double end)
                ? Math.Max(question.PlannedSeconds, end + (question.ThinkSeconds ?? 0))
                : question.PlannedSeconds;
            ends[question.Index] = due + QuestionTimeout;
        }
        return ends.Values.Max();
    }
}
