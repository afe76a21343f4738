namespace GenieLoad.Engine.Capacity;

/// <summary>One question of a simulated person.</summary>
/// <param name="Person">Who asked, from 0.</param>
/// <param name="AskedAt">When, in seconds.</param>
/// <param name="WaitSeconds">How long it waited for the limit.</param>
/// <param name="Service">How long the service then took.</param>
internal readonly record struct ClosedAnswer(int Person, double AskedAt, double WaitSeconds, ServiceTime Service)
{
    /// <summary>Seconds from the intent to the end.</summary>
    public double ResponseSeconds => WaitSeconds + Service.Seconds;

    /// <summary>When it ended, in seconds.</summary>
    public double EndedAt => AskedAt + ResponseSeconds;
}
