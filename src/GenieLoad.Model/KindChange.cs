namespace GenieLoad.Model;

/// <summary>What sort of answer questions get in the busy part of a run, by what they mostly get in its quiet part.</summary>
public sealed record KindChange
{
    /// <summary>Kind of most answers to the question in the quiet part: one of <see cref="AnswerKind"/>, or <c>Error</c>.</summary>
    public required string From { get; init; }

    /// <summary>Kind of the answers in the busy part.</summary>
    public required string To { get; init; }

    /// <summary>Number of these answers.</summary>
    public required int Count { get; init; }

    /// <summary>Share of all busy answers to such questions, in percent.</summary>
    public required double Percent { get; init; }

    /// <summary>Share of such answers among the quiet answers to the same questions, in percent.</summary>
    public double? QuietPercent { get; init; }

    /// <summary>Kinds and shares in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{From} -> {To}: {Count} ({Percent:0.0} %, quiet {QuietPercent:0.0} %)");
}
