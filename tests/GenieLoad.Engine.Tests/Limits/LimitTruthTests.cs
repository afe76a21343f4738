using System.Globalization;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation.Truth;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Limits;

/// <summary>Simulated spaces whose limit is known: what is measured holds it, every time, and few questions do.</summary>
public sealed class LimitTruthTests
{
    private static readonly int Spaces = int.Parse(
        Environment.GetEnvironmentVariable("GENIELOAD_LIMIT_SPACES") ?? "10", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(5, 0.16)]
    [InlineData(20, 0.40)]
    public void Fifteen_questions_name_the_kind_and_enclose_the_limit(double perMinute, double width)
    {
        List<string> wrong = [];
        for (int seed = 1; seed <= Spaces; seed++)
        {
            using var space = new LimitedSpace(LimitedSpace.Draw(seed, perMinute));
            TrueLimit truth = space.Simulator.Record.TrueLimit!;

            RateLimit limit = space.Measure(new RateLimitRequest { MaximumQuestions = 15, KeepsConversations = true });

            Assert.Equal(limit.QuestionsSpent, space.Simulator.Record.QuestionCount);
            Assert.Equal(limit.RefusedCount, space.Simulator.Record.ThrottledCount);
            bool holds = limit.LowerPerMinute <= truth.QuestionsPerMinute + 1e-9 && limit.UpperPerMinute >= truth.QuestionsPerMinute - 1e-9;
            if (limit.Kind != truth.Kind.ToString() || !holds || limit.UpperPerMinute - limit.LowerPerMinute > width * perMinute)
            {
                wrong.Add($"{seed}: {truth}: "
                    + $"{limit.Kind} {limit.LowerPerMinute:0.00} to {limit.UpperPerMinute:0.00}, {limit.QuestionsSpent} spent");
            }
        }
        Assert.Empty(wrong);
    }
}
