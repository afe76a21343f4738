using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class EvaluationTests
{
    private static readonly SimulatorOptions Steady = SimulatorFixture.Steady with { EvaluationQuestionSeconds = 6, BenchmarkCount = 6 };

    [Fact]
    public async Task An_evaluation_begins_runs_and_is_done_with_its_counts_and_costs_no_question()
    {
        using var fixture = new SimulatorFixture(Steady with { BenchmarkWithoutSqlCount = 2, EvaluationGoodShare = 0 });
        string path = await StartAsync(fixture);

        Assert.Equal("NOT_STARTED", (await fixture.GetAsync(path)).Text("eval_run_status"));
        // Half a second to begin, then three at a time of six seconds each.
        fixture.Advance(6.6);
        Answer half = await fixture.GetAsync(path);
        Assert.Equal(("RUNNING", 6L, 3L, 0L, 0L), Counts(half));
        fixture.Advance(6);
        Answer done = await fixture.GetAsync(path);
        Assert.Equal(("DONE", 6L, 6L, 0L, 2L), Counts(done));

        Assert.Equal(12_500, done.Number("last_updated_timestamp") - done.Number("created_timestamp"));
        SimulatedEvaluation truth = Assert.Single(fixture.Simulator.Record.Evaluations);
        Assert.Equal(["BAD", "BAD", "BAD", "BAD", "NEEDS_REVIEW", "NEEDS_REVIEW"], truth.Verdicts.Select(one => one.Verdict));
        Assert.Equal((12.5, "DONE"), ((truth.EndedAt.Utc - truth.AcceptedAt.Utc).TotalSeconds, truth.FinalStatus));
        Assert.Equal(0, fixture.Simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task Results_come_in_pages_and_each_with_its_verdict_when_it_has_one()
    {
        using var fixture = new SimulatorFixture(Steady with { BenchmarkCount = 25, EvaluationGoodShare = 0.5, Seed = 4 });
        string path = await StartAsync(fixture);
        fixture.Advance(7);

        Answer first = await fixture.GetAsync(path + "/results");
        Answer second = await fixture.GetAsync($"{path}/results?page_token={first.Text("next_page_token")}");
        JsonElement[] results = [.. first.At("eval_results").EnumerateArray(), .. second.At("eval_results").EnumerateArray()];
        Assert.Equal(25, results.Length);
        Assert.Equal(
            ["DONE", "DONE", "DONE", "RUNNING", "RUNNING", "RUNNING", "NOT_STARTED"],
            results.Take(7).Select(one => one.GetProperty("status").GetString()));
        Answer open = await fixture.GetAsync($"{path}/results/{results[5].GetProperty("result_id").GetString()}");
        Assert.DoesNotContain("assessment", open.Names);

        fixture.Advance(100);
        List<string?> verdicts = [];
        foreach (JsonElement one in results)
        {
            Answer details = await fixture.GetAsync($"{path}/results/{one.GetProperty("result_id").GetString()}");
            verdicts.Add(details.Text("assessment"));
            Assert.Equal(verdicts[^1] == "BAD" ? 1 : 0, details.At("assessment_reasons").GetArrayLength());
            Assert.Contains("select t.", details.Text("expected_response", "0", "response"), StringComparison.Ordinal);
            Assert.Contains("SELECT `", details.Text("actual_response", "0", "response"), StringComparison.Ordinal);
        }
        Assert.Equal(fixture.Simulator.Record.Evaluations[0].Verdicts.Select(one => one.Verdict), verdicts);
        Assert.Contains("GOOD", verdicts);
        Assert.Contains("BAD", verdicts);
    }

    [Fact]
    public async Task Some_benchmarks_can_be_evaluated_and_what_is_no_benchmark_is_refused()
    {
        using var fixture = new SimulatorFixture(Steady);
        await StartAsync(fixture);
        string[] ids = [.. fixture.Simulator.Record.Evaluations[0].Verdicts.Take(2).Select(one => one.BenchmarkId)];

        await StartAsync(fixture, JsonSerializer.Serialize(new { benchmark_question_ids = ids }));

        Assert.Equal(ids, fixture.Simulator.Record.Evaluations[1].Verdicts.Select(one => one.BenchmarkId));
        foreach (string body in (string[])["""{"benchmark_question_ids":["no such"]}""", "[]", "{", """{"benchmark_question_ids":7}"""])
            Assert.Equal(400, (await fixture.PostAsync(fixture.SpacePath + "/eval-runs", body)).Status);
        Assert.Equal(2, (await fixture.GetAsync(fixture.SpacePath + "/eval-runs")).At("eval_runs").GetArrayLength());
    }

    [Fact]
    public async Task While_questions_are_in_progress_fewer_benchmarks_are_answered_right_and_the_record_knows_it()
    {
        using var fixture = new SimulatorFixture(
            Steady with { BenchmarkCount = 400, EvaluationGoodShare = 0.9, EvaluationBusyGoodShare = 0.5, EvaluationBusyFrom = 2 });
        await StartAsync(fixture);
        for (int second = 0; second < 400; second++)
        {
            if (second % 3 == 0)
                await fixture.AskAsync($"Question {second}?");
            fixture.Advance(1);
        }
        fixture.Advance(1000);

        SimulatedVerdict[] verdicts = [.. fixture.Simulator.Record.Evaluations[0].Verdicts];
        double Share(bool busy)
        {
            SimulatedVerdict[] some = [.. verdicts.Where(one => one.InProgress >= 2 == busy)];
            Assert.InRange(some.Length, 150, 250);
            return some.Count(one => one.Verdict == "GOOD") / (double)some.Length;
        }
        Assert.InRange(Share(busy: false), 0.83, 0.96);
        Assert.InRange(Share(busy: true), 0.4, 0.6);
    }

    [Fact]
    public async Task Verdicts_depend_on_seed_benchmark_and_which_evaluation_it_is_alone()
    {
        async Task<string?[][]> VerdictsAsync(int seed, double wait)
        {
            using var fixture = new SimulatorFixture(Steady with { BenchmarkCount = 60, EvaluationGoodShare = 0.5, Seed = seed });
            fixture.Advance(wait);
            await StartAsync(fixture);
            await StartAsync(fixture);
            fixture.Advance(1000);
            return [.. fixture.Simulator.Record.Evaluations.Select(run => run.Verdicts.Select(one => one.Verdict).ToArray())];
        }

        string?[][] once = await VerdictsAsync(1, 0);
        Assert.Equal(once, await VerdictsAsync(1, 77));
        Assert.NotEqual(once, await VerdictsAsync(2, 0));
        Assert.NotEqual(once[0], once[1]);
    }

    [Theory]
    [InlineData(SimulatedEvaluationEnding.Failed, "EVALUATION_FAILED")]
    [InlineData(SimulatedEvaluationEnding.Cancelled, "EVALUATION_CANCELLED")]
    [InlineData(SimulatedEvaluationEnding.Timeout, "EVALUATION_TIMEOUT")]
    public async Task One_that_ends_otherwise_has_verdicts_for_half_of_its_benchmarks(SimulatedEvaluationEnding ending, string status)
    {
        using var fixture = new SimulatorFixture(Steady with { EvaluationEnding = ending });
        string path = await StartAsync(fixture);
        fixture.Advance(100);

        Assert.Equal((status, 6L, 3L, 3L, 0L), Counts(await fixture.GetAsync(path)));
        Assert.Equal(3, fixture.Simulator.Record.Evaluations[0].Verdicts.Count(one => one.Verdict is null));
    }

    [Theory]
    [InlineData(SimulatedEvaluationApi.Forbidden, SimulatedRight.CanManage, 403, "not enabled")]
    [InlineData(SimulatedEvaluationApi.Missing, SimulatedRight.CanManage, 404, "No API found")]
    [InlineData(SimulatedEvaluationApi.Available, SimulatedRight.CanRun, 403, "CAN EDIT")]
    public async Task Where_it_is_off_or_the_right_is_missing_every_call_is_refused(
        SimulatedEvaluationApi api, SimulatedRight right, int status, string words)
    {
        using var fixture = new SimulatorFixture(Steady with { EvaluationApi = api, SpaceRight = right });

        Answer create = await fixture.PostAsync(fixture.SpacePath + "/eval-runs", "{}");
        Answer list = await fixture.GetAsync(fixture.SpacePath + "/eval-runs");

        Assert.Equal((status, status), (create.Status, list.Status));
        Assert.Contains(words, create.Text("message"), StringComparison.Ordinal);
        Assert.Empty(fixture.Simulator.Record.Evaluations);
    }

    [Fact]
    public async Task What_is_not_there_is_404_also_by_the_id_of_another_space()
    {
        using var fixture = new SimulatorFixture(Steady with { SpaceCount = 2 });
        string path = await StartAsync(fixture);
        string id = fixture.Simulator.Record.Evaluations[0].EvaluationId;

        Assert.Equal(404, (await fixture.GetAsync(path + "0")).Status);
        Assert.Equal(404, (await fixture.GetAsync(path + "/results/none")).Status);
        Assert.Equal(404, (await fixture.GetAsync($"/api/2.0/genie/spaces/{fixture.Simulator.SpaceIds[1]}/eval-runs/{id}")).Status);
    }

    [Fact]
    public async Task A_space_without_benchmarks_has_nothing_to_evaluate()
    {
        using var fixture = new SimulatorFixture(Steady with { BenchmarkCount = 0 });

        Assert.Equal(400, (await fixture.PostAsync(fixture.SpacePath + "/eval-runs", "{}")).Status);
    }

    [Fact]
    public async Task Benchmarks_without_sql_are_exported_without_an_answer()
    {
        using var fixture = new SimulatorFixture(Steady with { BenchmarkWithoutSqlCount = 2 });

        Answer space = await fixture.GetAsync(fixture.SpacePath + "?include_serialized_space=true");

        using JsonDocument definition = JsonDocument.Parse(space.Text("serialized_space"));
        JsonElement[] questions = [.. definition.RootElement.GetProperty("benchmarks").GetProperty("questions").EnumerateArray()];
        Assert.Equal((6, 2), (questions.Length, questions.Count(one => !one.TryGetProperty("answer", out _))));
    }

    [Fact]
    public async Task A_fault_may_hide_that_an_evaluation_was_accepted()
    {
        int hidden = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            using var fixture = new SimulatorFixture(Steady with { HtmlErrorShare = 1, Seed = seed });
            Assert.Equal(502, (await fixture.PostAsync(fixture.SpacePath + "/eval-runs", "{}")).Status);
            hidden += fixture.Simulator.Record.Evaluations.Count;
        }

        Assert.InRange(hidden, 4, 16);
    }

    private static async Task<string> StartAsync(SimulatorFixture fixture, string body = "{}")
    {
        Answer answer = await fixture.PostAsync(fixture.SpacePath + "/eval-runs", body).ConfigureAwait(false);
        Assert.Equal(200, answer.Status);
        return $"{fixture.SpacePath}/eval-runs/{answer.Text("eval_run_id")}";
    }

    private static (string, long, long, long, long) Counts(Answer answer) => (
        answer.Text("eval_run_status"), answer.Number("num_questions"), answer.Number("num_done"), answer.Number("num_correct"),
        answer.Number("num_needs_review"));
}
