using System.Diagnostics;
using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>
/// Load tests one after the other in one process, for an hour: what is left between them, and the threads, sockets and handles within them,
/// must not grow.
/// </summary>
internal static class SoakSection
{
    private const double QuestionsPerSecond = 20;

    /// <summary>Runs before anything is judged: code is compiled, pools and buffers have their size.</summary>
    private const int WarmUpRuns = 2;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        double minutes = context.Minutes ?? context.Choose(60, 1);
        double runSeconds = Math.Clamp(minutes * 60 / 10, 5, 60);
        using var clock = new PacingClock();
        using var space = new SpaceClient(context.Stub.Uri, StubAnswers.TenPollsSpace, context.Folder, clock);
        var samples = new SoakSamples();
        long began = Stopwatch.GetTimestamp();
        long questions = 0;
        for (int run = 0; run < WarmUpRuns + 4 || Stopwatch.GetElapsedTime(began).TotalMinutes < minutes; run++)
        {
            bool isWarmUp = run < WarmUpRuns;
            questions += await RunOnceAsync(space, runSeconds, isWarmUp ? null : samples, context.Stop);
            if (!isWarmUp)
                samples.AddBetweenRuns();
        }
        IReadOnlyList<SoakTrend> trends = samples.Trends();
        context.Failed |= trends.Any(trend => trend.Grows);
        string length = Number.Fixed(Stopwatch.GetElapsedTime(began).TotalMinutes, 1);
        var table = new Table(
            $"soak of {length} min, {Number.Whole(questions)} questions", "samples", "first", "last", "most", "growth",
            "allowed", "verdict");
        foreach (SoakTrend trend in trends)
            table.Add(trend.Name, trend.ToFigures());
        return table.ToLines();
    }

    private static async Task<int> RunOnceAsync(SpaceClient space, double seconds, SoakSamples? samples, CancellationToken stop)
    {
        var poll = new PollOptions { FirstSeconds = 0.5, Factor = 1, MaximumSeconds = 0.5, LateMaximumSeconds = 0.5 };
        Task<LoadRun> test = space.RunAsync(
            Plans.Even((int)(QuestionsPerSecond * seconds), seconds), new LoadTestOptions { Poll = poll }, NoWatcher.Instance, stop);
        using (var second = new PeriodicTimer(TimeSpan.FromSeconds(1)))
        {
            while (await second.WaitForNextTickAsync(stop) && !test.IsCompleted)
                samples?.AddWithinRun();
        }
        LoadRun run = await test;
        if (run.SuccessfulCount != run.QuestionCount)
            throw new InvalidOperationException(
                $"{run.QuestionCount - run.SuccessfulCount} questions were not answered; the soak measures nothing.");
        Directory.Delete(run.RunPath!, recursive: true);
        return run.QuestionCount;
    }
}
