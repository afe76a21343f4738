using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>
/// Adaptive polling beside the other policies, on the same questions; the simulator's record is the truth about when answers were there.
/// </summary>
public sealed class AdaptivePollTests(ITestOutputHelper output)
{
    private static readonly PollOptions Adaptive = new() { Policy = PollPolicy.Adaptive };

    public static TheoryData<double, double> Spaces => new() { { 0.35, 1 }, { 0.35, 2.5 }, { 0.15, 6 }, { 0.6, 6 } };

    [Theory]
    [MemberData(nameof(Spaces))]
    public async Task It_sees_ends_sooner_than_polls_every_two_seconds_and_asks_less(double spread, double slowness)
    {
        (double calls, double late) = Measure(Adaptive, await Run(Adaptive, spread, slowness));
        var everyTwo = new PollOptions { Policy = PollPolicy.Fixed, FirstSeconds = 2 };
        (double fixedCalls, double fixedLate) = Measure(everyTwo, await Run(everyTwo, spread, slowness));

        Assert.True(calls < fixedCalls, $"{calls} calls, {fixedCalls} every 2 s");
        Assert.True(late < fixedLate, $"{late} s late, {fixedLate} every 2 s");
    }

    [Theory]
    [InlineData(0.35, 1)]
    [InlineData(0.6, 6)]
    public async Task No_question_takes_more_calls_than_with_polls_every_second(double spread, double slowness)
    {
        SimulatedRun adaptive = await Run(Adaptive, spread, slowness, callSeconds: 0.2);
        SimulatedRun dense = await Run(new PollOptions { Policy = PollPolicy.Fixed }, spread, slowness, callSeconds: 0.2);

        Assert.All(adaptive.Rows.Zip(dense.Rows), pair => Assert.True(
            pair.First.Polls <= pair.Second.Polls,
            $"question {pair.First.Index}: {pair.First.Polls} calls, {pair.Second.Polls} every second"));
        int calls = adaptive.Rows.Sum(row => row.Polls);
        int denseCalls = dense.Rows.Sum(row => row.Polls);
        // A slow service answers calls slowly too, so that polls every second are not that close after all.
        Assert.True(calls < 0.75 * denseCalls, $"{calls} calls, {denseCalls} every second");
    }

    [Fact]
    public void Before_the_expected_end_it_waits_long_and_near_it_short()
    {
        var forecast = new AnswerForecast(Adaptive);
        for (int i = 0; i < 50; i++)
            forecast.Learn(20, [("ASKING_AI", 18 + (i * 0.08))]);

        Assert.Equal(5, forecast.Wait("ASKING_AI", seenSeconds: 5, elapsedSeconds: 5), 1);
        Assert.InRange(forecast.Wait("ASKING_AI", seenSeconds: 15, elapsedSeconds: 15), 3, 4.5);
        Assert.Equal(1, forecast.Wait("ASKING_AI", seenSeconds: 20, elapsedSeconds: 20), 1);
    }

    [Fact]
    public void What_it_knows_nothing_of_it_looks_at_about_every_two_seconds_and_more_rarely_the_longer_it_takes()
    {
        var forecast = new AnswerForecast(Adaptive);
        Assert.InRange(forecast.Wait("NEW", 10, 10), 2, 2.3);
        Assert.InRange(forecast.Wait("NEW", 100, 100), 2, 2.1);

        forecast.Learn(20, [("ASKING_AI", 20)]);
        Assert.InRange(forecast.Wait("ASKING_AI", 100, 100), 4, 5);
    }

    [Theory]
    [InlineData(0.5, 5, "FirstSeconds")]
    [InlineData(1, 6, "MaximumSeconds")]
    public void It_keeps_to_what_is_recommended(double first, double most, string field)
    {
        var options = new PollOptions { Policy = PollPolicy.Adaptive, FirstSeconds = first, MaximumSeconds = most };

        GenieLoadException e = Assert.Throws<GenieLoadException>(options.Validate);

        Assert.Equal("InvalidOption", e.ErrorId);
        Assert.Contains(field, e.Message, StringComparison.Ordinal);
    }

    private (double Calls, double LateSeconds) Measure(PollOptions poll, SimulatedRun run)
    {
        Dictionary<string, SimulatedMessage> truth = run.Truth.Messages.ToDictionary(message => message.MessageId);
        double calls = run.Rows.Average(row => row.Polls);
        double late = run.Rows.Average(row => (row.CompletedAt!.Value - truth[row.MessageId!].CompletedAt.Utc).TotalSeconds);
        output.WriteLine($"{poll}: answers in {truth.Values.Average(m => m.AnswerSeconds):0.0} s, "
            + $"{calls:0.0} polls, seen {late:0.00} s late");
        return (calls, late);
    }

    private static Task<SimulatedRun> Run(PollOptions poll, double spread, double slowness, double callSeconds = 0) => SimulatedRun.Of(
        SimulatedRun.Plan(count: 150, seconds: 300, workers: 150),
        new SimulatorOptions { CallSeconds = callSeconds, LatencySpread = spread, TimeScale = 1 / slowness },
        new LoadTestOptions { Poll = poll, ReadResult = false });
}
