namespace GenieLoad.Engine.Statistics;

/// <summary>The binomial distribution: how many of <c>n</c> independent trials succeed.</summary>
internal static class Binomial
{
    private static readonly double[] SmallLogFactorials = SumOfLogs(256);

    /// <summary>Probability of exactly <paramref name="successes"/> of <paramref name="trials"/>, each with this probability.</summary>
    public static double Probability(int trials, int successes, double probability) => Math.Exp(
        LogFactorial(trials) - LogFactorial(successes) - LogFactorial(trials - successes)
        + (successes * Math.Log(probability)) + ((trials - successes) * Math.Log(1 - probability)));

    /// <summary>Probability of at most <paramref name="successes"/> of <paramref name="trials"/>, each with this probability.</summary>
    public static double Cumulative(int trials, int successes, double probability)
    {
        double sum = 0;
        for (int i = successes; i >= 0; i--)
        {
            double step = Probability(trials, i, probability);
            sum += step;
            // Below its middle the distribution falls with each step: what is left no longer counts.
            if (i < trials * probability && step < 1e-17 * sum)
                break;
        }

        return Math.Min(1, sum);
    }

    /// <summary>
    /// Natural logarithm of <c>n!</c>: summed where that is short, else by Stirling's series, whose error is then below 1e-15.
    /// </summary>
    public static double LogFactorial(int n)
    {
        if (n < SmallLogFactorials.Length)
            return SmallLogFactorials[n];
        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }

    private static double[] SumOfLogs(int count)
    {
        double[] sums = new double[count];
        for (int n = 2; n < count; n++)
            sums[n] = sums[n - 1] + Math.Log(n);
        return sums;
    }
}
