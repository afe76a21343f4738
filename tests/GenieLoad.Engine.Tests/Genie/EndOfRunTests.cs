using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Genie;

/// <summary>A question is on its way when the run is told to end, and its attempt fails after that.</summary>
public sealed class EndOfRunTests
{
    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.BadGateway, false)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    [InlineData(HttpStatusCode.RequestTimeout, false)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    public async Task Only_a_question_that_was_certainly_not_accepted_may_be_asked_when_the_run_goes_on(
        HttpStatusCode status, bool mayBeAsked)
    {
        using var noMore = new CancellationTokenSource();
        ApiException error = await Assert.ThrowsAsync<ApiException>(() => Ask(status, noMore));

        Assert.Equal((int)status, error.Failure.HttpStatus);
        Assert.Equal(mayBeAsked, error.BecauseRunEnds);
    }

    [Fact]
    public async Task What_may_have_been_accepted_is_not_asked_again_by_a_resumed_run_although_its_owner_wants_it_sent_again()
    {
        using var noMore = new CancellationTokenSource();
        ApiException error = await Assert.ThrowsAsync<ApiException>(
            () => Ask(HttpStatusCode.BadGateway, noMore, new RetryOptions { ResendAmbiguous = true }));

        Assert.True(error.IsAmbiguous);
        Assert.False(error.BecauseRunEnds);
    }

    /// <summary>Asks a service that answers with a status, and ends the run just before it does.</summary>
    private static async Task Ask(HttpStatusCode status, CancellationTokenSource noMore, RetryOptions? retry = null)
    {
        var time = new FakeTimeProvider();
        ScriptedService service = new ScriptedService(time).Do(_ =>
        {
            noMore.Cancel();
            return Task.FromResult(new HttpResponseMessage(status));
        });
        using var client = new GenieApiClient(
            new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"),
            new GenieClientOptions { Retry = retry ?? new RetryOptions() }, time, handler: service);
        var policy = new CallPolicy(new SeededRandom(1)) { NoMore = noMore.Token };
        await client.StartConversationAsync("space", "How many?", policy, CancellationToken.None);
    }
}
