using System.Globalization;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>No arrivals from outside: users, each of whom asks again when the answer has come.</summary>
/// <param name="users">How many.</param>
/// <param name="each">Questions that each asks.</param>
/// <param name="staggerSeconds">Seconds over which they begin, evenly; <see langword="null"/> for all at once.</param>
internal sealed class ClosedArrival(int users, int each, double? staggerSeconds) : Arrival
{
    public override string Description => users == 1 ? "by 1 user" : $"by {users} users";

    internal override string ShortName => string.Create(CultureInfo.InvariantCulture, $"{users}users");

    internal override double? QuestionCount(int turns) => (double)users * each;

    internal override double[] Offsets(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(user => (staggerSeconds ?? 0) * user / count)];

    public override double? Span(int count) => staggerSeconds;

    internal override void CheckCount(int questions, double arrivals, ScenarioPlace place)
    {
        if (questions != (long)users * each)
        {
            throw ScenariosErrors.ConflictingFields(
                place.NameGiven(ScenarioFields.QuestionCount), $"is {questions}, and {users} users with {each} questions each ask "
                    + FormattableString.Invariant($"{(long)users * each}"),
                "Leave it out: it follows from the other two.", place);
        }
    }
}
