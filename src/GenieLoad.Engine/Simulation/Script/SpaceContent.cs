using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A benchmark of a simulated space.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Question">The question.</param>
/// <param name="Sql">SQL that answers it right: it says the same as Genie's in other words.</param>
/// <param name="Topic">What it is about.</param>
internal sealed record SimulatedBenchmark(string Id, string Question, string Sql, SimulatedTexts.Topic Topic)
{
    /// <summary>Whether its owner has written the SQL.</summary>
    public bool HasSql { get; init; } = true;
}

/// <summary>What the owner of a simulated space has written: sample questions, benchmarks, examples and instructions.</summary>
internal sealed class SpaceContent
{
    private const int FirstYear = 2001;

    /// <param name="options">Seed, number of benchmarks and size of results.</param>
    /// <param name="space">Which of the spaces, from 0.</param>
    public SpaceContent(SimulatorOptions options, int space)
    {
        SeededRandom random = SeededRandom.For(options.Seed, "content", space);
        Samples = [.. SimulatedTexts.AllTopics.Take(3).Select(topic =>
            (Hex.Draw(random), $"Which {topic.Dimension} has the highest {topic.Measure} of all?"))];
        Benchmarks = [.. Enumerable.Range(0, options.BenchmarkCount).Select(number => Benchmark(random, number, options.ResultRowCount) with
        {
            HasSql = number < options.BenchmarkCount - options.BenchmarkWithoutSqlCount,
        })];
        Examples = [.. SimulatedTexts.AllTopics.Skip(3).Take(2).Select(topic =>
            (Hex.Draw(random), $"How is {topic.Measure} spread over {topic.Dimension}?",
                SimulatedTexts.Sql(topic, 0, options.ResultRowCount)))];
        ParameterExampleId = Hex.Draw(random);
        InstructionId = Hex.Draw(random);
        Instructions = "Amounts are in euros.\nThe year begins in January.\n"
            + (options.SpaceVersion == 1 ? "" : FormattableString.Invariant($"Edition {options.SpaceVersion} of these instructions.\n"));
    }

    /// <summary>Ids and texts of the sample questions.</summary>
    public IReadOnlyList<(string Id, string Question)> Samples { get; }

    public IReadOnlyList<SimulatedBenchmark> Benchmarks { get; }

    /// <summary>Ids, texts and SQL of the examples.</summary>
    public IReadOnlyList<(string Id, string Question, string Sql)> Examples { get; }

    /// <summary>Id of the example whose question has a parameter.</summary>
    public string ParameterExampleId { get; }

    public string InstructionId { get; }

    /// <summary>The text instructions.</summary>
    public string Instructions { get; }

    private static SimulatedBenchmark Benchmark(SeededRandom random, int number, int rowCount)
    {
        IReadOnlyList<SimulatedTexts.Topic> topics = SimulatedTexts.AllTopics;
        SimulatedTexts.Topic topic = topics[number % topics.Count];
        int round = number / topics.Count;
        // A year keeps further questions about one topic apart; the keyword leads Genie to the topic.
        string question = round == 0
            ? $"What is the total for each {topic.Keyword}?"
            : FormattableString.Invariant($"What is the total for each {topic.Keyword} since {FirstYear + round}?");
        return new SimulatedBenchmark(Hex.Draw(random), question, Sql(topic, round, rowCount), topic);
    }

    private static string Sql(SimulatedTexts.Topic topic, int round, int rowCount) =>
        $"""
        -- {(round == 0 ? "all years" : FormattableString.Invariant($"since {FirstYear + round}"))}
        select t.{topic.Dimension}, sum(t.{topic.Measure}) as total, count(*) as n
        from {topic.Table} as t
        where t.{topic.Measure} is not null
        group by t.{topic.Dimension}
        order by total desc
        limit {rowCount}
        """;
}
