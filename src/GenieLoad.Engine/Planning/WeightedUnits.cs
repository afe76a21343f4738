using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Divides a plan by weights: what stays together, how much each part gets, and which goes where.</summary>
internal static class WeightedUnits
{
    /// <summary>What stays together: a user, a conversation, a question that stands alone.</summary>
    /// <param name="question">A question of it.</param>
    public static string Of(PlannedQuestion question) =>
        question.User is int user ? string.Create(CultureInfo.InvariantCulture, $"u{user}")
        : question.Conversation is string conversation ? $"c{conversation}"
        : string.Create(CultureInfo.InvariantCulture, $"q{question.Index}");

    /// <summary>Whole numbers in proportion to weights: rounded down, then one more for the greatest remainders.</summary>
    /// <param name="count">Their sum.</param>
    /// <param name="weights">The weights, each above 0.</param>
    public static int[] Quotas(int count, IReadOnlyList<double> weights)
    {
        double total = weights.Sum();
        double[] exact = [.. weights.Select(weight => count * weight / total)];
        int[] quotas = [.. exact.Select(share => (int)share)];
        IEnumerable<int> byRemainder = Enumerable.Range(0, quotas.Length).OrderByDescending(i => exact[i] - quotas[i]).ThenBy(i => i);
        foreach (int i in byRemainder.Take(count - quotas.Sum()).ToArray())
            quotas[i]++;
        return quotas;
    }

    /// <summary>A part for each unit, drawn, so that each part gets its quota.</summary>
    /// <param name="quotas">How many units each part gets.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <returns>Numbers of parts, from 0, in the order of the units.</returns>
    public static int[] Draw(IReadOnlyList<int> quotas, SeededRandom random)
    {
        int[] lots = [.. quotas.SelectMany((count, part) => Enumerable.Repeat(part, count))];
        for (int i = lots.Length - 1; i > 0; i--)
        {
            int other = random.NextInt32(i + 1);
            (lots[i], lots[other]) = (lots[other], lots[i]);
        }
        return lots;
    }
}
