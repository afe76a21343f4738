using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Polling;

/// <summary>The waits between the polls of one message, where they do not depend on other messages.</summary>
/// <param name="options">The policy.</param>
internal struct PollSchedule(PollOptions options)
{
    private double _next = options.FirstSeconds;

    /// <summary>Seconds to wait before the next poll.</summary>
    /// <param name="elapsedSeconds">Since the question was accepted.</param>
    public double Next(double elapsedSeconds)
    {
        if (options.Policy == PollPolicy.Fixed)
            return options.FirstSeconds;
        double most = elapsedSeconds < options.LateAfterSeconds ? options.MaximumSeconds : options.LateMaximumSeconds;
        double wait = Math.Min(_next, most);
        _next = wait * options.Factor;
        return wait;
    }
}
