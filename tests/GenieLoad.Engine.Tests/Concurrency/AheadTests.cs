using GenieLoad.Engine.Concurrency;

namespace GenieLoad.Engine.Tests.Concurrency;

public sealed class AheadTests
{
    [Fact]
    public void Items_keep_their_order_and_few_are_begun_before_the_first_is_taken()
    {
        List<int> begun = [];
        using IEnumerator<int> all = Ahead.Of(Enumerable.Range(0, 10), Begin, _ => 3).GetEnumerator();
        Assert.Empty(begun);

        for (int taken = 0; taken < 10; taken++)
        {
            Assert.True(all.MoveNext());
            Assert.Equal(taken, all.Current);
            Assert.Equal(Enumerable.Range(0, Math.Min(10, taken + 3)), begun);
        }
        Assert.False(all.MoveNext());

        int Begin(int item)
        {
            begun.Add(item);
            return item;
        }
    }

    [Fact]
    public void An_item_that_wants_to_be_alone_is_begun_when_all_before_it_are_taken()
    {
        List<int> begun = [];
        using IEnumerator<int> all = Ahead.Of([0, 1, 2], Begin, item => item == 2 ? 1 : 8).GetEnumerator();

        Assert.True(all.MoveNext());
        Assert.True(all.MoveNext());
        Assert.Equal([0, 1], begun);
        Assert.True(all.MoveNext());
        Assert.Equal([0, 1, 2], begun);

        int Begin(int item)
        {
            begun.Add(item);
            return item;
        }
    }
}
