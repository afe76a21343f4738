using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running.Stopping;

public class StopControllerTests
{
    private readonly FakeTimeProvider _time = new();

    private static StopOrder Order(double graceSeconds, string reason = "a") => new(StopCause.User, reason, graceSeconds);

    private static (bool NoMore, bool Cut) Seen(StopController controller) =>
        (controller.NoMore.IsCancellationRequested, controller.Cut.IsCancellationRequested);

    [Fact]
    public void First_nothing_more_is_sent_and_after_the_grace_nothing_is_waited_for()
    {
        using StopController controller = new(_time);
        Assert.Equal(((false, false), null), (Seen(controller), controller.Order));

        controller.Apply(Order(10));

        Assert.Equal((true, false), Seen(controller));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal((true, false), Seen(controller));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, true), Seen(controller));
    }

    [Fact]
    public void Without_a_grace_nothing_is_waited_for_at_once_and_with_an_endless_one_never()
    {
        using StopController atOnce = new(_time);
        atOnce.Apply(Order(0));
        using StopController never = new(_time);
        never.Apply(Order(double.PositiveInfinity));
        _time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(((true, true), (true, false)), (Seen(atOnce), Seen(never)));
    }

    [Fact]
    public void The_first_order_is_the_one_that_it_ended_by_and_a_later_one_only_shortens_the_grace()
    {
        using StopController controller = new(_time);
        controller.Apply(Order(10, "first"));
        controller.Apply(Order(100, "longer"));
        controller.Apply(Order(5, "shorter"));

        Assert.Equal("first", controller.Order!.Reason);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal((true, false), Seen(controller));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, true), Seen(controller));
    }

    [Fact]
    public void Once_the_run_is_over_neither_an_order_nor_a_grace_does_anything()
    {
        StopController late = new(_time);
        late.Dispose();
        late.Apply(Order(0));
        StopController waiting = new(_time);
        waiting.Apply(Order(10));
        waiting.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(((false, false), null), (Seen(late), late.Order));
        Assert.Equal((true, false), Seen(waiting));
    }

    [Fact]
    public void A_fault_of_our_own_ends_all_at_once_and_the_first_is_told()
    {
        using StopController controller = new(_time);
        var first = new InvalidOperationException("first");

        controller.Guard(() => throw first);
        controller.Guard(() => throw new InvalidOperationException("second"));

        Assert.Same(first, controller.Fault);
        Assert.Equal((StopCause.Fault, "The run could not continue.", 0.0),
            (controller.Order!.Cause, controller.Order.Reason, controller.Order.GraceSeconds));
        Assert.Equal((true, true), Seen(controller));
    }

    [Fact]
    public void What_the_journal_says_itself_ends_all_at_once_and_is_no_fault()
    {
        using StopController controller = new(_time);

        controller.Abort();

        Assert.Equal((null, (true, true)), (controller.Fault, Seen(controller)));
    }

    [Fact]
    public void Whoever_fails_on_hearing_that_nothing_more_is_sent_breaks_the_run()
    {
        using StopController controller = new(_time);
        using CancellationTokenRegistration fails = controller.NoMore.Register(() => throw new InvalidOperationException("heard"));

        controller.Apply(Order(10));

        Assert.Contains("heard", controller.Fault!.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, true), Seen(controller));
        Assert.Equal("a", controller.Order!.Reason);
    }
}
