namespace GenieLoad.Engine.Simulation;

/// <summary>How a simulator says in a 429 when to come back.</summary>
public enum RetryAfterForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>Retry-After: 60</c>, rounded up to whole seconds.</summary>
    Seconds,

    /// <summary><c>Retry-After: Wed, 21 Oct 2026 07:28:00 GMT</c>, rounded up to whole seconds.</summary>
    Date,
}
