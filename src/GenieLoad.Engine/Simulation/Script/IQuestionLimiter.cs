namespace GenieLoad.Engine.Simulation.Script;

/// <summary>Admits questions, or refuses them. Safe for several threads.</summary>
internal interface IQuestionLimiter
{
    /// <summary>Admits a question, or says how many ticks are left until the next is admitted, if none is sent before.</summary>
    bool TryAdmit(long now, out long ticksToWait);
}
