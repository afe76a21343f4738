using System.Net;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Evaluating;

public sealed class EvaluationSessionTests
{
    [Fact]
    public void Every_verdict_is_that_of_the_service_and_the_counts_and_the_accuracy_follow_from_them()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions
        {
            BenchmarkCount = 130, BenchmarkWithoutSqlCount = 10, EvaluationGoodShare = 0.7,
        });

        (Evaluation evaluation, GenieLoadException? trouble) = space.Evaluate();

        Assert.Null(trouble);
        SimulatedEvaluation truth = Assert.Single(space.Truth);
        Assert.Equal(
            truth.Verdicts.Select(one => (one.BenchmarkId, one.Question, one.Verdict)),
            evaluation.Results.Select(one => (one.BenchmarkId!, one.Question!, one.Verdict)));
        int good = truth.Verdicts.Count(one => one.Verdict == "GOOD");
        Assert.Equal(
            (truth.EvaluationId, "DONE", 130, good, 120 - good, 10, 0, 100.0 * good / 120),
            (evaluation.EvaluationId, evaluation.Status, evaluation.QuestionCount, evaluation.GoodCount, evaluation.BadCount,
                evaluation.NeedsReviewCount, evaluation.OpenCount, evaluation.AccuracyPercent));
        Assert.InRange(evaluation.AccuracyPercent!.Value, evaluation.AccuracyLower!.Value, evaluation.AccuracyUpper!.Value);
        Assert.InRange(evaluation.AccuracyUpper.Value - evaluation.AccuracyLower.Value, 14, 19);
        Assert.Equal((truth.EndedAt.Utc - truth.AcceptedAt.Utc).TotalSeconds, evaluation.DurationSeconds!.Value, 0.002);
        Assert.Equal(truth.AcceptedAt.Utc, evaluation.StartedAt.ToUniversalTime(), TimeSpan.FromMilliseconds(1));
        Assert.All(evaluation.Results, one => Assert.Equal(one.Verdict == "BAD", one.Reasons is not null));
        Assert.All(evaluation.Results, one => Assert.StartsWith("SELECT `", one.ActualSql, StringComparison.Ordinal));
        Assert.Equal(120, evaluation.Results.Count(one => one.ExpectedSql is not null));
        Assert.Equal(0, space.Simulator.Record.QuestionCount);
    }

    [Fact]
    public void Only_the_named_benchmarks_are_evaluated_each_once()
    {
        using var space = new EvaluatedSpace();
        string[] ids = [.. space.Evaluate().Evaluation.Results.Skip(3).Take(2).Select(one => one.BenchmarkId!)];

        Evaluation evaluation = space.Evaluate(new EvaluationRequest { BenchmarkIds = [.. ids, ids[0]] }).Evaluation;

        Assert.Equal(ids, evaluation.Results.Select(one => one.BenchmarkId));
        Assert.Equal(2, evaluation.QuestionCount);
    }

    [Fact]
    public void Nothing_of_the_data_is_kept()
    {
        using var space = new EvaluatedSpace();

        Evaluation evaluation = space.Evaluate().Evaluation;

        string json = System.Text.Json.JsonSerializer.Serialize(evaluation);
        Assert.DoesNotContain("4711", json, StringComparison.Ordinal);
        Assert.DoesNotContain("North", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_progress_is_told_from_beginning_to_end()
    {
        using var space = new EvaluatedSpace();

        space.Evaluate();

        Assert.Equal(("NOT_STARTED", 0, 12), (space.Progress[0].Status, space.Progress[0].Done, space.Progress[0].Total));
        Assert.Equal("DONE, 12 of 12 benchmarks judged", space.Progress[^1].ToString());
        Assert.Contains(space.Progress, one => one.Status == "RUNNING" && one.Percent is > 0 and < 100);
    }

    [Theory]
    [InlineData(SimulatedEvaluationEnding.Failed, "EVALUATION_FAILED")]
    [InlineData(SimulatedEvaluationEnding.Cancelled, "EVALUATION_CANCELLED")]
    [InlineData(SimulatedEvaluationEnding.Timeout, "EVALUATION_TIMEOUT")]
    public void One_that_ends_otherwise_is_an_error_with_its_id_and_keeps_the_verdicts_so_far(
        SimulatedEvaluationEnding ending, string status)
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationEnding = ending });

        (Evaluation evaluation, GenieLoadException? trouble) = space.Evaluate();

        Assert.Equal("EvaluationNotDone", trouble!.ErrorId);
        Assert.Contains(
            $"{evaluation.EvaluationId} ended as {status}, with verdicts for 6 of 12", trouble.Message, StringComparison.Ordinal);
        Assert.Equal((6, 6, 12), (evaluation.GoodCount, evaluation.OpenCount, evaluation.Results.Count));
        Assert.Equal(6, evaluation.Results.Count(one => one.Verdict is null));
    }

    [Fact]
    public void One_that_takes_too_long_is_left_with_what_it_has_and_can_be_picked_up()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationGoodShare = 0.5 });

        (Evaluation half, GenieLoadException? trouble) = space.Evaluate(new EvaluationRequest { TimeoutSeconds = 20 });

        Assert.Equal("EvaluationTimedOut", trouble!.ErrorId);
        Assert.Contains($"-EvaluationId {half.EvaluationId}", trouble.Recommendation, StringComparison.Ordinal);
        Assert.Equal(("RUNNING", null, null), (half.Status, half.EndedAt, half.DurationSeconds));
        Assert.InRange(half.OpenCount, 1, 11);

        (Evaluation whole, trouble) = space.Evaluate(new EvaluationRequest { EvaluationId = half.EvaluationId });
        Assert.Null(trouble);
        Assert.Single(space.Truth);
        Assert.Equal(space.Truth[0].Verdicts.Select(one => one.Verdict), whole.Results.Select(one => one.Verdict));
        Assert.Equal(half.StartedAt, whole.StartedAt);
    }

    [Theory]
    [InlineData(SimulatedEvaluationApi.Forbidden, SimulatedRight.CanManage, 4, "EvaluationDenied", "Beta")]
    [InlineData(SimulatedEvaluationApi.Available, SimulatedRight.CanRun, 4, "EvaluationDenied", "CAN EDIT")]
    [InlineData(SimulatedEvaluationApi.Missing, SimulatedRight.CanManage, 4, "EvaluationUnavailable", "Beta")]
    [InlineData(SimulatedEvaluationApi.Available, SimulatedRight.CanManage, 0, "EvaluationRefused", "has benchmarks")]
    public void What_keeps_it_from_being_made_is_said_with_what_to_do(
        SimulatedEvaluationApi api, SimulatedRight right, int benchmarks, string errorId, string advice)
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationApi = api, SpaceRight = right, BenchmarkCount = benchmarks });

        GenieLoadException e = Assert.Throws<GenieLoadException>(() => space.Evaluate());

        Assert.Equal(errorId, e.ErrorId);
        Assert.Contains(advice, e.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_and_an_evaluation_that_are_not_there_are_named()
    {
        using var space = new EvaluatedSpace();

        Assert.Equal("SpaceNotFound", Assert.Throws<GenieLoadException>(
            () => space.Evaluate(new EvaluationRequest { SpaceId = new string('0', 32) })).ErrorId);
        Assert.Equal("EvaluationNotFound", Assert.Throws<GenieLoadException>(
            () => space.Evaluate(new EvaluationRequest { EvaluationId = "none" })).ErrorId);
    }

    [Fact]
    public void What_cannot_be_is_refused_before_anything_is_sent()
    {
        using var space = new EvaluatedSpace();
        (EvaluationRequest Request, string ErrorId, string Text)[] bad =
        [
            (new() { TimeoutSeconds = 0.5 }, "InvalidOption", "TimeoutSeconds"),
            (new() { PollSeconds = 0 }, "InvalidOption", "PollSeconds"),
            (new() { BenchmarkIds = ["fine", "../x"] }, "InvalidId", "BenchmarkId"),
            (new() { EvaluationId = ".." }, "InvalidId", "EvaluationId"),
        ];

        Assert.All(bad, one =>
        {
            GenieLoadException e = Assert.Throws<GenieLoadException>(() => space.Session(one.Request));
            Assert.Equal(one.ErrorId, e.ErrorId);
            Assert.Contains(one.Text, e.Message, StringComparison.Ordinal);
        });
        Assert.Equal(0, space.Simulator.Record.CallCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_of_unknown_fate_is_never_started_again_and_the_likely_one_is_named(bool resendsQuestions)
    {
        using var space = new EvaluatedSpace { Retry = new RetryOptions { ResendAmbiguous = resendsQuestions } };
        space.Replace = request => request.Method == HttpMethod.Post ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null;

        GenieLoadException e = Assert.Throws<GenieLoadException>(() => space.Evaluate());

        Assert.Equal("EvaluationStartUnknown", e.ErrorId);
        SimulatedEvaluation truth = Assert.Single(space.Truth);
        Assert.Contains($"-EvaluationId {truth.EvaluationId}", e.Recommendation, StringComparison.Ordinal);
        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.CreateEvaluation));
    }

    [Fact]
    public void One_whose_answer_has_no_id_is_of_unknown_fate_too()
    {
        using var space = new EvaluatedSpace();
        space.Replace = request => request.Method == HttpMethod.Post
            ? EvaluatedSpace.Json(HttpStatusCode.OK, """{"eval_run_id":"../x","eval_run_status":"RUNNING"}""")
            : null;

        GenieLoadException e = Assert.Throws<GenieLoadException>(() => space.Evaluate());

        Assert.Equal("EvaluationStartUnknown", e.ErrorId);
        Assert.Contains(space.Truth[0].EvaluationId, e.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_evaluation_is_not_taken_for_the_likely_one()
    {
        using var space = new EvaluatedSpace();
        space.Evaluate();
        space.Time.Advance(TimeSpan.FromMinutes(10));
        space.Replace = request => request.Method == HttpMethod.Post ? new HttpResponseMessage(HttpStatusCode.BadGateway)
            : request.RequestUri!.AbsolutePath.EndsWith("/eval-runs", StringComparison.Ordinal) ? OnlyOld(space) : null;

        GenieLoadException e = Assert.Throws<GenieLoadException>(() => space.Evaluate());

        Assert.Contains("page of the space", e.Recommendation, StringComparison.Ordinal);

        static HttpResponseMessage OnlyOld(EvaluatedSpace space)
        {
            long created = new DateTimeOffset(space.Truth[0].AcceptedAt.Utc).ToUnixTimeMilliseconds();
            return EvaluatedSpace.Json(
                HttpStatusCode.OK, $$"""{"eval_runs":[{"eval_run_id":"old","created_timestamp":{{created}}}]}""");
        }
    }

    [Fact]
    public void A_429_is_waited_out()
    {
        using var space = new EvaluatedSpace();
        int refused = 0;
        space.Replace = request => request.Method == HttpMethod.Post && refused++ == 0
            ? EvaluatedSpace.Json(HttpStatusCode.TooManyRequests, """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"later"}""")
            : null;

        Assert.Null(space.Evaluate().Trouble);
        Assert.Equal(2, space.Simulator.Record.CountOf(SimulatedOperation.CreateEvaluation));
    }

    [Fact]
    public void One_that_cannot_be_followed_is_an_error_with_its_id_and_the_counts_so_far()
    {
        using var space = new EvaluatedSpace();
        space.Replace = request => request.Method == HttpMethod.Get && space.Time.GetUtcNow().Second > 20
            ? EvaluatedSpace.Json(HttpStatusCode.Forbidden, """{"error_code":"PERMISSION_DENIED","message":"gone"}""")
            : null;

        (Evaluation evaluation, GenieLoadException? trouble) = space.Evaluate();

        Assert.Equal("EvaluationLost", trouble!.ErrorId);
        Assert.Contains($"-EvaluationId {evaluation.EvaluationId}", trouble.Recommendation, StringComparison.Ordinal);
        Assert.Equal(("RUNNING", 12), (evaluation.Status, evaluation.QuestionCount));
        Assert.InRange(evaluation.GoodCount, 3, 9);
    }

    [Fact]
    public void Verdicts_that_cannot_be_read_are_counted_and_the_counts_are_those_of_the_service()
    {
        using var space = new EvaluatedSpace(new SimulatorOptions { EvaluationGoodShare = 0.5 });
        int asked = 0;
        space.Replace = request => request.RequestUri!.AbsolutePath.Contains("/results/", StringComparison.Ordinal) && ++asked > 4
            ? EvaluatedSpace.Json(HttpStatusCode.Forbidden, """{"error_code":"PERMISSION_DENIED","message":"Not yours."}""")
            : null;

        (Evaluation evaluation, GenieLoadException? trouble) = space.Evaluate();

        Assert.Equal("ResultsUnread", trouble!.ErrorId);
        Assert.StartsWith("8 of 12 verdicts were not read:", evaluation.Reason, StringComparison.Ordinal);
        // The second four were refused; the last four were not asked for.
        Assert.Equal(8, asked);
        Assert.Equal(
            (space.Truth[0].Verdicts.Count(one => one.Verdict == "GOOD"), space.Truth[0].Verdicts.Count(one => one.Verdict == "BAD")),
            (evaluation.GoodCount, evaluation.BadCount));
        Assert.Equal(4, evaluation.Results.Count(one => one.Verdict is not null));
    }

    [Fact]
    public void Odd_answers_are_read_as_far_as_they_make_sense()
    {
        using var space = new EvaluatedSpace();
        space.Replace = request => EvaluatedSpace.Json(HttpStatusCode.OK, request.RequestUri!.AbsolutePath switch
        {
            var path when path.EndsWith("/results", StringComparison.Ordinal) =>
                """{"eval_results":[7,null,{"result_id":"r1","question":{"a":1}},{"result_id":"../r2"},{"result_id":"r3"}]}""",
            var path when path.EndsWith("/r1", StringComparison.Ordinal) =>
                """{"assessment":"GOOD","assessment_reasons":"none","actual_response":{"response":"x"},"created_by_user":[]}""",
            var path when path.Contains("/results/", StringComparison.Ordinal) =>
                """
                {"assessment":"BAD","assessment_reasons":["A",7,null,{"x":1},"B"],"manual_assessment":"true","actual_response":[3,
                {"response_type":"TEXT","response":"secret data"},{"response_type":"SQL","response":"SELECT 1"}]}
                """,
            _ => """{"eval_run_id":"e1","eval_run_status":"DONE","num_questions":"3","num_correct":-4,"created_timestamp":"soon"}""",
        });

        (Evaluation evaluation, GenieLoadException? trouble) = space.Evaluate();

        Assert.Equal("ResultsUnread", trouble!.ErrorId);
        Assert.Equal("1 of 3 verdicts were not read.", evaluation.Reason);
        Assert.Equal(["GOOD", null, "BAD"], evaluation.Results.Select(one => one.Verdict));
        EvaluationResult last = evaluation.Results[2];
        Assert.Equal(("A, 7, B", true, "SELECT 1"), (last.Reasons, last.IsManual, last.ActualSql));
        Assert.Equal((3, 0, 0), (evaluation.QuestionCount, evaluation.GoodCount, evaluation.BadCount));
        Assert.Null(evaluation.AccuracyPercent);
    }

    [Fact]
    public void A_status_that_nobody_knows_is_still_in_progress()
    {
        using var space = new EvaluatedSpace();
        int polls = 0;
        space.Replace = request => request.RequestUri!.AbsolutePath.Split('/')[^2] == "eval-runs" && ++polls < 3
            ? EvaluatedSpace.Json(HttpStatusCode.OK, """{"eval_run_status":"THINKING_HARD","num_questions":12}""")
            : null;

        Assert.Null(space.Evaluate().Trouble);
        Assert.Contains(space.Progress, one => one.Status == "THINKING_HARD");
    }

    [Fact]
    public void A_secret_that_the_service_repeats_is_not_kept()
    {
        using var space = new EvaluatedSpace();
        space.Replace = request => request.RequestUri!.AbsolutePath.Contains("/results/", StringComparison.Ordinal)
            ? EvaluatedSpace.Json(HttpStatusCode.OK, $$"""
                {"assessment":"BAD","question":"Is {{space.Simulator.Token}} mine?","assessment_reasons":["{{space.Simulator.Token}}"],
                "actual_response":[{"response_type":"SQL","response":"SELECT '{{space.Simulator.Token}}'"}]}
                """)
            : null;

        Evaluation evaluation = space.Evaluate().Evaluation;

        Assert.All(evaluation.Results, one =>
            Assert.DoesNotContain(space.Simulator.Token, $"{one.Question} {one.Reasons} {one.ActualSql}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stop_only_stops_waiting_and_its_id_is_known()
    {
        using var space = new EvaluatedSpace();
        EvaluationSession session = space.Session();

        Assert.ThrowsAny<OperationCanceledException>(() => space.Drive(
            stop => session.RunAsync(connection => space.Open(connection, space.Time), stop), 10));

        Assert.Equal(space.Truth[0].EvaluationId, session.EvaluationId);
        Assert.Equal("DONE", space.Truth[0].FinalStatus);
    }

    [Theory]
    [InlineData(null, 0, 500, "all benchmarks")]
    [InlineData(null, 1, 1, "Evaluate 1 benchmark of")]
    [InlineData(null, 2, 2, "Evaluate 2 benchmarks of")]
    [InlineData("e1", 0, 0, "Wait for evaluation e1")]
    public void What_it_does_and_what_it_may_ask_is_known_before(string? evaluationId, int benchmarks, int most, string text)
    {
        using var space = new EvaluatedSpace();
        EvaluationSession session = space.Session(new EvaluationRequest
        {
            EvaluationId = evaluationId, BenchmarkIds = [.. Enumerable.Range(0, benchmarks).Select(i => $"b{i}")],
        });

        Assert.Equal(most, session.MostQuestions);
        Assert.Contains(text, session.Describe(), StringComparison.Ordinal);
    }
}
