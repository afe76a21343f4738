using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Stopping;

public class ServiceRuleTests
{
    private static QuestionResult Refused(int? http, string type, string? message = null, string? conversation = null) =>
        Rows.Of(1, 0, 0, 1, Outcome.Rejected) with
        {
            HttpStatus = http, ErrorType = type, ErrorText = "the reason", MessageId = message, ConversationId = conversation,
        };

    private static QuestionResult Failed(string type) => Rows.Of(1, 0, 0, 1, Outcome.Failed) with
    {
        Status = MessageStatus.Failed, ErrorType = type, ErrorText = "the reason", MessageId = "m", ConversationId = "c",
    };

    [Theory]
    [InlineData(401, "UNAUTHENTICATED", "the credential was refused (the reason)")]
    [InlineData(403, "TOKEN_REFUSED", "the credential was refused (the reason)")]
    [InlineData(400, "TOKEN_REFUSED", "the credential was refused (the reason)")]
    [InlineData(null, "CREDENTIAL_REFUSED", "the credential was refused (the reason)")]
    [InlineData(403, "PERMISSION_DENIED", "permission to ask this space is missing (the reason)")]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST", "the space does not exist (the reason)")]
    [InlineData(404, "FEATURE_DISABLED", "agent mode is off in this workspace (the reason)")]
    public void A_refusal_that_every_question_would_meet_ends_the_run(int? http, string type, string reason)
    {
        StopOrder? order = new ServiceRule(30).Finished(Refused(http, type));

        Assert.Equal(new StopOrder(StopCause.Service, $"Stopped because {reason}.", 30), order);
    }

    [Theory]
    [InlineData("BUDGET_EXCEEDED_EXCEPTION", "no budget")]
    [InlineData("NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE", "no capacity")]
    [InlineData("WAREHOUSE_NOT_FOUND_EXCEPTION", "SQL warehouse is missing")]
    [InlineData("WAREHOUSE_ACCESS_MISSING_EXCEPTION", "may not be used")]
    public void So_does_a_message_that_fails_for_a_reason_that_stays(string type, string words)
    {
        StopOrder? order = new ServiceRule(30).Finished(Failed(type));

        Assert.Contains(words, order!.Reason, StringComparison.Ordinal);
        Assert.Contains(type, order.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_question_s_own_trouble_does_not()
    {
        var rule = new ServiceRule(30);

        Assert.Null(rule.Finished(Failed("SQL_EXECUTION_EXCEPTION")));
        Assert.Null(rule.Finished(Failed("CONTENT_FILTER_EXCEPTION")));
        Assert.Null(rule.Finished(Refused(400, "INVALID_PARAMETER_VALUE")));
        // The message was deleted under way, or the conversation of a follow-up.
        Assert.Null(rule.Finished(Refused(404, "RESOURCE_DOES_NOT_EXIST", message: "m", conversation: "c")));
        Assert.Null(rule.Finished(Refused(404, "RESOURCE_DOES_NOT_EXIST", conversation: "c")));
        Assert.Null(rule.Finished(Rows.Of(1, 0, 0, 1, Outcome.Throttled) with { HttpStatus = 429 }));
        // A right that is missing for what comes after the question, which was taken.
        Assert.Null(rule.Finished(Refused(403, "PERMISSION_DENIED", message: "m", conversation: "c")));
        Assert.Null(rule.Finished(Failed("TABLES_MISSING_EXCEPTION")));
    }

    [Fact]
    public void Two_of_the_first_three_are_not_all_of_them()
    {
        foreach (int good in Enumerable.Range(0, 3))
        {
            var rule = new ServiceRule(30);
            for (int i = 0; i < 6; i++)
                Assert.Null(rule.Finished(i == good ? Rows.Of(1, 0, 0, 1) : Failed("TABLES_MISSING_EXCEPTION")));
        }
    }

    [Fact]
    public void A_space_that_is_set_up_wrongly_shows_in_the_first_three_answers()
    {
        var wrong = new ServiceRule(30);
        Assert.Null(wrong.Finished(Failed("TABLES_MISSING_EXCEPTION")));
        Assert.Null(wrong.Finished(Failed("NO_TABLES_TO_QUERY_EXCEPTION")));
        Assert.Contains("the space's configuration", wrong.Finished(Failed("TABLES_MISSING_EXCEPTION"))!.Reason, StringComparison.Ordinal);

        var oneGood = new ServiceRule(30);
        Assert.Null(oneGood.Finished(Rows.Of(1, 0, 0, 1)));
        for (int i = 0; i < 5; i++)
            Assert.Null(oneGood.Finished(Failed("TABLES_MISSING_EXCEPTION")));
    }
}
