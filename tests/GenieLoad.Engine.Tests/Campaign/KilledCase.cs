using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>A load test in a process of its own that dies under way. The same seed, the same case, in both processes.</summary>
internal sealed class KilledCase
{
    private const int Questions = 30;

    public KilledCase(int seed)
    {
        var random = SeededRandom.For(seed, "kill", 0);
        bool isAgent = seed % 2 == 0;
        // Each question makes some ten events: calls sent, calls answered, a row. In agent mode it is one call.
        DiesAtEvent = 1 + random.NextInt32(random.NextDouble() < 0.5 ? 40 : isAgent ? 90 : 300);
        ByItself = random.NextDouble() < 0.7;
        Simulator = new SimulatorOptions
        {
            Seed = seed, TimeScale = 40, CallSeconds = 0.4 * random.NextDouble(),
            RateLimitPerMinute = random.NextDouble() < 0.3 ? 400 : null,
            RateLimitBurst = 10, RetryAfter = RetryAfterForm.None, ServerErrorShare = 0.1 * random.NextDouble(),
            ResetShare = 0.1 * random.NextDouble(),
            FailedShare = 0.1, ResultChunkCount = 2,
        };
        Scenario scenario = ScenarioDraft.FromDictionary(new Dictionary<string, object?>
        {
            ["name"] = "killed", ["questionCount"] = Questions, ["duration"] = 0.5 * random.NextDouble(),
            ["workerCount"] = 4 + random.NextInt32(10),
            ["turnsPerConversation"] = 1 + random.NextInt32(3), ["mode"] = isAgent ? "Agent" : "Chat",
        }).ToScenario();
        Plan = PlanBuilder.Build(
            scenario, QuestionList.FromTexts(["How many?", "Which?"]), new PlanOptions { Seed = seed, UniqueQuestion = true });
    }

    /// <summary>Which event it does not survive.</summary>
    public int DiesAtEvent { get; }

    /// <summary>Whether it dies on the spot, or when somebody who hears of the event kills it.</summary>
    public bool ByItself { get; }

    public SimulatorOptions Simulator { get; }

    public Plan Plan { get; }

    /// <summary>A client that tries again until a call succeeds.</summary>
    public static GenieApiClient Client(Uri address, string token, HttpMessageHandler? handler = null)
    {
        var retry = new RetryOptions { BaseSeconds = 0.01, CapSeconds = 0.1, JitterSeconds = 0.05, MaximumRetries = 10 };
        return new GenieApiClient(
            address, TokenCredential.Create(token, "campaign"), new GenieClientOptions { Retry = retry }, handler: handler);
    }

    /// <summary>How the questions are walked: fast, as the simulator is.</summary>
    public static LoadTestOptions Options { get; } = new()
    {
        QuestionTimeoutSeconds = 20, Poll = new PollOptions { FirstSeconds = 0.05, MaximumSeconds = 0.1, LateMaximumSeconds = 0.1 },
    };
}
