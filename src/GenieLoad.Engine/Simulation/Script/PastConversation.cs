using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A question of a past conversation.</summary>
/// <param name="Id">Id of its message.</param>
/// <param name="Question">What was asked.</param>
/// <param name="AskedAt">Seconds from the start of the simulator; below 0.</param>
/// <param name="Seconds">Seconds to the end of its answer.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="Rating">Thumb of whoever asked; <see langword="null"/> for none.</param>
internal sealed record PastQuestion(string Id, string Question, double AskedAt, double Seconds, bool Failed, string? Rating);

/// <summary>A conversation from before the start of a simulator.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Asker">Number of the person who held it, from 0: whoever holds the simulator's token.</param>
/// <param name="IsAgent">Whether it was held in agent mode.</param>
/// <param name="IsPrivate">Whether others see the prompts only.</param>
/// <param name="Questions">Its questions, in order.</param>
internal sealed record PastConversation(string Id, int Asker, bool IsAgent, bool IsPrivate, IReadOnlyList<PastQuestion> Questions)
{
    private const double AgentShare = 0.05;
    private const double PrivateShare = 0.08;
    private const double FailedShare = 0.06;
    private const double PositiveShare = 0.12;
    private const double NegativeShare = 0.05;
    private const double RushShare = 0.15;
    private const double WeekendShare = 0.1;
    private const double MoreShare = 0.6;
    private const int MostQuestions = 12;

    // Twelve questions of at most twelve minutes each end before the simulator begins.
    private const double LastStart = 3 * 3600;
    private const double LongestThink = 600;
    private const double LongestAnswer = 120;
    private const int MostTries = 100;

    /// <summary>The conversations of a space.</summary>
    /// <param name="options">Seed, their number and their days.</param>
    /// <param name="space">Which of the spaces, from 0.</param>
    /// <param name="startUtc">Start of the simulator.</param>
    public static IEnumerable<PastConversation> Of(SimulatorOptions options, int space, DateTime startUtc)
    {
        int askers = Math.Clamp(options.PastConversationCount / 8, 3, 40);
        SeededRandom shared = SeededRandom.For(options.Seed, "past-days", space);
        DateTime rush = Workday(startUtc.Date.AddDays(-1 - shared.NextInt32(options.PastDays))).AddHours(10).AddMinutes(14);
        for (int i = 0; i < options.PastConversationCount; i++)
        {
            SeededRandom random = SeededRandom.For(options.Seed, "past", ((long)space << 32) + i);
            string id = Hex.Draw(random);
            // Some ask much, many ask little.
            int asker = (int)(askers * Math.Pow(random.NextDouble(), 2));
            bool isAgent = random.NextDouble() < AgentShare;
            bool isPrivate = random.NextDouble() < PrivateShare;
            double at = Start(random, options.PastDays, startUtc, rush);
            yield return new PastConversation(id, asker, isAgent, isPrivate, [.. Ask(random, at)]);
        }
    }

    private static IEnumerable<PastQuestion> Ask(SeededRandom random, double at)
    {
        for (int turn = 0; turn < MostQuestions && (turn == 0 || random.NextDouble() < MoreShare); turn++)
        {
            double seconds = Math.Min(LongestAnswer, 9 * Math.Exp(0.5 * random.NextNormal()));
            double think = Math.Min(LongestThink, 45 * Math.Exp(0.9 * random.NextNormal()));
            bool failed = random.NextDouble() < FailedShare;
            double thumb = random.NextDouble();
            string? rating = thumb < PositiveShare ? "POSITIVE" : thumb < PositiveShare + NegativeShare ? "NEGATIVE" : null;
            // As the service tells them: in whole milliseconds.
            (at, seconds) = (Math.Round(at, 3), Math.Round(seconds, 3));
            yield return new PastQuestion(Hex.Draw(random), SimulatedTexts.PastQuestion(random, turn), at, seconds, failed, rating);
            at += seconds + think;
        }
    }

    /// <summary>Seconds from the start of the simulator at which a conversation begins.</summary>
    private static double Start(SeededRandom random, int days, DateTime startUtc, DateTime rush)
    {
        bool isInRush = random.NextDouble() < RushShare;
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            DateTime day = startUtc.Date.AddDays(-random.NextInt32(days + 1));
            bool isFree = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && random.NextDouble() >= WeekendShare;
            double hour = 8 + (5 * (random.NextDouble() + random.NextDouble()));
            DateTime instant = isInRush ? rush.AddMinutes(4 * random.NextNormal()) : day.AddHours(hour);
            double seconds = (instant - startUtc).TotalSeconds;
            if (seconds >= -days * 86_400.0 && seconds <= -LastStart && (isInRush || !isFree))
                return seconds;
            // The quarter of an hour may lie outside of the days.
            isInRush = isInRush && attempt < MostTries / 2;
        }
        return -LastStart - (random.NextDouble() * ((days * 86_400.0) - LastStart));
    }

    private static DateTime Workday(DateTime day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(-2),
        _ => day,
    };
}
