using System.Net;
using System.Text.Json;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Genie;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class SpaceQuestionsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task A_space_gives_its_samples_and_benchmarks_and_asks_nothing()
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { BenchmarkCount = 40 }, _time);

        IReadOnlyList<Question> questions = await ReadAsync(simulator);

        Assert.Equal(
            [.. Enumerable.Range(1, 3).Select(i => $"s{i}"), .. Enumerable.Range(1, 40).Select(i => $"b{i}")], questions.Select(q => q.Id));
        Assert.Equal(43, questions.Select(q => q.Text).Distinct().Count());
        Assert.All(questions, q => Assert.Equal(q.Origin == QuestionOrigin.Benchmark, q.ExpectedSql?.Contains("\nfrom ") == true));
        Assert.All(questions, q => Assert.Matches("^[0-9a-f]{32}$", q.SourceId));
        Assert.Empty(_warnings);
        Assert.Equal((1, 0), (simulator.Record.CallCount, simulator.Record.QuestionCount));
        Assert.Equal(questions, await ReadAsync(simulator));
    }

    [Fact]
    public async Task The_example_with_a_parameter_is_left_out()
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions(), _time);

        Assert.Equal(["e1", "e2"], (await ReadAsync(simulator, QuestionOrigin.Example)).Select(q => q.Id));
        Assert.Contains("has no value", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_without_what_is_wanted_says_so()
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { BenchmarkCount = 0 }, _time);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ReadAsync(simulator, QuestionOrigin.Benchmark));
        Assert.Equal(("NoQuestionsOfSource", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Equal(3, (await ReadAsync(simulator)).Count);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Who_may_only_ask_is_told_which_right_is_missing()
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { SpaceRight = SimulatedRight.CanRun }, _time);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ReadAsync(simulator));
        Assert.Equal(("DefinitionNotVisible", ErrorKind.Permission), (error.ErrorId, error.Kind));
        Assert.Contains("CAN EDIT", error.Recommendation, StringComparison.Ordinal);
        Assert.Equal(1, simulator.Record.CallCount);
    }

    [Theory]
    [InlineData(200, """{"space_id":"s","title":"T"}""", "DefinitionNotVisible")]
    [InlineData(200, """{"space_id":"s","serialized_space":null}""", "DefinitionNotVisible")]
    [InlineData(200, """{"space_id":"s","serialized_space":[]}""", "DefinitionNotVisible")]
    [InlineData(200, """{"space_id":"s","serialized_space":"{ oops"}""", "UnreadableDefinition")]
    [InlineData(200, """{"space_id":"s","serialized_space":""}""", "UnreadableDefinition")]
    [InlineData(200, """{"space_id":"s","serialized_space":"7"}""", "UnreadableDefinition")]
    [InlineData(200, """{"space_id":"s","serialized_space":"{}"}""", "NoQuestionsOfSource")]
    [InlineData(200, "oops", "UnexpectedAnswer")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"no"}""", "DefinitionNotVisible")]
    [InlineData(403, """{"error_code":"403","message":"Invalid access token."}""", "WorkspaceRefusedToken")]
    [InlineData(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}""", "SpaceNotFound")]
    public async Task What_the_service_answers_instead_is_said(int status, string body, string errorId)
    {
        var service = new ScriptedService(_time);
        service.Answer((HttpStatusCode)status, body);
        using GenieApiClient client = Client(service);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => new SpaceQuestions(client).ReadAsync("s", new QuestionSelection([]), _warnings.Add, CancellationToken.None));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal("/api/2.0/genie/spaces/s?include_serialized_space=true", Assert.Single(service.Calls).Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_definition_is_read_whole_as_a_text_and_as_an_object(bool isText)
    {
        var questions = Enumerable.Range(0, 3000).Select(i => new { question = new[] { $"Question {i}", new string('?', 100) } });
        var definition = new { version = 2, config = new { sample_questions = questions } };
        var service = new ScriptedService(_time);
        service.Answer(HttpStatusCode.OK, JsonSerializer.Serialize(new
        {
            serialized_space = isText ? (object)JsonSerializer.Serialize(definition) : definition,
        }));
        using GenieApiClient client = Client(service);

        IReadOnlyList<Question> read = await new SpaceQuestions(client)
            .ReadAsync("s", new QuestionSelection([]), _warnings.Add, CancellationToken.None);
        Assert.Equal(3000, read.Count);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"no"}""")]
    [InlineData(200, """{"serialized_space":"{ oops"}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "oops")]
    public async Task A_fingerprint_that_cannot_be_had_costs_nothing(int status, string body)
    {
        var service = new ScriptedService(_time);
        service.Answer((HttpStatusCode)status, body);
        using GenieApiClient client = Client(service);
        RunConnection connection = new() { Name = "n", WorkspaceUrl = "https://workspace.example", SpaceId = "s" };

        Assert.Equal(connection, await new GenieConnector(client).WithFingerprintAsync(connection, CancellationToken.None));
        Assert.Single(service.Calls);
    }

    [Fact]
    public async Task Nobody_waits_more_than_five_seconds_for_a_fingerprint()
    {
        var service = new ScriptedService(_time);
        service.NeverAnswer();
        using GenieApiClient client = Client(service);
        RunConnection connection = new() { Name = "n", WorkspaceUrl = "https://workspace.example", SpaceId = "s" };
        DateTimeOffset start = _time.GetUtcNow();

        Assert.Equal(
            connection, await _time.Drive(() => new GenieConnector(client).WithFingerprintAsync(connection, CancellationToken.None)));
        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 1, 5.5);
    }

    private Task<IReadOnlyList<Question>> ReadAsync(GenieSimulator simulator, params string[] origins)
    {
        var client = new GenieApiClient(
            simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), _time,
            handler: simulator.CreateHandler());
        return _time.Drive(() => new SpaceQuestions(client)
            .ReadAsync(simulator.SpaceId, new QuestionSelection(origins), _warnings.Add, CancellationToken.None));
    }

    private GenieApiClient Client(ScriptedService service) => new(
        new Uri("https://workspace.example"), TokenCredential.Create("t", "test"),
        new GenieClientOptions { Retry = new RetryOptions { MaximumRetries = 0 } }, _time, handler: service);
}
