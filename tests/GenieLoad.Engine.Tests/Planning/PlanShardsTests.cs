using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class PlanShardsTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/4", 2, 4)]
    [InlineData(" 3 / 10000 ", 3, 10000)]
    public void A_text_names_a_shard(string text, int number, int count) => Assert.Equal(new Shard(number, count), Shard.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/10001")]
    [InlineData("1/2/3")]
    [InlineData("1.0/2")]
    [InlineData("99999999999/99999999999")]
    public void Any_other_text_is_refused(string? text)
    {
        GenieLoadException failure = ErrorAssert.Refused("InvalidShard", () => Shard.Parse(text), "Shard is");
        Assert.Contains("2/4", failure.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_questions_are_dealt_out_in_turn_with_their_numbers_and_instants()
    {
        Plan whole = SimulatedRun.Plan(10, 100, workers: 7) with { Hash = "abc", QuestionsPerMinute = 30 };

        Plan[] parts = [.. Enumerable.Range(1, 4).Select(number => PlanShards.Of(whole, new Shard(number, 4)))];

        Assert.Equal([1, 5, 9], parts[0].Questions.Select(question => question.Index));
        Assert.Equal([4, 8], parts[3].Questions.Select(question => question.Index));
        Assert.Equal(whole.Questions, parts.SelectMany(part => part.Questions).OrderBy(question => question.Index));
        Assert.Equal(["1/4", "2/4", "3/4", "4/4"], parts.Select(part => part.Shard));
        Assert.Equal([2, 2, 2, 1], parts.Select(part => part.WorkerCount));
        Assert.All(parts, part => Assert.Equal(("abc", 30), (part.Hash, part.QuestionsPerMinute)));
        Assert.Same(whole, PlanShards.Of(whole, null));
    }

    [Fact]
    public void Conversations_users_and_followers_stay_together()
    {
        Plan whole = SimulatedRun.Plan(12, 12, workers: 4, conversation: i => i % 2 == 0 ? $"c{i % 6}" : null);
        PlannedQuestion[] questions = [.. whole.Questions];
        // A pair without a label, and a user with two conversations.
        questions[3] = questions[3] with { AfterIndex = 2 };
        questions[5] = questions[5] with { User = 1 };
        questions[7] = questions[7] with { User = 1, Conversation = "x" };
        whole = whole with { Questions = new RowList<PlannedQuestion>(questions) };

        int[] numbers = PlanShards.NumbersOf(whole, 3);

        foreach ((int one, int other) in new[] { (0, 6), (2, 8), (4, 10), (1, 3), (5, 7) })
            Assert.Equal(numbers[one], numbers[other]);
        Assert.Equal([1, 2, 3], numbers.Distinct().Order());
    }

    [Fact]
    public void Pairs_that_follow_one_another_do_not_all_fall_to_one_shard()
    {
        Plan whole = SimulatedRun.Plan(8, 8, workers: 4);
        whole = whole with
        {
            Questions = new RowList<PlannedQuestion>([.. whole.Questions.Select(question =>
                question.Index % 2 == 0 ? question with { AfterIndex = question.Index - 1 } : question)]),
        };

        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], PlanShards.NumbersOf(whole, 2));
    }

    [Fact]
    public void What_a_shard_counts_is_its_own()
    {
        Plan whole = SimulatedRun.Plan(6, 6, workers: 1) with
        {
            UserCount = 3, WarmUpCount = 2,
            Connections = new([Connection("a"), Connection("b")]),
            ExpectedQueries = new([Query("q1"), Query("q2")]),
        };
        whole = whole with
        {
            Questions = new RowList<PlannedQuestion>([.. whole.Questions.Select(question => question with
            {
                User = ((question.Index - 1) % 3) + 1, IsWarmUp = question.Index <= 2, Connection = question.Index % 3 == 1 ? "a" : "b",
            })]),
        };

        Plan first = PlanShards.Of(whole, new Shard(1, 3));

        Assert.Equal([1, 4], first.Questions.Select(question => question.Index));
        Assert.Equal((1, 1, 1), (first.UserCount, first.WarmUpCount, first.WorkerCount));
        Assert.Equal([2, 0], first.Connections!.Select(connection => connection.QuestionCount));
        Assert.Equal("q1", Assert.Single(first.ExpectedQueries!).QuestionId);
        Assert.Null(PlanShards.Of(whole, new Shard(3, 3)).ExpectedQueries);
    }

    [Fact]
    public void More_shards_than_parts_are_refused()
    {
        Plan whole = SimulatedRun.Plan(6, 6, workers: 2, conversation: i => $"c{i % 2}");

        GenieLoadException failure = ErrorAssert.Refused("EmptyShard", () => PlanShards.Of(whole, new Shard(3, 3)));

        Assert.Contains("2 parts", failure.Message, StringComparison.Ordinal);
        Assert.Contains("at most 2 shards", failure.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(3, 5)]
    [InlineData(0, 2)]
    public void Shares_of_a_number_add_up_to_it(int whole, int count)
    {
        int[] shares = [.. Enumerable.Range(1, count).Select(number => new Shard(number, count).ShareOf(whole))];
        Assert.Equal(whole, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    private static ExpectedQuery Query(string id) => new() { QuestionId = id, Sql = "select 1" };

    private static RunConnection Connection(string name) => new() { Name = name, WorkspaceUrl = "https://w", SpaceId = "s" };
}
