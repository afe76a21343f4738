using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Genie;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Http;

/// <summary>A connection breaks before a byte of the question was taken, or after.</summary>
public sealed class TrackedContentTests
{
    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task A_question_is_sent_again_only_where_nothing_of_it_was_taken(bool taken, int sent)
    {
        var time = new FakeTimeProvider();
        ScriptedService service = new ScriptedService(time)
            .Do(async request =>
            {
                if (taken)
                    await request.Content!.ReadAsByteArrayAsync();
                throw new IOException("The pipe is broken");
            })
            .Answer(HttpStatusCode.OK, """{"conversation_id":"c1","message_id":"m1"}""");
        using var client = new GenieApiClient(
            new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"), time: time, handler: service);
        var calls = new CallPolicy(new SeededRandom(1));

        Exception? error = await Record.ExceptionAsync(
            () => time.Drive(() => client.StartConversationAsync("s", "How many?", calls, CancellationToken.None)));

        Assert.Equal(sent, service.Calls.Count);
        Assert.Equal(taken, (error as ApiException)?.IsAmbiguous ?? false);
    }
}
