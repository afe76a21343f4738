using System.Net;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Http.Retries;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("1.5", 1.5)]
    [InlineData(" 0.25 ", 0.25)]
    [InlineData(".5", 0.5)]
    [InlineData("0", 0.0)]
    [InlineData("86401", 86401.0)]
    [InlineData("99999999999999999999", RetryAfterHeader.Longest)]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT", 30.0)]
    [InlineData("Mon, 23 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", RetryAfterHeader.Longest)]
    [InlineData("-5", null)]
    [InlineData("1e3", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Seconds_are_read_with_fractions_and_to_a_measure(string? value, double? seconds) =>
        Assert.Equal(seconds, RetryAfterHeader.Seconds(Refusal(value).Headers, Now));

    [Fact]
    public void More_digits_than_any_number_has_are_as_long_as_it_gets() => Assert.Equal(
        RetryAfterHeader.Longest, RetryAfterHeader.Seconds(Refusal(new string('9', 400)).Headers, Now));

    [Fact]
    public async Task A_fraction_is_waited_for()
    {
        var space = new ScriptedSpace().Says("start", Refusal("1.5"));

        QuestionResult row = await space.Retrying(new RetryOptions { JitterSeconds = 0, JitterShare = 0 }).Ask();

        Assert.True(row.Success);
        Assert.Equal(1.5, row.ThrottleSeconds, 3);
    }

    [Fact]
    public async Task An_absurd_wait_ends_the_question_as_throttled()
    {
        QuestionResult row = await new ScriptedSpace().Says("start", Refusal("99999999999999999999")).Ask();

        Assert.Equal((Outcome.Throttled, 0), (row.Outcome, row.ThrottleRetries));
        Assert.Contains("more than the limit", row.ErrorText, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Refusal(string? retryAfter)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            Content = new StringContent("""{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"}"""),
        };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }
}
