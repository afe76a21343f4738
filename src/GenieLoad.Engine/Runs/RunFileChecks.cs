using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Whether what was read from a run folder makes sense beyond being JSON: files come from other machines and hands.</summary>
internal static class RunFileChecks
{
    // More than a lifetime of load tests, and still far from the end of what a DateTime can hold.
    private const double LongestOffsetSeconds = 1e9;

    // Three times what the longest of ours has.
    private const int LongestChange = 200;

    // Every number with a fraction in a row is a time in seconds.
    private static readonly Func<QuestionResult, double?>[] Times =
    [
        .. typeof(QuestionResult).GetProperties().Where(property => property.PropertyType == typeof(double?))
            .Select(property => property.GetMethod!.CreateDelegate<Func<QuestionResult, double?>>()),
        .. typeof(QuestionResult).GetProperties().Where(property => property.PropertyType == typeof(double))
            .Select(property => property.GetMethod!.CreateDelegate<Func<QuestionResult, double>>())
            .Select(time => (Func<QuestionResult, double?>)(row => time(row))),
    ];

    /// <summary>What is wrong with a manifest; <see langword="null"/> when nothing is.</summary>
    public static string? Fault(RunManifest manifest)
    {
        if (manifest is not { State: not null, Header: { RunId: not null, Name: not null, ScenarioName: not null } header })
            return "the state or the header lacks a value.";
        if (header.WorkspaceUrl is null || header.SpaceId is null)
            return "workspace or space is missing.";
        if (!IsInstant(header.StartedAt))
            return $"the run began at {header.StartedAt:yyyy-MM-dd}.";
        if (header.Shard is not null && Shard.TryParse(header.Shard) is null)
            return "the shard is none.";
        if (manifest.Clock is { } clock && (!IsOffset(clock.OffsetSeconds) || !IsOffset(clock.HalfWidthSeconds)))
            return "the reading of the clock is none.";
        if (manifest.Interruptions?.Any(pause => !IsInstant(pause.InterruptedAt) || !IsInstant(pause.ResumedAt)) == true)
            return "an interruption has no time.";
        return manifest.TotalDurationSeconds is { } total && !IsOffset(total) ? "the total duration is no duration." : null;
    }

    /// <summary>What is wrong with a run that was exported as a whole; <see langword="null"/> when nothing is.</summary>
    public static string? Fault(LoadRun run)
    {
        if (run is not { RunId: not null, Name: not null, ScenarioName: not null, State: not null, WorkspaceUrl: not null,
            SpaceId: not null })
            return "a name or the state is missing.";
        if (!IsInstant(run.StartedAt))
            return $"the run began at {run.StartedAt.ToUniversalTime():yyyy-MM-dd}.";
        if (run.Changes.Any(change => !IsSound(change)))
            return "a change of the run lacks its text, or its time is none.";
        // A list that a file does not have is null here, whatever the type says.
        if (run.Percentiles is null || run.Slices is null || run.Intervals is null)
            return "it lacks lists of figures; export the run again with this version.";
        return run.Results.FirstOrDefault(row => !IsSound(row)) is { } broken
            ? $"the row of question {broken.Index} lacks its question, or a time in it is none."
            : run.Plan is { } plan ? Fault(plan) : null;
    }

    /// <summary>What is wrong with a plan; <see langword="null"/> when nothing is.</summary>
    public static string? Fault(Plan plan)
    {
        if (plan is not { Name: not null, ScenarioName: not null, Questions: not null })
            return "a name or the questions are missing.";
        HashSet<int> indexes = [];
        foreach (PlannedQuestion question in plan.Questions)
        {
            if (question is not { QuestionId: not null, Text: not null } || !IsOffset(question.PlannedSeconds))
                return $"question {question.Index} lacks its id, its text or its instant.";
            if (!indexes.Add(question.Index))
                return $"question {question.Index} is planned twice.";
        }

        return null;
    }

    /// <summary>Whether a row can be used.</summary>
    public static bool IsSound(QuestionResult row) =>
        row is { QuestionId: not null, Question: not null, Outcome: not null }
        && Array.TrueForAll(Times, time => IsOffset(time(row) ?? 0));

    /// <summary>Whether a start mark can be used.</summary>
    public static bool IsSound(StartedRecord mark) => IsOffset(mark.StartedOffsetSeconds ?? 0);

    /// <summary>Whether a line about a change can be used.</summary>
    public static bool IsSound(SteeringRecord record) => record.Change is not null && IsSound(record.Change);

    /// <summary>Whether an instant can be one of a load test.</summary>
    public static bool IsInstant(DateTime instant) => instant.ToUniversalTime() is { Year: >= 1970 and <= 9000 };

    private static bool IsSound(RunChange change) =>
        change is { Change.Length: <= LongestChange, OffsetSeconds: >= 0, WorkerCount: >= 1, QuestionsPerMinute: null or > 0 }
        && IsOffset(change.OffsetSeconds) && IsInstant(change.ChangedAt);

    // False for NaN too.
    private static bool IsOffset(double seconds) => seconds is >= -LongestOffsetSeconds and <= LongestOffsetSeconds;
}
