using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Tests.Genie;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

public sealed class DeadlineTests
{
    private const string Started = """{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}""";

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public async Task A_poll_that_hangs_into_the_deadline_is_a_time_out_also_where_timers_fire_early(int earlyMilliseconds)
    {
        var time = new EarlyClock(TimeSpan.FromMilliseconds(earlyMilliseconds));
        ScriptedService service = new ScriptedService(time).Answer(HttpStatusCode.OK, Started).NeverAnswer();
        using var client = new GenieApiClient(
            new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"), time: time, handler: service);

        QuestionResult row = await time.Drive(() => SingleQuestion.AskAsync(
            client, "space", 1, new Question { Id = "q1", Text = "How many?" }, QuestionMode.Chat, null,
            new LoadTestOptions { QuestionTimeoutSeconds = 3 }, _ => { }, CancellationToken.None));

        Assert.Equal(Outcome.TimedOut, row.Outcome);
        Assert.Equal(0, row.Retries);
        Assert.Equal(3, row.DurationSeconds!.Value, 0.05);
    }

    /// <summary>
    /// Timers of an operating system run on a coarser clock than durations are measured with: they may fire a tick early.
    /// </summary>
    private sealed class EarlyClock(TimeSpan early) : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > early ? dueTime - early : dueTime, period);
    }
}
