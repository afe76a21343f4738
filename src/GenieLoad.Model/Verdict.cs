namespace GenieLoad.Model;

/// <summary>What a run says about a threshold.</summary>
public static class Verdict
{
    /// <summary>The whole interval of the figure meets the threshold.</summary>
    public const string Pass = nameof(Pass);

    /// <summary>The whole interval of the figure misses the threshold.</summary>
    public const string Fail = nameof(Fail);

    /// <summary>The threshold lies within the interval, or there are too few answers for one.</summary>
    public const string Undecided = nameof(Undecided);
}
