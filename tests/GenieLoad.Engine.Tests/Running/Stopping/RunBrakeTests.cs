using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running.Stopping;

public class RunBrakeTests
{
    private readonly FakeTimeProvider _time = new();

    private static StopOrder Order(double graceSeconds, string reason = "a") => new(StopCause.User, reason, graceSeconds);

    private static (bool NoMore, bool Cut) Seen(RunBrake brake) =>
        (brake.NoMore.IsCancellationRequested, brake.Cut.IsCancellationRequested);

    [Fact]
    public void First_nothing_more_is_sent_and_after_the_grace_nothing_is_waited_for()
    {
        using RunBrake brake = new(_time);
        Assert.Equal(((false, false), null), (Seen(brake), brake.Order));

        brake.Apply(Order(10));

        Assert.Equal((true, false), Seen(brake));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal((true, false), Seen(brake));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, true), Seen(brake));
    }

    [Fact]
    public void Without_a_grace_nothing_is_waited_for_at_once_and_with_an_endless_one_never()
    {
        using RunBrake atOnce = new(_time);
        atOnce.Apply(Order(0));
        using RunBrake never = new(_time);
        never.Apply(Order(double.PositiveInfinity));
        _time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(((true, true), (true, false)), (Seen(atOnce), Seen(never)));
    }

    [Fact]
    public void The_first_order_is_the_one_that_it_ended_by_and_a_later_one_only_shortens_the_grace()
    {
        using RunBrake brake = new(_time);
        brake.Apply(Order(10, "first"));
        brake.Apply(Order(100, "longer"));
        brake.Apply(Order(5, "shorter"));

        Assert.Equal("first", brake.Order!.Reason);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal((true, false), Seen(brake));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, true), Seen(brake));
    }

    [Fact]
    public void Once_the_run_is_over_neither_an_order_nor_a_grace_does_anything()
    {
        RunBrake late = new(_time);
        late.Dispose();
        late.Apply(Order(0));
        RunBrake waiting = new(_time);
        waiting.Apply(Order(10));
        waiting.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(((false, false), null), (Seen(late), late.Order));
        Assert.Equal((true, false), Seen(waiting));
    }

    [Fact]
    public void A_fault_of_our_own_ends_all_at_once_and_the_first_is_told()
    {
        using RunBrake brake = new(_time);
        var first = new InvalidOperationException("first");

        brake.Guard(() => throw first);
        brake.Guard(() => throw new InvalidOperationException("second"));

        Assert.Same(first, brake.Fault);
        Assert.Equal((StopCause.Fault, "The run could not go on.", 0.0),
            (brake.Order!.Cause, brake.Order.Reason, brake.Order.GraceSeconds));
        Assert.Equal((true, true), Seen(brake));
    }

    [Fact]
    public void What_the_journal_says_itself_ends_all_at_once_and_is_no_fault()
    {
        using RunBrake brake = new(_time);

        brake.Abort();

        Assert.Equal((null, (true, true)), (brake.Fault, Seen(brake)));
    }

    [Fact]
    public void Whoever_fails_on_hearing_that_nothing_more_is_sent_breaks_the_run()
    {
        using RunBrake brake = new(_time);
        using CancellationTokenRegistration fails = brake.NoMore.Register(() => throw new InvalidOperationException("heard"));

        brake.Apply(Order(10));

        Assert.Contains("heard", brake.Fault!.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, true), Seen(brake));
        Assert.Equal("a", brake.Order!.Reason);
    }
}
