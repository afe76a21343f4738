using System.Globalization;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>What two runs have to share for a change between them to be one of the space and not of the load.</summary>
internal sealed record PlanShape(
    int QuestionCount, int WorkerCount, string Arrival, double? DurationSeconds, int? UserCount, double? QuestionsPerMinute, string Mode,
    string? Shard = null)
{
    /// <summary>The shape of a plan.</summary>
    public static PlanShape Of(Plan plan) => new(
        plan.QuestionCount, plan.WorkerCount, plan.Arrival, plan.DurationSeconds, plan.UserCount, plan.QuestionsPerMinute,
        QuestionModes.Name(plan), plan.Shard);

    /// <summary>Such as <c>35 questions, 10 workers, Even, 30 s</c>.</summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return Text($"{QuestionCount} {(QuestionCount == 1 ? "question" : "questions")}");
        yield return Text($"{WorkerCount} {(WorkerCount == 1 ? "worker" : "workers")}");
        yield return Arrival;
        if (DurationSeconds is { } seconds)
            yield return Text($"{seconds:0.###} s");
        if (UserCount is { } users)
            yield return Text($"{users} {(users == 1 ? "user" : "users")}");
        if (QuestionsPerMinute is { } pace)
            yield return Text($"at most {pace:0.##} a minute");
        if (Mode != QuestionMode.Chat)
            yield return Mode;
        if (Shard is not null)
            yield return $"shard {Shard}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
