using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statements;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

public sealed class StatementPartsTests
{
    private static readonly DateTime Created = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Parts_follow_from_the_service_s_stamps_and_the_rest_is_named()
    {
        QuestionResult row = Add(20, Statement("a", 3000, 9000) with
        {
            ProvisioningQueueStartMs = At(3100), OverloadingQueueStartMs = At(5100), CompilationStartMs = At(6100), CompilationMs = 400,
            ExecutionMs = 2000, ResultFetchMs = 300, ResultFromCache = false, ReadBytes = 10, ReadFiles = 1, PrunedFiles = 3,
            SpilledBytes = 5, RowsProduced = 7,
        });

        Assert.Equal((3, 2, 1, 0.4, 2, 0.3, 11), (
            row.ModelBeforeSeconds, row.WarehouseStartSeconds, row.WarehouseQueueSeconds, row.CompileSeconds, row.ExecuteSeconds,
            row.ResultFetchSeconds, row.ModelAfterSeconds));
        Assert.Equal((6, 0.3), (row.StatementSeconds, row.StatementResidualSeconds));
        Assert.Equal((false, 10, 0.75, 5, 7), (row.FromResultCache, row.ReadBytes, row.PrunedShare, row.SpilledBytes, row.RowsProduced));
    }

    [Fact]
    public void A_queue_that_was_skipped_took_no_time_and_one_without_an_end_is_unknown()
    {
        QuestionResult skipped = Add(20, Statement("a", 3000, 9000));
        Assert.Equal((0, 0), (skipped.WarehouseStartSeconds, skipped.WarehouseQueueSeconds));

        QuestionResult onlyStart = Add(20, Statement("a", 3000, 9000) with { ProvisioningQueueStartMs = At(3000) });
        Assert.Equal((1, 0), (onlyStart.WarehouseStartSeconds, onlyStart.WarehouseQueueSeconds));

        QuestionResult ended = Add(20, Statement("a", 3000, 9000) with
        {
            ProvisioningQueueStartMs = At(3000), OverloadingQueueStartMs = At(3500), CompilationStartMs = null,
        });
        Assert.Equal((0.5, null, null), (ended.WarehouseStartSeconds, ended.WarehouseQueueSeconds, ended.StatementResidualSeconds));
    }

    [Fact]
    public void What_one_statement_does_not_tell_is_unknown_for_the_answer()
    {
        QuestionResult row = Add(20, Statement("a", 3000, 4000), Statement("b", 6000, 9000) with
        {
            CompilationMs = null, ResultFromCache = null, ReadBytes = null, ReadFiles = null,
        });

        Assert.Equal((null, null, null, null), (row.CompileSeconds, row.FromResultCache, row.ReadBytes, row.PrunedShare));
        Assert.Equal((5, 11, null), (row.ModelBeforeSeconds, row.ModelAfterSeconds, row.StatementResidualSeconds));
        Assert.Equal((2, 4), (row.StatementCount, row.StatementSeconds));
    }

    [Fact]
    public void Statements_that_run_side_by_side_take_their_time_once()
    {
        QuestionResult row = Add(20, Statement("a", 3000, 9000), Statement("b", 4000, 12000), Statement("c", 5000, 6000));

        Assert.Equal((3, 9, 8), (row.ModelBeforeSeconds, row.StatementSeconds, row.ModelAfterSeconds));
        Assert.True(row.StatementResidualSeconds is not null);
    }

    [Fact]
    public void A_query_that_was_run_again_after_the_answer_is_counted_and_is_no_part_of_it()
    {
        QuestionResult once = Add(20, Statement("a", 3000, 9000));
        QuestionResult again = Add(20, Statement("a", 3000, 9000), Statement("b", 25000, 26000));

        Assert.Equal(2, again.StatementCount);
        Assert.Equal(once with { StatementIds = "a b", StatementId = "b", StatementCount = 2 }, again);
    }

