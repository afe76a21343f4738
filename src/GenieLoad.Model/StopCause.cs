namespace GenieLoad.Model;

/// <summary>What ended a run early. Names rather than an enumeration, as for <see cref="Outcome"/>.</summary>
public static class StopCause
{
    /// <summary>Its user: Ctrl+C, or something downstream that wanted no more.</summary>
    public const string User = nameof(User);

    /// <summary>A threshold that could not be met any more.</summary>
    public const string Threshold = nameof(Threshold);

    /// <summary>A budget that its user had set.</summary>
    public const string Budget = nameof(Budget);

    /// <summary>The service refuses in a way that every further question would meet too.</summary>
    public const string Service = nameof(Service);

    /// <summary>The probe of a capacity was decided, or was not worth more answers: nothing more had to be asked.</summary>
    public const string Decided = nameof(Decided);

    /// <summary>The run could not be kept any more, such as on a full disk.</summary>
    public const string Fault = nameof(Fault);

    /// <summary>Whether a rule ended the run, rather than its user or trouble of its own.</summary>
    /// <param name="cause">One of these; <see langword="null"/> for none.</param>
    public static bool IsRule(string? cause) => cause is Threshold or Budget or Service;
}
