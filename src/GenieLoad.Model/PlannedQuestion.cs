namespace GenieLoad.Model;

/// <summary>One question of a plan, with the instant at which it is due.</summary>
public sealed record PlannedQuestion
{
    /// <summary>Place in the plan, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>
    /// Seconds after the start of the run at which the question is due. Where <see cref="AfterIndex"/> is set, the earliest possible: as if
    /// all answers before it took no time.
    /// </summary>
    public required double PlannedSeconds { get; init; }

    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>What will be asked, to the letter.</summary>
    public required string Text { get; init; }

    /// <summary>Key of the conversation it belongs to; <see langword="null"/> when it has one of its own.</summary>
    public string? Conversation { get; init; }

    /// <summary>Place within its conversation, from 1.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>
    /// Index of the question whose end it follows: its instant is known only then.
    /// <see langword="null"/> for a question with an instant of its own.
    /// </summary>
    public int? AfterIndex { get; init; }

    /// <summary>
    /// Seconds from that end to the instant at which the question is due; <see langword="null"/> where it is due at
    /// <see cref="PlannedSeconds"/>, or at that end if it is later.
    /// </summary>
    public double? ThinkSeconds { get; init; }

    /// <summary>Number of the user who asks, from 1, in a closed test.</summary>
    public int? User { get; init; }

    /// <summary>Name of the connection that it is asked on, in a test of several; <see langword="null"/> in a test of one.</summary>
    public string? Connection { get; init; }

    /// <summary>How it is asked, one of <see cref="QuestionMode"/>; <see langword="null"/> for <see cref="QuestionMode.Chat"/>.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether it only warms up.</summary>
    public bool IsWarmUp { get; init; }

    /// <summary>Index and text in one line.</summary>
    public override string ToString() => $"{Index}: {Text}";
}
