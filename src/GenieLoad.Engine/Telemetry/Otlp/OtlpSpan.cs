namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>One span of a trace.</summary>
/// <param name="TraceId">Id of its trace: 32 hexadecimal digits, lower case.</param>
/// <param name="Id">Its id: 16 hexadecimal digits, lower case.</param>
/// <param name="ParentId">Id of the span that it belongs to; <see langword="null"/> for the root.</param>
/// <param name="Name">What it is.</param>
/// <param name="Start">When it began, in nanoseconds since 1970 (UTC).</param>
/// <param name="End">When it ended, in the same; never before <paramref name="Start"/>.</param>
internal sealed record OtlpSpan(string TraceId, string Id, string? ParentId, string Name, long Start, long End)
{
    /// <summary>Whether it is a call to another service.</summary>
    public bool IsClient { get; init; }

    /// <summary>What is known of it: texts, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Attributes { get; init; } = [];

    /// <summary>What happened at an instant within it.</summary>
    public IReadOnlyList<OtlpEvent> Events { get; init; } = [];

    /// <summary>Whether it failed.</summary>
    public bool IsError { get; init; }

    /// <summary>Why it failed, in words.</summary>
    public string? ErrorText { get; init; }
}

/// <summary>Something that happened within a span.</summary>
/// <param name="Name">What.</param>
/// <param name="At">When, in nanoseconds since 1970 (UTC).</param>
/// <param name="Attributes">What is known of it.</param>
internal sealed record OtlpEvent(string Name, long At, IReadOnlyList<KeyValuePair<string, object>> Attributes);
