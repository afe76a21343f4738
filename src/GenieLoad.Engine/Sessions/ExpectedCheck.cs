using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The check of answers against expected SQL, as a session sets it up.</summary>
internal static class ExpectedCheck
{
    private const int MostNamed = 3;

    /// <summary>What a check runs, for people.</summary>
    /// <param name="count">Expected queries.</param>
    public static string Text(int count) => FormattableString.Invariant(
        $"{count} {(count == 1 ? "statement" : "statements")} on the warehouse before the test and again after it");

    /// <summary>The expected SQL of what a plan asks.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="questions">The questions that it was made of; <see langword="null"/> for the sample questions.</param>
    /// <param name="options">How the questions are carried.</param>
    /// <exception cref="GenieLoadException"><c>NoExpectedSql</c>, <c>CheckNeedsResult</c>.</exception>
    public static RowList<ExpectedQuery> QueriesOf(Plan plan, IReadOnlyList<Question>? questions, LoadTestOptions options)
    {
        if (!options.ReadResult)
            throw SessionsErrors.CheckNeedsResult();
        HashSet<string> asked = [.. plan.Questions.Select(question => question.QuestionId)];
        ExpectedQuery[] queries =
        [
            .. QuestionList.FromQuestions(questions ?? SampleQuestions.All)
                .Where(question => !string.IsNullOrWhiteSpace(question.ExpectedSql) && asked.Contains(question.Id))
                .Select(question => new ExpectedQuery { QuestionId = question.Id, Sql = question.ExpectedSql! }),
        ];
        return queries.Length > 0 ? new RowList<ExpectedQuery>(queries) : throw SessionsErrors.NoExpectedSql();
    }

    /// <summary>Runs the expected SQL before the first question; <see langword="null"/> where nothing is to be checked.</summary>
    /// <param name="targets">The spaces.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="before">What was known before the run was resumed.</param>
    /// <param name="watcher">Hears of it.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NoWarehouseToCheck</c>, <c>ExpectedSqlFailed</c> where none of it brings a result, and what keeps a call from being made.
    /// </exception>
    public static async Task<ExpectedResults?> StartAsync(
        IReadOnlyList<RunTarget> targets, Plan plan, IReadOnlyList<ExpectedAnswer> before, ISessionWatcher watcher, CancellationToken stop)
    {
        if (plan.ExpectedQueries is null)
            return null;
        if (targets.FirstOrDefault(target => target.Connection.WarehouseId is null) is { } without)
            throw SessionsErrors.NoWarehouseToCheck(without.Connection);
        ExpectedResults expected = await ExpectedResults
            .StartAsync(targets, plan, before, watcher.OnExpectedAnswers, stop).ConfigureAwait(false);
        ExpectedAnswer[] unknown = [.. expected.Answers.Where(answer => answer.State == ExpectedState.Unknown)];
        // A run that is resumed has answers that are worth more than its check.
        if (unknown.Length == expected.Answers.Count && before.Count == 0)
            throw SessionsErrors.ExpectedSqlFailed(unknown[0]);
        if (unknown.Length > 0)
            await watcher.WarnAsync(Warning(unknown, expected.Answers.Count)).ConfigureAwait(false);
        return expected;
    }

    /// <summary>Runs the expected SQL again once the load is over, and says so in the run and its folder.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How it was carried out.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>The run with its expected answers, and what to warn of.</returns>
    public static async Task<(LoadRun Run, string? Warning)> EndAsync(LoadRun run, LoadTestOptions options, CancellationToken stop)
    {
        if (options.Expected is null)
            return (run, null);
        IReadOnlyList<ExpectedAnswer> answers = await options.Expected.EndAsync(stop).ConfigureAwait(false);
        if (options.ExcludeText)
            answers = [.. answers.Select(TextRemoval.From)];
        LoadRun ended = CheckedAnswers.AddTo(run, answers);
        try
        {
            // A run that could not be kept is in memory alone.
            if (run is { RunPath: string path, StopCause: not StopCause.Fault })
                ExpectedFile.Write(new RunFolder(path), answers);
            return (ended, null);
        }
        catch (GenieLoadException e)
        {
            return (ended, $"What the expected SQL gave after the run is not kept with it: {e.Message}");
        }
    }

    private static string Warning(ExpectedAnswer[] unknown, int count)
    {
        string named = string.Join("; ", unknown.Take(MostNamed).Select(answer => $"{answer.QuestionId}: {answer.Reason}"));
        return FormattableString.Invariant($"{unknown.Length} of {count} expected answers are not known, ")
            + $"so those questions are not checked: {named}"
            + (unknown.Length > MostNamed ? FormattableString.Invariant($"; and {unknown.Length - MostNamed} more.") : ".");
    }
}
