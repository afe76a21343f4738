using System.Globalization;
using System.Xml.Linq;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Under which conditions the figures came about: plan, environment, and the health of the machine that asked.</summary>
internal static class SetupFacts
{
    /// <summary>The section.</summary>
    public static XElement Of(LoadRun run) => Element(
        "section",
        Attribute("aria-labelledby", "setup"),
        Element("h2", Attribute("id", "setup"), "Plan, environment and health"),
        Facts(Plan(run)),
        Facts(Environment(run)),
        Facts(Health(run)));

    private static IEnumerable<(string Name, object? Value)> Plan(LoadRun run) =>
    [
        ("Scenario", Foreign(run.ScenarioName, 200)),
        ("Mode", QuestionModes.NameUnlessChat(run.Plan) is { } mode ? Foreign(mode, 200) : null),
        ("Questions", ReportNumber.Count(run.Plan.QuestionCount)),
        ("Warm-up questions", run.WarmUpCount == 0 ? null : ReportNumber.Count(run.WarmUpCount)),
        ("Over", run.Plan.DurationSeconds is { } seconds ? ReportNumber.Duration(seconds) : "all at once, or after each answer"),
        ("Arrival", run.Plan.Arrival),
        ("Workers", ReportNumber.Count(run.Plan.WorkerCount)),
        ("Users", run.Plan.UserCount is { } users ? ReportNumber.Count(users) : null),
        ("Pace", run.Plan.QuestionsPerMinute is { } pace ? $"{ReportNumber.Grouped(pace, "#,0.##")} questions/min at most" : null),
        ("Burst", run.Plan.PaceBurst is { } burst ? $"{ReportNumber.Count(burst)} questions at once after a pause" : null),
        ("When all workers are busy", run.Plan.Overflow),
        ("Steadiness", run.Rates.Steadiness),
        ("Seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        ("Shard", run.Shard),
        ("Plan hash", run.PlanHash is { } hash ? ReportText.OneLine(hash, 64) : null),
    ];

    private static IEnumerable<(string Name, object? Value)> Environment(LoadRun run) =>
    [
        ("Workspace", Foreign(run.WorkspaceUrl, 300)),
        ("Space", Foreign(run.SpaceId, 200)),
        ("SQL warehouse", run.Connections.Select(WarehouseWords.Kind).FirstOrDefault(kind => kind.Length > 0) is { } kind
            ? Foreign(kind, 200)
            : null),
        ("Simulator", run.IsSimulator ? "yes: these are not figures of a real space" : "no"),
        ("Polling", run.PollPolicy is { } policy && QuestionModes.HaveChat(run.Plan) ? Foreign(policy, 300) : null),
        ("Retries", run.RetryPolicy is { } retries ? Foreign(retries, 300) : null),
        ("State", run.StateReason is { } reason ? (object)Foreign($"{run.State}: {reason}", 500) : run.State),
        ("Stopped by", run.StopCause?.ToLowerInvariant()),
        ("Interrupted", run.Interruptions.Count == 0
            ? null
            : string.Join("; ", run.Interruptions.Select(interruption => $"{interruption}"))),
        ("Changed while it ran", run.Changes.Count == 0
            ? null
            : Foreign(string.Join("; ", run.Changes.Select(change => $"{change}")), 2000)),
        ("Place", run.Place is { } place ? Foreign(place, 100) : null),
        ("Started", ReportNumber.Instant(run.StartedAt)),
        ("Late by", run.StartLagSeconds is { } late ? ReportNumber.Duration(late) : null),
        ("Clock of the service", run.ClockOffsetSeconds is { } offset && run.ClockHalfWidthSeconds is { } half
            ? FormattableString.Invariant($"{offset:+0.000;-0.000} s ± {half:0.000} s")
            : null),
        ("Ended", run.CompletedAt is { } end ? ReportNumber.Instant(end) : null),
        ("Run", Foreign(run.RunId, 200)),
        ("GenieLoad", run.GenieLoadVersion),
    ];

    private static IEnumerable<(string Name, object? Value)> Health(LoadRun run)
    {
        if (run.Health is not { } health)
            return [("Health of the load generator", "unknown")];
        return
        [
            ("Health of the load generator", Foreign(health.ToString(), 1000)),
            ("Lateness, median and P99", Milliseconds(health.P50LagSeconds) is { } median
                ? $"{median} and {Milliseconds(health.P99LagSeconds)}"
                : null),
            ("Maximum lateness", Milliseconds(health.MaximumLagSeconds)),
            ("Processors, mean and maximum", health.ProcessorShare is { } share
                ? FormattableString.Invariant($"{100 * share:0} and {100 * health.PeakProcessorShare:0} %")
                : null),
            ("Garbage collection", Milliseconds(health.GcPauseSeconds)),
            ("Longest suspension", Milliseconds(health.WorstStallSeconds)),
            ("Maximum memory", health.PeakWorkingSetBytes is { } bytes ? $"{ReportNumber.Grouped(bytes / 1048576.0, "#,0")} MiB" : null),
            ("Maximum files and sockets", health.MaximumHandleCount is { } handles ? ReportNumber.Count(handles) : null),
        ];
    }

    private static string? Milliseconds(double? seconds) =>
        seconds is { } value ? $"{ReportNumber.Grouped(1000 * value, "#,0.#")} ms" : null;
}
