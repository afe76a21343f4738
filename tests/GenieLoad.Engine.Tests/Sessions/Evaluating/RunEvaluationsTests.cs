using System.Net;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Evaluating;

public sealed class RunEvaluationsTests : IDisposable
{
    private static readonly string[] All = [EvaluationTime.Before, EvaluationTime.During, EvaluationTime.After];

    private readonly TemporaryFolder _temporary = new();
    private readonly Heard _heard = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Before_during_and_after_are_evaluated_at_their_times_and_kept_with_the_run()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationGoodShare = 0.8, BenchmarkWithoutSqlCount = 2 });

        space.Run(Request(All), _heard);

        LoadRun run = _heard.Run!;
        Assert.Equal(3, space.Truth.Count);
        Assert.Equal(All, run.Evaluations.Select(one => one.When));
        Assert.Equal(space.Truth.Select(one => one.EvaluationId), run.Evaluations.Select(one => one.EvaluationId));
        foreach ((SimulatedEvaluation truth, Evaluation evaluation) in space.Truth.Zip(run.Evaluations))
            Assert.Equal(truth.Verdicts.Select(one => one.Verdict), evaluation.Results.Select(one => one.Verdict));
        SimulatedMessage[] questions = [.. space.Simulator.Record.Messages];
        DateTime began = questions.Min(one => one.AcceptedAt.Utc);
        DateTime ended = questions.Max(one => one.CompletedAt.Utc);
        Assert.True(space.Truth[0].EndedAt.Utc <= began);
        // Half of the time over which the questions are planned: the last one is due at 57 s.
        Assert.InRange((space.Truth[1].AcceptedAt.Utc - began).TotalSeconds, 28, 30);
        Assert.True(space.Truth[2].AcceptedAt.Utc >= ended);

        // Read back, it is the same.
        LoadRun read = RunReader.Read(run.RunPath!);
        Assert.Equal(Texts(run), Texts(read));
        Assert.NotNull(run.AccuracyUnderLoad);
        Assert.Equal(run.AccuracyUnderLoad, read.AccuracyUnderLoad);
        Assert.Equal(3, run.AccuracyChanges.Count);
        Assert.Equal(["run Completed"], _heard.Said);
    }

    [Fact]
    public void Their_questions_are_not_those_of_the_run()
    {
        using var space = new EvaluatedSpace();

        space.Run(Request(All), _heard);

        Assert.Equal((20, 20), (_heard.Run!.QuestionCount, _heard.Run.SuccessfulCount));
        Assert.Equal(20, space.Simulator.Record.QuestionCount);
    }

    [Theory]
    [InlineData(EvaluationTime.Before)]
    [InlineData(EvaluationTime.During)]
    [InlineData(EvaluationTime.After)]
    public void Any_of_them_can_be_had_alone(string time)
    {
        using var space = new EvaluatedSpace();

        space.Run(Request([time]), _heard);

        Assert.Equal(time, Assert.Single(_heard.Run!.Evaluations).When);
        Assert.Single(space.Truth);
        Assert.Null(_heard.Run.AccuracyUnderLoad);
    }

    [Fact]
    public void Without_any_nothing_is_evaluated_and_no_file_is_there()
    {
        using var space = new EvaluatedSpace();

        space.Run(Request([]), _heard);

        Assert.Empty(_heard.Run!.Evaluations);
        Assert.Equal(0, space.Simulator.Record.CountOf(SimulatedOperation.CreateEvaluation));
        Assert.False(File.Exists(new RunFolder(_heard.Run.RunPath!).EvaluationsPath));
    }

    [Fact]
    public void Where_load_costs_accuracy_the_run_says_so()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions
        {
            BenchmarkCount = 60, EvaluationBusyGoodShare = 0.5, EvaluationBusyFrom = 1, EvaluationQuestionSeconds = 1,
        });

        space.Run(Request(All), _heard);

        AccuracyChange change = _heard.Run!.AccuracyChanges[0];
        int lost = space.Truth[1].Verdicts.Count(one => one.Verdict == "BAD");
        Assert.True(lost > 15);
        Assert.Equal(
            ("Before", "During", "Worse", 60, lost, 0),
            (change.From, change.To, change.Verdict, change.PairCount, change.LostCount, change.GainedCount));
        Assert.StartsWith("Load costs accuracy. Before -> During: 60 -> ", _heard.Run.AccuracyUnderLoad, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_without_a_planned_time_have_their_middle_at_half_of_their_questions()
    {
        using var space = new EvaluatedSpace();
        LoadTestRequest request = Request([EvaluationTime.During]) with
        {
            Overrides = new ScenarioOverrides { UserCount = 2, QuestionsPerUser = 6 },
        };

        space.Run(request, _heard);

        DateTime begun = space.Truth[0].AcceptedAt.Utc;
        Assert.InRange(space.Simulator.Record.Messages.Count(one => one.CompletedAt.Utc < begun), 5, 7);
        Assert.InRange(_heard.Run!.Evaluations[0].UnderLoadPercent!.Value, 50, 100);
    }

    [Fact]
    public void A_short_load_has_a_small_share_of_its_evaluation_and_the_answer_says_so()
    {
        using var space = new EvaluatedSpace();
        LoadTestRequest request = Request([EvaluationTime.Before, EvaluationTime.During]) with
        {
            Overrides = new ScenarioOverrides { QuestionCount = 2, DurationSeconds = 4 },
        };

        space.Run(request, _heard);

        double share = _heard.Run!.Evaluations[1].UnderLoadPercent!.Value;
        SimulatedEvaluation truth = space.Truth[1];
        double loaded = (space.Simulator.Record.Messages.Max(one => one.CompletedAt.Utc) - truth.AcceptedAt.Utc).TotalSeconds;
        Assert.Equal(100 * loaded / (truth.EndedAt.Utc - truth.AcceptedAt.Utc).TotalSeconds, share, 8.0);
        Assert.Contains($"Only {share:0} % of its time was under load", _heard.Run.AccuracyUnderLoad, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_a_warning_and_the_run_is_whole()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationApi = SimulatedEvaluationApi.Missing });

        space.Run(Request(All), _heard);

        Assert.Equal("run Completed", _heard.Said[0]);
        Assert.Equal(4, _heard.Said.Count);
        Assert.All(All.Zip(_heard.Said.Skip(1)), pair => Assert.StartsWith(
            $"warning Evaluation {pair.First}: ", pair.Second, StringComparison.Ordinal));
        Assert.Contains("Beta", _heard.Said[1], StringComparison.Ordinal);
        Assert.Equal(20, _heard.Run!.SuccessfulCount);
    }

    [Fact]
    public void One_that_does_not_end_well_is_kept_with_what_it_has_and_a_warning()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationEnding = SimulatedEvaluationEnding.Failed });

        space.Run(Request([EvaluationTime.Before]), _heard);

        Assert.Equal(("EVALUATION_FAILED", 6), (_heard.Run!.Evaluations[0].Status, _heard.Run.Evaluations[0].GoodCount));
        Assert.Contains("ended as EVALUATION_FAILED", _heard.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_keeps_what_was_evaluated_and_names_what_goes_on()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationQuestionSeconds = 4 });

        space.Run(Request(All), _heard, stopAfterSeconds: 58);

        Assert.Equal(2, space.Truth.Count);
        Assert.Equal(RunState.Stopped, _heard.Run!.State);
        Assert.Equal([EvaluationTime.Before], _heard.Run.Evaluations.Select(one => one.When));
        Assert.Equal([space.Truth[1].EvaluationId], _heard.CutOff);
        Assert.Equal([EvaluationTime.Before], RunReader.Read(_heard.Run.RunPath!).Evaluations.Select(one => one.When));
    }

    [Fact]
    public void A_stop_before_the_load_asks_nothing_and_names_what_goes_on()
    {
        using var space = new EvaluatedSpace();

        Assert.ThrowsAny<OperationCanceledException>(() => space.Run(Request(All), _heard, stopAfterSeconds: 10));

        Assert.Equal([space.Truth[0].EvaluationId], _heard.CutOff);
        Assert.Equal(0, space.Simulator.Record.QuestionCount);
        Assert.Null(_heard.Run);
    }

    [Fact]
    public void A_run_that_is_resumed_keeps_its_evaluations()
    {
        using var space = new EvaluatedSpace();
        space.Run(
            Request([EvaluationTime.Before], new RunBudget { MaximumQuestions = 12 + 5 }), _heard);
        LoadRun stopped = _heard.Run!;

        using LoadTestSession rest = LoadTestSession.Resume(
            UnfinishedRun.Take(stopped.RunPath!), settings => new SessionOptions { Run = LoadTestOptions.Of(settings) }, false);
        rest.Use([space.Connection]);
        space.Run(rest, _heard);

        Assert.Equal(RunState.Completed, _heard.Run!.State);
        Assert.Equal(stopped.Evaluations[0].EvaluationId, Assert.Single(_heard.Run.Evaluations).EvaluationId);
        Assert.Single(space.Truth);
    }

    [Fact]
    public void A_budget_counts_the_benchmarks_too()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { BenchmarkCount = 7 });

        space.Run(Request([EvaluationTime.Before, EvaluationTime.After], new RunBudget { MaximumQuestions = 20 }), _heard);

        Assert.Equal((6L, StopCause.Budget), (space.Simulator.Record.QuestionCount, _heard.Run!.StopCause));
        Assert.Equal(14, space.Truth.Sum(one => one.Verdicts.Count));
    }

    [Fact]
    public void Evaluations_beyond_the_budget_are_refused_before_anything_is_asked()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { BenchmarkCount = 7 });

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => space.Run(Request(All, new RunBudget { MaximumQuestions = 21 }), _heard));

        Assert.Equal("EvaluationOverBudget", error.ErrorId);
        Assert.Empty(space.Truth);
        Assert.Equal(0, space.Simulator.Record.QuestionCount);
    }

    [Fact]
    public void After_a_load_that_the_service_refused_no_evaluation_is_begun()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions
        {
            FailedShare = 1, FailedErrorType = "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
        });

        space.Run(Request([EvaluationTime.After]), _heard);

        Assert.Empty(space.Truth);
        Assert.Contains(_heard.Said, said => said.Contains("because the load was stopped early", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_texts_are_not_kept_only_ids_and_verdicts_are()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationGoodShare = 0.5 });
        LoadTestRequest request = Request([EvaluationTime.Before]);

        space.Run(
            request with { Options = request.Options with { Run = request.Options.Run with { ExcludeText = true } } }, _heard);

        Assert.All(_heard.Run!.Evaluations[0].Results, one =>
        {
            Assert.Equal((null, null, null), (one.Question, one.ExpectedSql, one.ActualSql));
            Assert.NotNull(one.Verdict);
            Assert.NotNull(one.BenchmarkId);
        });
        string file = File.ReadAllText(new RunFolder(_heard.Run.RunPath!).EvaluationsPath);
        Assert.DoesNotContain("total for each", file, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", file, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_evaluation_is_on_disk_before_the_first_question_is_asked()
    {
        using var space = new EvaluatedSpace();
        string[] found = [];
        space.Replace = request =>
        {
            if (found.Length == 0 && request.RequestUri!.AbsolutePath.EndsWith("start-conversation", StringComparison.Ordinal))
                found = Directory.GetFiles(_temporary.Path, "evaluations.jsonl", SearchOption.AllDirectories);
            return null;
        };

        space.Run(Request([EvaluationTime.Before]), _heard);

        Assert.Single(found);
    }

    [Fact]
    public void An_evaluation_of_unknown_fate_is_not_begun_again()
    {
        using var space = new EvaluatedSpace();
        space.Replace = request => request.RequestUri!.AbsolutePath.EndsWith("/eval-runs", StringComparison.Ordinal)
            && request.Method == HttpMethod.Post ? new HttpResponseMessage(HttpStatusCode.GatewayTimeout) : null;

        space.Run(Request([EvaluationTime.After]), _heard);

        Assert.Single(space.Truth);
        Assert.Contains(space.Truth[0].EvaluationId, _heard.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_that_is_shown_names_them_and_others_do_not()
    {
        using LoadTestSession with = LoadTestSession.Of(Request([EvaluationTime.Before, EvaluationTime.During]));
        using LoadTestSession without = LoadTestSession.Of(Request([]));

        Assert.Contains("Evaluations:    Before, During; each asks every benchmark", with.Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain("Evaluations", without.Describe(), StringComparison.Ordinal);
    }

    private static string[] Texts(LoadRun run) =>
    [
        .. run.Evaluations.SelectMany(one => one.Results.Select(row =>
            $"{one} {one.StartedAt:O} {one.AccuracyLower} {one.UnderLoadPercent} {row} {row.BenchmarkId} {row.Reasons} {row.ActualSql}")),
        .. run.AccuracyChanges.Select(change => $"{change.From} {change.To} {change}"),
    ];

    private LoadTestRequest Request(string[] times, RunBudget? budget = null) => new()
    {
        Overrides = new ScenarioOverrides { QuestionCount = 20, DurationSeconds = 60 },
        Seed = 7,
        Store = new RunStore(_temporary.Path),
        Options = new SessionOptions { Evaluations = times, Budget = budget ?? new RunBudget() },
    };

    private sealed class Heard : ISessionWatcher
    {
        public List<string> Said { get; } = [];

        public LoadRun? Run { get; private set; }

        public IReadOnlyList<string> CutOff { get; private set; } = [];

        public void OnBegin(string runId, string runPath)
        {
        }

        public void OnFinished(QuestionResult result)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }

        public void OnNotKept(GenieLoadException failure) => Said.Add($"not kept {failure.ErrorId}");

        public void OnEvaluationsCutOff(IReadOnlyList<string> evaluationIds) => CutOff = evaluationIds;

        public Task OnRunAsync(LoadRun run)
        {
            Run = run;
            Said.Add($"run {run.State}");
            return Task.CompletedTask;
        }

        public Task WarnAsync(string text)
        {
            Said.Add($"warning {text}");
            return Task.CompletedTask;
        }

        public Task ErrorAsync(GenieLoadException failure)
        {
            Said.Add($"error {failure.ErrorId}");
            return Task.CompletedTask;
        }
    }
}
