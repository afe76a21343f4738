using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class SlicesTests
{
    private static readonly QuestionResult[] Sample =
    [
        Rows.Of(1, 0, 0, 4, question: "sales", status: "COMPLETED"),
        Rows.Of(2, 1, 1, 9, question: "stock", turn: 2, status: "COMPLETED"),
        Rows.Of(3, 2, 2, 8, question: "sales", status: "COMPLETED"),
        Rows.Of(4, 3, 3, 5, Outcome.Failed, question: "sales", status: "FAILED"),
        Rows.Of(5, 4, outcome: Outcome.NotStarted, question: "stock", turn: 2),
    ];

    [Fact]
    public void A_run_is_cut_by_question_turn_outcome_and_status()
    {
        SliceFigures[] slices = [.. Slices.Of(Sample)];

        Assert.Equal(
            [
                "Question sales 3/2", "Question stock 2/1", "Turn 1 3/2", "Turn 2 2/1", "Outcome Completed 3/3", "Outcome Failed 1/0",
                "Outcome NotStarted 1/0", "Status COMPLETED 3/3", "Status FAILED 1/0",
            ],
            slices.Select(slice => $"{slice.Slice} {slice.Key} {slice.Count}/{slice.SuccessfulCount}"));
        Assert.Equal("Question sales?", slices[0].Label);
        Assert.Equal(5, slices[0].P50ResponseSeconds);
        Assert.Equal(5.9, slices[0].P95ResponseSeconds!.Value, 12);
        Assert.Equal(6, slices[0].MaximumResponseSeconds);
        Assert.Null(slices[5].P50ResponseSeconds);
    }

    [Fact]
    public void Slices_know_the_parts_of_answers_with_statements_and_which_came_from_the_cache()
    {
        QuestionResult Known(int i, double queue, bool cached) => Sample[i] with
        {
            StatementState = StatementState.Known, ModelBeforeSeconds = 1, ModelAfterSeconds = 0.5, WarehouseStartSeconds = 0.25,
            WarehouseQueueSeconds = queue, CompileSeconds = 0.1, ExecuteSeconds = 2, ResultFetchSeconds = 0.4, FromResultCache = cached,
        };

        SliceFigures[] slices =
            [.. Slices.Of([Known(0, 1, false), Sample[1], Known(2, 3, true) with { CompileSeconds = null }, .. Sample[3..]])];

        SliceFigures sales = slices.Single(slice => slice is { Slice: "Question", Key: "sales" });
        Assert.Equal((1.5, 2.25), (sales.MeanModelSeconds, sales.MeanWarehouseSeconds));
        Assert.Equal(2.5, sales.MeanExecutionSeconds!.Value, 9);
        SliceFigures stock = slices.Single(slice => slice is { Slice: "Question", Key: "stock" });
        Assert.Null(stock.MeanModelSeconds ?? stock.MeanWarehouseSeconds ?? stock.MeanExecutionSeconds);
        Assert.Equal(["Cached 1", "Executed 1"],
            slices.Where(slice => slice.Slice == "ResultCache").Select(slice => $"{slice.Key} {slice.Count}"));
    }

    [Fact]
    public void Modes_are_compared_where_there_are_several()
    {
        QuestionResult[] mixed = [.. Sample.Select((row, i) => row with { Mode = i % 2 == 0 ? QuestionMode.Agent : QuestionMode.Chat })];

        Assert.Equal(
            ["Mode Chat 2/1", "Mode Agent 3/2"],
            Slices.Of(mixed).Where(slice => slice.Slice == "Mode")
                .Select(slice => $"{slice.Slice} {slice.Key} {slice.Count}/{slice.SuccessfulCount}"));
        Assert.DoesNotContain(
            Slices.Of([.. Sample.Select(row => row with { Mode = QuestionMode.Agent })]), slice => slice.Slice == "Mode");
        // Rows of an earlier version beside those of this one, after a run was resumed.
        Assert.DoesNotContain(Slices.Of([Sample[0], Sample[1] with { Mode = QuestionMode.Chat }]), slice => slice.Slice == "Mode");
    }

    [Fact]
    public void Any_other_cut_can_be_made_and_rows_without_a_key_stay_out()
    {
        SliceFigures[] slices = [.. Slices.By("Even", Sample, row => row.Index % 2 == 0 ? "yes" : null)];

        SliceFigures even = Assert.Single(slices);
        Assert.Equal(("Even", "yes", 2, 1), (even.Slice, even.Key, even.Count, even.FailedCount));
    }
}
