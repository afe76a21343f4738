using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

public sealed class TimerQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_is_always_the_one_that_is_due_first_whatever_comes_and_goes(int seed)
    {
        var random = new Random(seed);
        var queue = new TimerQueue();
        var model = new List<Entry>();
        for (int step = 0; step < 5000; step++)
        {
            if (model.Count == 0 || random.NextDouble() < 0.55)
            {
                var entry = new Entry { DueAt = random.Next(1000) };
                queue.Add(entry);
                model.Add(entry);
            }
            else
            {
                // Sometimes the first, mostly any: calls end before their time limit.
                Entry gone = random.NextDouble() < 0.3 ? (Entry)queue.First! : model[random.Next(model.Count)];
                queue.Remove(gone);
                queue.Remove(gone);
                model.Remove(gone);
            }
            Assert.Equal(model.Count, queue.Count);
            Assert.Equal(model.Count == 0 ? null : model.Min(entry => entry.DueAt), queue.First?.DueAt);
        }
    }

    private sealed class Entry : TimerEntry
    {
        internal override void Fire() => throw new NotSupportedException();
    }
}
