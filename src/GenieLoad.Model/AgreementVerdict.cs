namespace GenieLoad.Model;

/// <summary>Whether the load of a run changed its answers.</summary>
public static class AgreementVerdict
{
    /// <summary>Busy answers differ from quiet ones more than either do among themselves, and not by chance.</summary>
    public const string Changed = nameof(Changed);

    /// <summary>Nothing shows that they do; there may be a difference too small to be seen.</summary>
    public const string NotShown = nameof(NotShown);

    /// <summary>There are too few answers, or the load was the same all the time.</summary>
    public const string TooFew = nameof(TooFew);
}
