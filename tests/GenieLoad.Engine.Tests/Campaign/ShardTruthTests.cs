using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// Seeded plans from 1, 2, 5 and 16 places against one simulated space: what its record says of questions and pace, whoever dies on the
/// way.
/// </summary>
public sealed class ShardTruthTests
{
    private static readonly int[] Counts = [1, 2, 5, 16];

    // Each plan from another number of places; GENIELOAD_CAMPAIGN_RUNS asks for more plans, each from all of them.
    private static readonly int? Wanted =
        int.TryParse(Environment.GetEnvironmentVariable("GENIELOAD_CAMPAIGN_RUNS"), out int runs) ? runs : null;

    [Fact]
    public async Task All_shards_together_ask_the_plan_once_and_never_pass_its_pace()
    {
        int resumed = 0;
        int asked = 0;
        int plans = Wanted ?? 24;
        for (int seed = 1; seed <= plans; seed++)
        {
            foreach (int count in Wanted is null ? [Counts[seed % Counts.Length]] : Counts)
            {
                (int questions, int deaths) = await CarryOutAsync(seed, count);
                (asked, resumed) = (asked + questions, resumed + deaths);
            }
        }
        Assert.True(resumed >= plans / 2, $"Only {resumed} shards died.");
        Assert.True(asked > 10 * plans, $"Only {asked} questions were asked.");
    }

    private static async Task<(int Questions, int Deaths)> CarryOutAsync(int seed, int most)
    {
        var random = SeededRandom.For(seed, "shards", most);
        Plan plan = PlanOf(seed, random);
        int count = Math.Min(most, PlanShards.NumbersOf(plan, most).Max());
        var deaths = Enumerable.Range(1, count).ToDictionary(number => number, _ => random.NextDouble() < 0.3
            ? (5 + (20 * random.NextDouble()), 40 * random.NextDouble())
            : ((double, double)?)null);
        var ahead = Enumerable.Range(0, count + 1).Select(_ => 0.2 * (random.NextDouble() - 0.5)).ToArray();
        var ready = Enumerable.Range(0, count + 1).Select(_ => random.NextDouble() < 0.2 ? 15 * random.NextDouble() : 0).ToArray();
        using var sharded = new ShardedRun(new SimulatorOptions
        {
            Seed = seed, CallSeconds = 0.1,
            RateLimitPerMinute = seed % 3 == 0 ? 0.7 * plan.QuestionsPerMinute : null, RateLimitBurst = 2,
        })
        {
            AheadSeconds = number => ahead[number], ReadyAfterSeconds = number => ready[number], Death = number => deaths[number],
        };

        LoadRun[] runs = await sharded.RunAsync(plan, count);

        string at = $"seed {seed}, {count} shards";
        AssertWholePlan(plan, runs, at);
        using TemporaryFolder folder = new();
        using RunMerge merge = RunMerge.Of(runs.Select(run => run.RunPath!), new RunStore(folder.Path));
        Assert.Equal(plan.Questions.Select(AsPlanned), merge.Carry(replaces: false).Results.Select(AsAsked));
        Assert.True(sharded.Truth.AcceptedByQuestion.All(question => question.Value == 1), $"{at}: a question was asked twice.");
        HashSet<string> told = [.. runs.SelectMany(run => run.Results)
            .Where(row => row.MessageId is not null || row.Outcome == Outcome.Ambiguous).Select(row => row.Question)];
        Assert.True(sharded.Truth.AcceptedByQuestion.Keys.All(told.Contains), $"{at}: a question was asked of which no row tells.");
        AssertPace(sharded.Truth, plan.QuestionsPerMinute!.Value, at);
        return (sharded.Truth.AcceptedByQuestion.Count, runs.Count(run => run.Interruptions.Count > 0));
    }

    /// <summary>Every question of the plan is in one shard, as the plan has it, and whole conversations and users are.</summary>
    private static void AssertWholePlan(Plan plan, LoadRun[] runs, string at)
    {
        QuestionResult[] rows = [.. runs.SelectMany(run => run.Results).OrderBy(row => row.Index)];
        Assert.True(plan.Questions.Select(AsPlanned).SequenceEqual(rows.Select(AsAsked)), $"{at}: the rows are not the plan.");
        foreach (LoadRun run in runs)
        {
            Assert.Equal(plan.Hash, run.PlanHash);
            int[] own = [.. run.Results.Select(row => row.Index)];
            IEnumerable<int> together = plan.Questions
                .Where(question => plan.Questions.Any(other => own.Contains(other.Index) && AreTogether(question, other)))
                .Select(question => question.Index);
            Assert.True(own.Order().SequenceEqual(together.Order()), $"{at}: shard {run.Shard} has a part of a user or conversation.");
            Assert.All(run.Results.Where(row => row.MessageId is not null).GroupBy(row => plan.Questions[row.Index - 1].Conversation)
                .Where(group => group.Key is not null), group => Assert.Single(group.Select(row => row.ConversationId).Distinct()));
        }
    }

    private static (int, string, string, int, int?, string, bool) AsPlanned(PlannedQuestion question) => (
        question.Index, question.QuestionId, question.Text, question.Turn, question.User, question.Mode ?? QuestionMode.Chat,
        question.IsWarmUp);

    private static (int, string, string, int, int?, string, bool) AsAsked(QuestionResult row) => (
        row.Index, row.QuestionId, row.Question, row.Turn, row.User, row.Mode!, row.IsWarmUp);

    private static bool AreTogether(PlannedQuestion one, PlannedQuestion other) => one.Index == other.Index
        || (one.User is not null && one.User == other.User) || (one.Conversation is not null && one.Conversation == other.Conversation);

    /// <summary>In no minute, wherever it begins, arrive more questions than the pace allows, refused ones included.</summary>
    private static void AssertPace(SimulatorRecord truth, double perMinute, string at)
    {
        DateTime[] sends = [.. truth.Calls.Where(call => call.IsQuestion).Select(call => call.ArrivedAt.Utc).Order()];
        int most = (int)perMinute;
        for (int i = most; i < sends.Length; i++)
        {
            double seconds = (sends[i] - sends[i - most]).TotalSeconds;
            Assert.True(seconds >= 60, $"{at}: {most + 1} questions in {seconds:0.000} s, and the pace is {perMinute} a minute.");
        }
    }

    private static Plan PlanOf(int seed, SeededRandom random)
    {
        // Of the campaign's plans, each with a pace that holds it back.
        Plan plan = new CampaignCase(seed).Plan;
        plan = plan with
        {
            QuestionsPerMinute = 12 + random.NextInt32(30), Overflow = OverflowRule.Wait,
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select(question => question with { Mode = null })]),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }
}
