namespace GenieLoad.Engine.Running;

/// <summary>
/// What stops waits on a pacing clock: one registration for all that wait, because a run has many that wait and one end. Its members are
/// called under the lock of the clock, but for the one that registers.
/// </summary>
/// <param name="token">Stops them.</param>
internal sealed class SharedStop(CancellationToken token)
{
    private CancellationTokenRegistration _registration;
    private int _count;

    /// <summary>Stops them.</summary>
    public CancellationToken Token => token;

    /// <summary>Whether nobody waits.</summary>
    public bool IsOver => _count == 0;

    /// <summary>One more waits.</summary>
    /// <returns>Whether nobody did before: then <see cref="Register"/> is to follow.</returns>
    public bool Join() => _count++ == 0;

    /// <summary>One does not wait any more. With the last one the token lets go of all this.</summary>
    public void Leave()
    {
        if (--_count > 0)
            return;
        _registration.Unregister();
        _registration = default;
    }

    /// <summary>
    /// Registers. Not under the lock: where the token is cancelled already, whoever waits goes on from within.
    /// </summary>
    /// <param name="stop">Stops all that wait.</param>
    /// <returns>What <see cref="Keep"/> takes.</returns>
    public CancellationTokenRegistration Register(Action<SharedStop> stop) =>
        token.UnsafeRegister(shared => stop((SharedStop)shared!), this);

    /// <summary>Keeps a registration until nobody waits, unless that is so already, or another came first.</summary>
    public void Keep(CancellationTokenRegistration registration)
    {
        if (IsOver || _registration != default)
            registration.Unregister();
        else
            _registration = registration;
    }
}
