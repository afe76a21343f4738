namespace GenieLoad.Model;

/// <summary>What the <c>Retry-After</c> of refused questions is worth.</summary>
public static class RetryAfterWorth
{
    /// <summary>No refusal had one.</summary>
    public const string Absent = nameof(Absent);

    /// <summary>Nothing contradicts it.</summary>
    public const string Honest = nameof(Honest);

    /// <summary>Questions sent after it were refused.</summary>
    public const string TooShort = nameof(TooShort);

    /// <summary>Questions sent before it, by more than the second to which it is rounded, were accepted.</summary>
    public const string TooLong = nameof(TooLong);

    /// <summary>Nothing was sent that would tell.</summary>
    public const string Unknown = nameof(Unknown);
}
