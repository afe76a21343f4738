using System.Globalization;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
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
            SimulatorOptions options = LimitedSpace.Draw(seed, perMinute);
            using var space = new LimitedSpace(options);

            RateLimit limit = space.Measure(new RateLimitRequest { MaximumQuestions = 15, KeepsConversations = true });

            Assert.Equal(limit.QuestionsSpent, space.Simulator.Record.QuestionCount);
            Assert.Equal(limit.RefusedCount, space.Simulator.Record.ThrottledCount);
            bool holds = limit.LowerPerMinute <= perMinute + 1e-9 && limit.UpperPerMinute >= perMinute - 1e-9;
            if (limit.Kind != options.RateLimiter.ToString() || !holds || limit.UpperPerMinute - limit.LowerPerMinute > width * perMinute)
            {
                wrong.Add($"{seed}: {options.RateLimiter} burst {options.RateLimitCount} counting {options.RateLimitCountsRejected}: "
                    + $"{limit.Kind} {limit.LowerPerMinute:0.00} to {limit.UpperPerMinute:0.00}, {limit.QuestionsSpent} spent");
            }
        }
        Assert.Empty(wrong);
    }
}
