using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A 503 and its like: when it is certain that the service has not taken a question, and when nobody knows.</summary>
public sealed class GatewayRefusalTests
{
    private const string Envoy = "upstream connect error or disconnect/reset before headers. ";

    [Theory]
    [InlineData("7", """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""")]
    [InlineData("0", """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""")]
    [InlineData(null, "no healthy upstream")]
    [InlineData(null, Envoy + "reset reason: connection failure")]
    [InlineData(null, Envoy + "reset reason: remote connection failure, transport failure reason: delayed connect error: 111")]
    [InlineData(null, Envoy + "reset reason: overflow")]
    public async Task A_503_that_says_it_refused_before_forwarding_is_tried_again(string? retryAfter, string body)
    {
        var space = new ScriptedSpace().Says("start", Unavailable(retryAfter, body));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, 2, 1), (row.Outcome, row.Attempts, row.FaultRetries));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("7", "")]
    [InlineData("7", "<html><title>503 Service Temporarily Unavailable</title></html>")]
    [InlineData("7", """{"error":{"code":"UNAVAILABLE","message":"later"}}""")]
    [InlineData("soon", """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""")]
    [InlineData(null, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""")]
    [InlineData(null, Envoy + "reset reason: connection termination")]
    [InlineData(null, Envoy + "reset reason: remote reset")]
    [InlineData(null, Envoy + "retried and the latest reset reason: connection failure")]
    [InlineData("3600", Envoy + "reset reason: connection termination")]
    public async Task Any_other_503_leaves_a_question_s_fate_open(string? retryAfter, string body)
    {
        var space = new ScriptedSpace().Says("start", Unavailable(retryAfter, body));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Ambiguous, 1, 503), (row.Outcome, row.Attempts, row.HttpStatus!.Value));
        Assert.Single(space.Calls);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(460)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    public async Task So_does_whatever_a_gateway_says_that_gave_up_waiting_and_a_poll_is_tried_again(int status)
    {
        QuestionResult asked = await new ScriptedSpace().Says("start", ScriptedSpace.Json("", status)).Ask();
        QuestionResult polled = await new ScriptedSpace()
            .Says("message", ScriptedSpace.Json("", status), ScriptedSpace.Json("", 503)).Ask();

        Assert.Equal((Outcome.Ambiguous, 1), (asked.Outcome, asked.Attempts));
        Assert.Equal((Outcome.Completed, 2), (polled.Outcome, polled.FaultRetries));
    }

    [Fact]
    public async Task A_query_is_not_run_again_a_second_time_after_a_503_of_unknown_fate()
    {
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json("""{"status":"QUERY_RESULT_EXPIRED","attachments":[{"attachment_id":"a1","query":{}}]}"""))
            .AlwaysSays("token", () => ScriptedSpace.Json("", 503));

        QuestionResult row = await space.Ask(options: new LoadTestOptions { RefreshExpired = true });

        Assert.Equal(Outcome.Unreachable, row.Outcome);
        Assert.Single(space.Calls, call => call.EndsWith("/execute-query", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    public async Task Behind_a_gateway_that_answers_503_after_the_service_took_it_no_question_is_accepted_twice(double? retryAfter)
    {
        var options = new SimulatorOptions { Seed = 5, ServerErrorShare = 0.4, ServerErrorStatus = 503,
            ServerErrorRetryAfterSeconds = retryAfter };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(60, 60, 60), options);

        Assert.All(run.Rows, row => Assert.InRange(run.Truth.TimesAccepted(row.Question), 0, 1));
        QuestionResult[] open = [.. run.Rows.Where(row => row.Outcome == Outcome.Ambiguous)];
        Assert.Equal(retryAfter is null, open.Length > 10);
        // Some of those of unknown fate were taken, or the test proves nothing.
        Assert.Equal(retryAfter is null, open.Any(row => run.Truth.TimesAccepted(row.Question) == 1));
    }

    [Fact]
    public async Task Who_wants_it_has_a_question_of_unknown_fate_sent_again_and_never_one_that_was_answered()
    {
        var resend = new RetryOptions { ResendAmbiguous = true };
        QuestionResult refused = await new ScriptedSpace().Retrying(resend).Says("start", ScriptedSpace.Json("", 503)).Ask();
        var answering = new ScriptedSpace().Retrying(resend).Says("start", ScriptedSpace.Json("""{"conversation_id":"c1","mess"""));
        QuestionResult answered = await answering.Ask();

        Assert.Equal((Outcome.Completed, 2), (refused.Outcome, refused.Attempts));
        Assert.Equal((Outcome.Ambiguous, 1), (answered.Outcome, answered.Attempts));
        Assert.Single(answering.Calls);
    }

    private static HttpResponseMessage Unavailable(string? retryAfter, string body)
    {
        HttpResponseMessage response = ScriptedSpace.Json(body, 503);
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }
}
