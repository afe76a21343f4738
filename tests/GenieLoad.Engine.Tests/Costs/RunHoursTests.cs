using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Costs;

public class RunHoursTests
{
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private static QuestionResult From(double minutes, double? toMinutes) => Rows.Of(1, 0, 0, 1) with
    {
        StartedAt = Noon.AddMinutes(minutes), CompletedAt = toMinutes is double to ? Noon.AddMinutes(to) : null, MessageId = "m",
    };

    private static int[] Offsets(IEnumerable<DateTime> hours) => [.. hours.Select(hour => (int)(hour - Noon).TotalHours)];

    [Fact]
    public void Questions_in_flight_over_an_edge_are_in_both_hours_and_one_that_ends_at_it_is_not()
    {
        Assert.Equal([0], Offsets(RunHours.InFlight([From(0, 0)])));
        Assert.Equal([0], Offsets(RunHours.InFlight([From(59, 60)])));
        Assert.Equal([0, 1], Offsets(RunHours.InFlight([From(59, 60.1)])));
        Assert.Equal([0, 1, 3], Offsets(RunHours.InFlight([From(185, 186), From(30, 61)])));
        Assert.Equal([1], Offsets(RunHours.InFlight([From(60, null)])));
        Assert.Empty(RunHours.InFlight([From(0, 0) with { StartedAt = null }]));
        // A file may say anything.
        Assert.Equal([0], Offsets(RunHours.InFlight([From(0, null) with { CompletedAt = DateTime.MaxValue.AddDays(-2) }])));
        Assert.Empty(RunHours.InFlight([From(0, 1) with { StartedAt = DateTime.MaxValue.AddDays(-2) }]));
    }

    [Fact]
    public void A_tail_reaches_into_later_hours() =>
        Assert.Equal([0, 1], Offsets(RunHours.InFlight([From(50, 55)], TimeSpan.FromMinutes(10))));

    [Fact]
    public void Genie_certainly_worked_in_an_hour_that_saw_a_question_from_begin_to_end() =>
        Assert.Equal([0, 2], Offsets(RunHours.Certain(
            [From(59, 60), From(121, 122), From(10, 12), From(62, 63) with { MessageId = null }, From(181, null)])));
}
