using System.Net.Http.Headers;
using System.Text;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class AccessTests
{
    [Fact]
    public async Task A_wrong_or_missing_token_is_401_with_a_request_id_in_header_and_body()
    {
        using var fixture = new SimulatorFixture();
        foreach (string? token in new[] { null, "wrong", fixture.Simulator.Token + "x" })
        {
            using HttpClient client = fixture.NewClient(token);
            Answer answer = await fixture.GetAsync(fixture.SpacePath, client);
            Assert.Equal((401, "UNAUTHENTICATED"), (answer.Status, answer.Text("error_code")));
            Assert.Equal("type.googleapis.com/google.rpc.RequestInfo", answer.Text("details", "0", "@type"));
            Assert.Equal(answer.Response.Headers.GetValues("x-request-id").Single(), answer.Text("details", "0", "request_id"));
            Assert.Equal(answer.Text("details", "0", "request_id"), answer.Response.Headers.GetValues("x-databricks-request-id").Single());
        }
    }

    [Fact]
    public async Task A_token_without_rights_is_403()
    {
        using var fixture = new SimulatorFixture(Steady with { ForbiddenToken = "visitor" });
        using HttpClient client = fixture.NewClient("visitor");
        Answer answer = await fixture.GetAsync(fixture.SpacePath, client);
        Assert.Equal((403, "PERMISSION_DENIED"), (answer.Status, answer.Text("error_code")));
    }

    [Fact]
    public async Task What_does_not_exist_is_404()
    {
        using var fixture = new SimulatorFixture();
        string message = await fixture.AskAsync("Anything?");
        string conversation = message[..message.IndexOf("/messages", StringComparison.Ordinal)];
        string[] paths =
            ["/api/2.0/genie/spaces/none", $"{fixture.SpacePath}/conversations/none/messages", $"{conversation}/messages/none"];
        foreach (string path in paths)
        {
            Answer answer = await fixture.GetAsync(path);
            Assert.Equal((404, "RESOURCE_DOES_NOT_EXIST"), (answer.Status, answer.Text("error_code")));
        }

        Assert.Equal("ENDPOINT_NOT_FOUND", (await fixture.GetAsync("/api/2.0/clusters/list")).Text("error_code"));
    }

    [Theory]
    [InlineData("""{"content":""}""")]
    [InlineData("""{"content":"   "}""")]
    [InlineData("""{"content":7}""")]
    [InlineData("""{"question":"x"}""")]
    [InlineData("""["content"]""")]
    [InlineData("""{"content":"x""")]
    [InlineData("""{"content":"\ud800"}""")]
    [InlineData("")]
    public async Task A_body_without_a_question_is_400_and_asks_nothing(string body)
    {
        using var fixture = new SimulatorFixture();
        Answer answer = await fixture.PostAsync(fixture.SpacePath + "/start-conversation", body);
        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.Text("error_code")));
        Assert.Equal(0, fixture.Simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task A_question_of_ten_thousand_characters_is_taken_and_one_more_is_not()
    {
        using var fixture = new SimulatorFixture();
        Assert.Equal(200, (await fixture.StartAsync(new string('q', 10_000))).Status);
        Assert.Equal(400, (await fixture.StartAsync(new string('q', 10_001))).Status);
    }

    [Fact]
    public async Task OAuth_discovery_leads_to_a_token_that_works_until_it_expires()
    {
        using var fixture = new SimulatorFixture(Steady with { TokenLifetimeSeconds = 100 });
        using HttpClient anonymous = fixture.NewClient(null);
        Answer discovery = await fixture.GetAsync("/oidc/.well-known/oauth-authorization-server", anonymous);
        Uri endpoint = new(discovery.Text("token_endpoint"));
        Assert.Equal(fixture.Simulator.Uri.Authority, endpoint.Authority);

        Answer issued = await TokenAsync(fixture, endpoint, fixture.Simulator.ClientSecret);
        Assert.Equal((200, "Bearer", 100L), (issued.Status, issued.Text("token_type"), issued.Number("expires_in")));
        Assert.Equal("all-apis", issued.Text("scope"));
        using HttpClient client = fixture.NewClient(issued.Text("access_token"));
        fixture.Advance(99);
        Assert.Equal(200, (await fixture.GetAsync(fixture.SpacePath, client)).Status);
        fixture.Advance(1);
        Assert.Equal(401, (await fixture.GetAsync(fixture.SpacePath, client)).Status);
    }

    [Fact]
    public async Task Revoked_tokens_are_refused_and_new_ones_are_not()
    {
        using var fixture = new SimulatorFixture();
        Uri endpoint = new(fixture.Simulator.Uri, "oidc/v1/token");
        string secret = fixture.Simulator.ClientSecret;
        using HttpClient first = fixture.NewClient((await TokenAsync(fixture, endpoint, secret)).Text("access_token"));
        fixture.Simulator.RevokeIssuedTokens();
        Assert.Equal(401, (await fixture.GetAsync(fixture.SpacePath, first)).Status);
        using HttpClient second = fixture.NewClient((await TokenAsync(fixture, endpoint, secret)).Text("access_token"));
        Assert.Equal(200, (await fixture.GetAsync(fixture.SpacePath, second)).Status);
    }

    [Fact]
    public async Task A_wrong_client_secret_is_an_oauth_error()
    {
        using var fixture = new SimulatorFixture();
        Answer answer = await TokenAsync(fixture, new Uri(fixture.Simulator.Uri, "oidc/v1/token"), "wrong");
        Assert.Equal((401, "invalid_client"), (answer.Status, answer.Text("error")));
        Assert.NotEmpty(answer.Text("error_description"));
    }

    private static async Task<Answer> TokenAsync(SimulatorFixture fixture, Uri endpoint, string secret)
    {
        using HttpClient client = fixture.NewClient(null);
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{fixture.Simulator.ClientId}:{secret}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "all-apis")]);
        return await Answer.ReadAsync(await client.PostAsync(endpoint, form));
    }
}
