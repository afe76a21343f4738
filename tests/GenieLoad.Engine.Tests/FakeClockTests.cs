
using GenieLoad.Engine.Tests.Simulation;

namespace GenieLoad.Engine.Tests;

/// <summary>What a test on a fake clock stands on: all that is due happens inside the advance.</summary>
public sealed class FakeClockTests
{
    [Fact]
    public void Whole_conversations_happen_inside_the_advances_on_the_thread_that_advances()
    {
        // A synchronisation context, such as xUnit's, would take the continuations away.
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var fixture = new SimulatorFixture(SimulatorFixture.Steady with { CallSeconds = 0.2, SlowBodyShare = 0.5 });
            int thread = Environment.CurrentManagedThreadId;
            var threads = new HashSet<int>();
            Task[] people = [.. Enumerable.Range(0, 50).Select(i => AskAndPollAsync(fixture, $"Question {i}?", threads))];
            double advanced = 0;
            for (; advanced < 100 && !Task.WhenAll(people).IsCompleted; advanced += 0.1)
                fixture.Advance(0.1);
            Assert.All(people, person => Assert.True(person.IsCompletedSuccessfully));
            Assert.Equal([thread], threads);
            Assert.True(advanced > 9, "Nobody had an answer before its time.");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static async Task AskAndPollAsync(SimulatorFixture fixture, string question, HashSet<int> threads)
    {
        string path = await fixture.AskAsync(question).ConfigureAwait(false);
        while (await fixture.StatusAsync(path).ConfigureAwait(false) != "COMPLETED")
        {
            await Task.Delay(TimeSpan.FromSeconds(1), fixture.Clock).ConfigureAwait(false);
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }
}
