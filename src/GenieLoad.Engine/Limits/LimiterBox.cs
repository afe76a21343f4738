namespace GenieLoad.Engine.Limits;

/// <summary>A set of limiters of one model: every combination of what lies within its bounds.</summary>
/// <param name="PeriodLow">Least seconds of its period: between two tokens, or the length of its window.</param>
/// <param name="PeriodHigh">Most seconds of it.</param>
/// <param name="CountLow">Fewest questions: of a burst, or in a window.</param>
/// <param name="CountHigh">Most of them.</param>
/// <param name="PhaseLow">Least share of a window that had passed at the first send; 0 for models without edges.</param>
/// <param name="PhaseHigh">Most of it.</param>
internal readonly record struct LimiterBox(
    double PeriodLow, double PeriodHigh, int CountLow, int CountHigh, double PhaseLow = 0, double PhaseHigh = 0)
{
    /// <summary>The middle of its period, on a scale of ratios.</summary>
    public double Period => Math.Sqrt(PeriodLow * PeriodHigh);

    /// <summary>The middle of its phase.</summary>
    public double Phase => (PhaseLow + PhaseHigh) / 2;

    /// <summary>How far its period reaches, as a share of itself.</summary>
    public double PeriodSpread => (PeriodHigh / PeriodLow) - 1;

    /// <summary>Its two halves along its period.</summary>
    public (LimiterBox Lower, LimiterBox Upper) SplitPeriod() =>
        (this with { PeriodHigh = Period }, this with { PeriodLow = Period });

    /// <summary>Its two halves along its phase.</summary>
    public (LimiterBox Lower, LimiterBox Upper) SplitPhase() => (this with { PhaseHigh = Phase }, this with { PhaseLow = Phase });
}
