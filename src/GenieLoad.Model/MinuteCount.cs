namespace GenieLoad.Model;

/// <summary>How many questions a plan has in one minute.</summary>
public sealed class MinuteCount
{
    /// <summary>The minute, from 1.</summary>
    public required int Minute { get; init; }

    /// <summary>Questions due in it.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Minute and count in one line.</summary>
    public override string ToString() => $"minute {Minute}: {QuestionCount}";
}
