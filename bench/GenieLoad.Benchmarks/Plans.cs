using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Plans of the benchmark.</summary>
internal static class Plans
{
    /// <summary>Questions that begin with their number, spread evenly, with a worker for each unless said otherwise.</summary>
    public static Plan Even(int count, double seconds, int? workers = null, string? mode = null) => new()
    {
        Name = "benchmark",
        ScenarioName = "benchmark",
        DurationSeconds = seconds,
        WorkerCount = workers ?? count,
        Seed = 1,
        Questions = new RowList<PlannedQuestion>([.. Enumerable.Range(1, count).Select(number => new PlannedQuestion
        {
            Index = number,
            PlannedSeconds = seconds * (number - 1) / count,
            QuestionId = $"q{number}",
            Text = $"{number}: How many orders were placed last month, by region?",
            Mode = mode,
        })]),
    };
}
