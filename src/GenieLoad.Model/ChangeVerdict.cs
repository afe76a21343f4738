namespace GenieLoad.Model;

/// <summary>How a figure of one run stands to that of another.</summary>
public static class ChangeVerdict
{
    /// <summary>Better, by more than the tolerance and than chance explains.</summary>
    public const string Better = nameof(Better);

    /// <summary>Worse, by more than the tolerance and than chance explains.</summary>
    public const string Worse = nameof(Worse);

    /// <summary>The whole interval of the change lies within the tolerance.</summary>
    public const string Same = nameof(Same);

    /// <summary>None of these can be said from so few answers.</summary>
    public const string NotEnoughData = nameof(NotEnoughData);
}
