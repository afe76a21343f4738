using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What a report of a capacity says first.</summary>
/// <param name="Kind">How it is to be shown.</param>
/// <param name="Word">The capacity in a few words.</param>
/// <param name="Reason">What that means, in a sentence or two.</param>
internal sealed record CapacityVerdict(VerdictKind Kind, string Word, string Reason)
{
    /// <summary>Judges a capacity.</summary>
    public static CapacityVerdict Of(SpaceCapacity capacity) =>
        capacity.Probes.Count > 0 ? Probed(capacity) : capacity.Model == "Open" ? Open(capacity) : Predicted(capacity);

    /// <summary>So many people.</summary>
    public static string People(int count) => ReportNumber.Counted(count, "person", "people");

    /// <summary>What prevents more people, in words.</summary>
    public static string? Constraint(SpaceCapacity capacity) => capacity.BindingConstraint switch
    {
        null => null,
        BindingConstraint.RateLimit => "the rate limit",
        BindingConstraint.WarehouseQueue => "the SQL warehouse: statements wait for a free slot",
        BindingConstraint.WarehouseStart => "the SQL warehouse: it has to start first",
        BindingConstraint.Model => "the time that answers take by themselves",
        BindingConstraint.Failures => "failed questions",
        BindingConstraint.Generator => "the machine that asks",
        string other => other,
    };

    private static CapacityVerdict Probed(SpaceCapacity capacity)
    {
        string level = Level(capacity);
        switch (capacity.People, capacity.PeopleFailed)
        {
            case (int people, int failed) when failed > people:
                return failed == people + 1
                    ? new(VerdictKind.Pass, People(people), $"{People(people)} {Verb(people, "meet")} {level}; one more is too many.")
                    : new(VerdictKind.Pass, $"{ReportNumber.Count(people)} to {People(failed - 1)}",
                        $"{People(people)} {Verb(people, "meet")} {level}, {ReportNumber.Count(failed)} do not; "
                            + "in between it was not decided.");
            case (int people, null):
                return new(VerdictKind.Pass, $"{People(people)} or more",
                    $"{People(people)} {Verb(people, "meet")} {level}. No larger number was shown to miss it.");
            case (int people, int failed):
                return new(VerdictKind.Undecided, "Contradictory",
                    $"One probe with {People(people)} met {level}, another one with {ReportNumber.Count(failed)} did not.");
            case (null, 1):
                return new(VerdictKind.Fail, "Not even one person", $"Even a single person does not meet {level}.");
            case (null, int failed):
                return new(VerdictKind.Undecided, $"Fewer than {People(failed)}",
                    $"{People(failed)} do not meet {level}. No smaller number was shown to meet it.");
            default:
                return new(VerdictKind.Undecided, "Not decided", $"No probe was decided: nothing is known of who meets {level}.");
        }
    }

    private static CapacityVerdict Predicted(SpaceCapacity capacity)
    {
        string level = Level(capacity);
        string basis = $"Predicted from {ReportNumber.Counted(capacity.AnswerCount, "measured answer")}; no probe has tested it.";
        return capacity.PeoplePredicted switch
        {
            null => new(VerdictKind.None, "No limit found",
                $"Nothing measured so far limits the number of people who meet {level}. {basis}"),
            0 => new(VerdictKind.Fail, "Not even one person", $"Even a single person would not meet {level}. {basis}"),
            int people => new(VerdictKind.None, $"{People(people)}, predicted", $"{People(people)} should meet {level}. {basis}"),
        };
    }

    private static CapacityVerdict Open(SpaceCapacity capacity)
    {
        string level = Level(capacity);
        string basis = $"Predicted from {ReportNumber.Counted(capacity.AnswerCount, "measured answer")}, "
            + "for questions that arrive at random.";
        return capacity.QuestionsPerMinute switch
        {
            null => new(VerdictKind.None, "No limit found", $"Nothing measured so far limits how many questions meet {level}. {basis}"),
            0 => new(VerdictKind.Fail, "No question", $"Not even rare questions would meet {level}. {basis}"),
            double rate => new(VerdictKind.None, $"{Rate(rate)} questions/min, predicted",
                $"Up to {Rate(rate)} questions per minute should meet {level}. {basis}"),
        };
    }

    private static string Level(SpaceCapacity capacity) =>
        capacity.Slo.Contains(';', StringComparison.Ordinal) ? "the service levels" : "the service level";

    private static string Verb(int people, string verb) => people == 1 ? verb + "s" : verb;

    private static string Rate(double perMinute) => ReportNumber.Grouped(perMinute, "#,0.##");
}
