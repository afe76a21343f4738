using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// A run as JUnit XML: a suite with a case for the run itself and one per threshold, and a suite with one per question.
/// <c>docs/reports.md</c> says how outcomes are mapped.
/// </summary>
internal static class JUnitReport
{
    private const int LongestName = 120;

    /// <summary>Writes the report.</summary>
    public static void Write(LoadRun run, ReportOptions options, Stream stream)
    {
        RunVerdict verdict = RunVerdict.Of(run, options);
        JUnitSuite[] suites =
        [
            Suite(run, "thresholds", [Itself(run), .. Unique(verdict.Thresholds.Select(Threshold))]),
            Suite(run, "questions", [.. Unique(Questions(run))]),
        ];
        JUnitXml.Write(run.Name, run.TotalDurationSeconds, suites, stream);
    }

    private static JUnitSuite Suite(LoadRun run, string name, IReadOnlyList<JUnitCase> cases) => new($"{run.Name} {name}", cases)
    {
        ClassName = $"GenieLoad.{run.ScenarioName}.{name}", StartedAt = run.StartedAt, Properties = [.. Properties(run)],
    };

    /// <summary>The run itself: figures of an unfit generator or of half a test pass no case by silence.</summary>
    private static JUnitCase Itself(LoadRun run)
    {
        const string Name = "The run is complete and valid";
        string leftOut = run.LeftOut is null ? "" : $" ({run.LeftOut})";
        string output = $"{run.SuccessfulCount} of {run.EndedCount} questions answered in full{leftOut}; "
            + $"health {run.Health?.Verdict ?? "unknown"}";
        if (run.Health is { Verdict: HealthVerdict.Invalid } health)
            return new(
                Name, 0, JUnitResult.Error,
                $"The load generator was too slow for the figures to be trusted: {health.Reasons}", "RunInvalid", Output: output);
        if (run.State != RunState.Completed)
        {
            string reason = $"{run.State}: {run.StateReason ?? "not all of its questions were asked"}";
            return new(Name, 0, JUnitResult.Error, reason, $"Run{run.State}", Output: output);
        }

        return new(Name, 0, JUnitResult.Passed, Output: output);
    }

    private static JUnitCase Threshold(ThresholdResult result) => result.Verdict switch
    {
        Verdict.Pass => new(result.Threshold, 0, JUnitResult.Passed, Output: result.Reason),
        Verdict.Fail => new(result.Threshold, 0, JUnitResult.Failure, result.Reason, "ThresholdMissed"),
        _ => new(result.Threshold, 0, JUnitResult.Skipped, $"undecided: {result.Reason}"),
    };

    private static IEnumerable<JUnitCase> Questions(LoadRun run) =>
        MeasuredRows.Of(run).GroupBy(row => row.QuestionId, StringComparer.Ordinal).Select(rows => Question([.. rows]));

    private static JUnitCase Question(QuestionResult[] rows)
    {
        string name = ReportText.OneLine($"{rows[0].QuestionId} {rows[0].Question}", LongestName);
        double seconds = LatencyFiguresCalculator.Of(Measure.Response, [.. rows.Where(row => row.Success)]).P50Seconds ?? 0;
        QuestionResult[] ended = [.. rows.Where(AskedQuestions.IsEnded)];
        QuestionResult[] bad = [.. ended.Where(row => !row.Success)];
        if (ended.Length == 0)
            return new(name, 0, JUnitResult.Skipped, NotEnded(rows));
        if (bad.Length == 0)
            return new(name, seconds, JUnitResult.Passed, Output: rows.FirstOrDefault(row => row.Sql is not null)?.Sql);

        // What Genie itself ended badly is a failure of the space; what never came to an end is an error around it.
        QuestionResult worst = Array.Find(bad, IsFailure) ?? bad[0];
        string count = ended.Length == 1 ? "" : FormattableString.Invariant($"{bad.Length} of {ended.Length} times: ");
        string message = $"{count}{Words(worst)}";
        string detail = string.Join('\n', bad.Select(row => FormattableString.Invariant($"question {row.Index}: {Words(row)}")).Distinct());
        JUnitResult result = IsFailure(worst) ? JUnitResult.Failure : JUnitResult.Error;
        return new(name, seconds, result, message, worst.ErrorType ?? worst.Outcome, detail, worst.Sql);
    }

    private static string NotEnded(QuestionResult[] rows) => Array.TrueForAll(rows, AskedQuestions.IsShed)
        ? "It was not asked: all workers were busy."
        : "The run ended before it was answered.";

    private static bool IsFailure(QuestionResult row) => row.Outcome is Outcome.Failed or Outcome.Cancelled or Outcome.Expired;

    private static string Words(QuestionResult row) =>
        string.Join(": ", new[] { row.Outcome, row.ErrorType, row.ErrorText }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>A case is known by its name: two of one name would be taken for one.</summary>
    private static IEnumerable<JUnitCase> Unique(IEnumerable<JUnitCase> cases)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (JUnitCase one in cases)
        {
            int count = seen[one.Name] = seen.GetValueOrDefault(one.Name) + 1;
            yield return count == 1 ? one : one with { Name = FormattableString.Invariant($"{one.Name} ({count})") };
        }
    }

    private static IEnumerable<(string Name, string Value)> Properties(LoadRun run) =>
    [
        ("runId", run.RunId),
        ("scenario", run.ScenarioName),
        ("workspaceUrl", run.WorkspaceUrl),
        ("spaceId", run.SpaceId),
        ("isSimulator", run.IsSimulator ? "true" : "false"),
        ("seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        .. run.PlanHash is { } hash ? [("planHash", hash)] : Array.Empty<(string, string)>(),
        ("genieLoadVersion", run.GenieLoadVersion),
    ];
}