    [Theory]
    [InlineData(StatementState.NotFinal)]
    [InlineData(StatementState.NotFound)]
    [InlineData(StatementState.Refused)]
    [InlineData(StatementState.Unreachable)]
    public void One_that_is_not_known_makes_the_answer_unknown(string state)
    {
        QuestionResult row = Add(20, Statement("a", 3000, 4000), Statement("b", 6000, 9000) with { State = state });

        Assert.Equal((state, 2, null), (row.StatementState, row.StatementCount, row.StatementSeconds));
        Assert.Null(row.ModelBeforeSeconds ?? row.CompileSeconds ?? row.ModelAfterSeconds);
    }

    [Fact]
    public void A_statement_that_nobody_has_asked_for_leaves_the_row_as_it_was()
    {
        QuestionResult row = Row(20, "a b");
        Assert.Equal(row, StatementParts.Add(row, new Dictionary<string, StatementRecord> { ["a"] = Statement("a", 3000, 4000) }));
        QuestionResult unasked = row with { StatementIds = null, StatementId = null, MessageId = null };
        Assert.Equal(unasked, StatementParts.Add(unasked, new Dictionary<string, StatementRecord>()));
    }

    [Fact]
    public void Without_the_message_s_stamps_only_the_warehouse_s_parts_are_known()
    {
        QuestionResult row = StatementParts.Add(
            Row(20, "a") with { ServerCreatedAt = null, ServerUpdatedAt = null },
            new Dictionary<string, StatementRecord> { ["a"] = Statement("a", 3000, 4000) });

        Assert.Null(row.ModelBeforeSeconds ?? row.ModelAfterSeconds ?? row.StatementResidualSeconds);
        Assert.Equal((0.1, 1), (row.CompileSeconds, row.StatementSeconds));
    }

    [Fact]
    public void Stamps_a_month_apart_are_none()
    {
        QuestionResult row = Add(20, Statement("a", 3000, 4000) with { EndMs = At(40L * 86_400 * 1000) });

        Assert.Equal((StatementState.Known, null, null), (row.StatementState, row.StatementSeconds, row.CompileSeconds));
    }

    [Fact]
    public void A_row_of_an_earlier_version_has_the_one_statement_that_it_kept()
    {
        QuestionResult row = StatementParts.Add(
            Row(20, "a") with { StatementIds = null, StatementId = "a" },
            new Dictionary<string, StatementRecord> { ["a"] = Statement("a", 3000, 4000) });

        Assert.Equal((StatementState.Known, 1), (row.StatementState, row.StatementCount));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("a", 2)]
    public void Statements_that_an_agent_did_not_name_make_the_answer_unknown(string named, int called)
    {
        QuestionResult row = StatementParts.Add(
            Row(20, named) with { Mode = QuestionMode.Agent, StatementCount = called },
            new Dictionary<string, StatementRecord> { ["a"] = Statement("a", 3000, 4000) });

        Assert.Equal((StatementState.Unnamed, called, null), (row.StatementState, row.StatementCount, row.StatementSeconds));
        Assert.Equal("0 of 1 answers known, 1 not named by the stream", StatementCoverage.Of([row]));
    }

    private static long At(long milliseconds) => ((Created - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond) + milliseconds;

    private static StatementRecord Statement(string id, long start, long end) => new()
    {
        Index = 1, StatementId = id, State = StatementState.Known, StartMs = At(start), EndMs = At(end),
        CompilationStartMs = At(start + 1000), CompilationMs = 100, ExecutionMs = 200, ResultFetchMs = 50,
        ResultFromCache = false, ReadBytes = 1, ReadFiles = 1, PrunedFiles = 0, SpilledBytes = 0, RowsProduced = 1,
    };

    private static QuestionResult Row(double seconds, string ids) => SampleRun.Success(1, seconds) with
    {
        MessageId = "m1", StatementIds = ids, StatementId = ids.Split(' ')[^1], ServerCreatedAt = Created,
        ServerUpdatedAt = Created.AddSeconds(seconds),
    };

    private static QuestionResult Add(double seconds, params StatementRecord[] statements) => StatementParts.Add(
        Row(seconds, string.Join(' ', statements.Select(statement => statement.StatementId))),
        statements.ToDictionary(statement => statement.StatementId));
}
