using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Divides a plan among places. Each divides it alike, so that none has to be told what the others do.</summary>
public static class PlanShards
{
    /// <summary>
    /// The part of a plan that one shard asks. Users, conversations and questions that follow one another stay together; these units are
    /// dealt out in the order of the plan, so that every shard asks throughout the test.
    /// </summary>
    /// <remarks>
    /// Questions keep their numbers and instants, and the part keeps pace and hash of the whole: see the pacer of shards. Workers are
    /// divided too, one for each shard at least.
    /// </remarks>
    /// <param name="whole">The whole plan.</param>
    /// <param name="shard">Which part; <see langword="null"/> for the plan as it is.</param>
    /// <exception cref="GenieLoadException"><c>EmptyShard</c>: there are more shards than units.</exception>
    public static Plan Of(Plan whole, Shard? shard)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (shard is not Shard part)
            return whole;
        int[] numbers = NumbersOf(whole, part.Count);
        PlannedQuestion[] own = [.. whole.Questions.Where((_, place) => numbers[place] == part.Number)];
        if (own.Length == 0)
            throw PlanningErrors.EmptyShard(part, whole.QuestionCount == 0 ? 0 : numbers.Max());
        HashSet<string> ids = [.. own.Select(question => question.QuestionId)];
        ExpectedQuery[] queries = [.. (whole.ExpectedQueries ?? new([])).Where(query => ids.Contains(query.QuestionId))];
        return whole with
        {
            Shard = part.ToString(),
            WorkerCount = Math.Max(1, part.ShareOf(whole.WorkerCount)),
            UserCount = whole.UserCount is null ? null : own.Select(question => question.User).Distinct().Count(),
            WarmUpCount = own.Count(question => question.IsWarmUp),
            Connections = PlanBuilder.Counted(whole.Connections, own),
            ExpectedQueries = queries.Length == 0 ? null : new RowList<ExpectedQuery>(queries),
            Questions = new RowList<PlannedQuestion>(own),
        };
    }

    /// <summary>Number of the shard of each question, from 1, in the order of the plan.</summary>
    /// <param name="whole">The whole plan.</param>
    /// <param name="count">How many shards there are.</param>
    public static int[] NumbersOf(Plan whole, int count)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var numbers = new int[whole.QuestionCount];
        Dictionary<int, int> byIndex = new(whole.QuestionCount);
        Dictionary<string, int> byUnit = new(StringComparer.Ordinal);
        int units = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            PlannedQuestion question = whole.Questions[i];
            string unit = WeightedUnits.Of(question);
            if (!(question.AfterIndex is int before && byIndex.TryGetValue(before, out int number))
                && !byUnit.TryGetValue(unit, out number))
                number = (units++ % count) + 1;
            byUnit.TryAdd(unit, number);
            byIndex[question.Index] = numbers[i] = number;
        }
        return numbers;
    }
}
