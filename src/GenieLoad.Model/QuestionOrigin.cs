namespace GenieLoad.Model;

/// <summary>Where a space holds a question.</summary>
public static class QuestionOrigin
{
    /// <summary>Among its sample questions, which people see first.</summary>
    public const string Sample = nameof(Sample);

    /// <summary>Among its benchmarks, mostly with the SQL that answers it right.</summary>
    public const string Benchmark = nameof(Benchmark);

    /// <summary>Among the examples in its instructions: Genie has question and SQL before it, so that its answer proves little.</summary>
    public const string Example = nameof(Example);

    /// <summary>In a conversation: somebody asked it.</summary>
    public const string Conversation = nameof(Conversation);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Sample, Benchmark, Example, Conversation];
}
