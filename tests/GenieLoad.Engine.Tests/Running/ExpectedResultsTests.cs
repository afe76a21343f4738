using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Script;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

public sealed class ExpectedResultsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(AnswerKind.Text, "no query, but text")]
    [InlineData(AnswerKind.Clarification, "no query, but a question back")]
    [InlineData(AnswerKind.Empty, "no query, but nothing")]
    public async Task An_answer_without_a_query_is_wrong(string kind, string reason) =>
        Assert.Equal((Expectation.Wrong, reason), (await Started()).Judge(null, "b", kind, null));

    [Fact]
    public async Task What_was_cut_or_not_read_is_not_comparable_and_what_nobody_expects_is_not_judged()
    {
        ExpectedResults expected = await Started();
        ResultTable cut = ResultTable.Of([("n", "LONG")], [["1"]], isCut: true);
        ResultTable other = ResultTable.Of([("n", "LONG")], [["1"]], isCut: false);
        Assert.Equal((Expectation.NotComparable, "its result was cut"), expected.Judge(null, "b", AnswerKind.Sql, cut));
        Assert.Equal((Expectation.NotComparable, "its result was not read"), expected.Judge(null, "b", AnswerKind.Sql, null));
        Assert.Equal((Expectation.Wrong, "1 columns instead of 3"), expected.Judge("one", "b", AnswerKind.Sql, other));
        Assert.Null(expected.Judge(null, "c", AnswerKind.Sql, other));
        Assert.Null(expected.Judge("two", "b", AnswerKind.Sql, other));
    }

    [Fact]
    public async Task Nothing_is_not_called_right_for_being_as_empty_as_what_is_expected()
    {
        ExpectedResults expected = await Started(new SimulatorOptions { ResultRowCount = 0 });
        ResultTable empty = ResultTable.Of([("a", "STRING"), ("b", "DOUBLE"), ("c", "LONG")], [], isCut: false);
        Assert.Equal((Expectation.NotComparable, "both results are empty"), expected.Judge(null, "b", AnswerKind.Sql, empty));
    }

    private async Task<ExpectedResults> Started(SimulatorOptions? given = null)
    {
        SimulatorOptions options = given ?? new();
        using GenieSimulator simulator = GenieSimulator.Start(options, _time);
        using var client = new GenieApiClient(
            simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), _time,
            handler: simulator.CreateHandler());
        var connection = new RunConnection
        {
            Name = "one", WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId, WarehouseId = simulator.WarehouseId,
        };
        Plan plan = SimulatedRun.Plan(1, 1, 1) with
        {
            ExpectedQueries = new RowList<ExpectedQuery>(
                [new ExpectedQuery { QuestionId = "b", Sql = new SpaceContent(options, 0).Benchmarks[0].Sql }]),
        };
        return await _time.Drive(() => ExpectedResults.StartAsync(
            [new RunTarget(connection, client)], plan, [], (_, _) => { }, CancellationToken.None));
    }
}
