using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>What Genie charges for a question.</summary>
internal static class GenieUsage
{
    private const double Least = 0.18;
    private const double Most = 0.86;

    /// <summary>DBU of a question, to six digits; anything from the least to the most that was measured.</summary>
    /// <param name="seed">Seed of the simulator.</param>
    /// <param name="key">Number of the question.</param>
    public static decimal Draw(int seed, long key) => Math.Round(
        (decimal)(Least + ((Most - Least) * SeededRandom.For(seed, "dbu", key).NextDouble())), 6);
}
