using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>The parts of answers as figures of a run: there where statements are known, and nowhere else.</summary>
public sealed class StatementFiguresTests
{
    [Fact]
    public async Task Thresholds_and_comparisons_know_the_parts_of_runs_with_statements_and_of_no_others()
    {
        using var space = new StatementSpace(new SimulatorOptions { WarehouseSlots = 2 });
        LoadRun first = await space.RunAsync(questions: 40, seconds: 40);
        LoadRun second = await space.RunAsync(questions: 40, seconds: 40);
        LoadRun known = await space.UpdateAsync(first);

        Assert.DoesNotContain(second.Latency, figures => figures.Kind == MeasureKind.Statement);
        Assert.Equal(
            ["ModelBefore", "WarehouseStart", "WarehouseQueue", "Compile", "Execute", "ResultFetch", "ModelAfter", "Statement"],
            known.Latency.Where(figures => figures.Kind == MeasureKind.Statement).Select(figures => figures.Measure));
        Assert.Equal((Verdict.Pass, Verdict.Fail), (Judge(known, "P50ExecuteSeconds < 30"), Judge(known, "P50ExecuteSeconds < 0.01")));
        Assert.Equal(Verdict.Undecided, Judge(second, "P50ExecuteSeconds < 30"));

        Assert.DoesNotContain(RunComparer.Compare(known, second).Rows, row => row.Figure == "P50ExecuteSeconds");
        RunComparison comparison = RunComparer.Compare(known, await space.UpdateAsync(second));
        ComparisonRow compared = comparison.Rows.Single(row => row.Figure == "P50ExecuteSeconds");
        Assert.Equal(known.Latency.Single(figures => figures.Measure == "Execute").P50Seconds!.Value, compared.ReferenceValue!.Value, 9);
    }

    [Fact]
    public async Task Mlflow_gets_the_parts_of_each_answer_that_is_known()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(questions: 5);
        LoadRun known = await space.UpdateAsync(run);

        Dictionary<string, double> Metrics(LoadRun of) => ChildRecord.Make(of, of.Results[0], "export", "parent", "user", null)
            .Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);

        Assert.Equal(known.Results[0].ExecuteSeconds, Metrics(known)["execute_seconds"]);
        Assert.Equal(1, Metrics(known)["statement_count"]);
        Assert.DoesNotContain("execute_seconds", Metrics(run).Keys);
    }

    private static string Judge(LoadRun run, string threshold) =>
        Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse(threshold)])).Verdict;
}
