using System.Globalization;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>One load test of the campaign, with all that goes wrong in it. The same seed, the same case.</summary>
internal sealed class CampaignCase
{
    // Without 501, after which nobody has taken the question.
    private static readonly int[] ServerErrors = [503, 503, 503, 500, 502, 504, 520];

    // By turns, so that the fewest runs have all of them.
    private static readonly string[] Modes = ["Chat", "Agent", "Chat, Agent"];

    private readonly SeededRandom _random;

    public CampaignCase(int seed)
    {
        Seed = seed;
        _random = SeededRandom.For(seed, "campaign", 0);
        Plan = DrawPlan();
        Simulator = DrawSimulator();
        Network = new NetworkTrouble
        {
            DnsShare = Sometimes(0.05), TlsShare = Sometimes(0.03), ConnectShare = Sometimes(0.05), CutShare = Sometimes(0.05),
            PageShare = Sometimes(0.03),
            SilenceShare = Sometimes(0.02), OfflineFrom = _random.NextDouble() < 0.2 ? Between(1, 40) : null, OfflineFor = Between(0.5, 90),
        };
        Options = new LoadTestOptions { QuestionTimeoutSeconds = Between(5, 60), RefreshExpired = Chance(0.5), ReadResult = Chance(0.8) };
        if (Chance(0.3))
            Options = Options with { StreamIdleSeconds = Between(1, 10) };
        Retry = new RetryOptions { MaximumRetries = _random.NextInt32(6), ResendAmbiguous = Chance(0.25),
            RetryAfterLimitSeconds = Between(5, 120) };
        StopAfterSeconds = Chance(0.25) ? Between(0.1, 45) : null;
        ByOAuth = Chance(0.3);
        RevokeAfterSeconds = ByOAuth && Chance(0.5) ? Between(1, 30) : null;
        ClockSteps = Chance(0.3) ? [.. Enumerable.Range(0, 3).Select(_ => (Between(1, 40), Between(-7200, 7200)))] : [];
    }

    public int Seed { get; }

    public Plan Plan { get; }

    public SimulatorOptions Simulator { get; }

    public NetworkTrouble Network { get; }

    public LoadTestOptions Options { get; }

    public RetryOptions Retry { get; }

    /// <summary>When its user stops it.</summary>
    public double? StopAfterSeconds { get; }

    public bool ByOAuth { get; }

    /// <summary>When all tokens become invalid.</summary>
    public double? RevokeAfterSeconds { get; }

    /// <summary>When the wall clock is set, and by how much.</summary>
    public IReadOnlyList<(double At, double Seconds)> ClockSteps { get; }

    private Plan DrawPlan()
    {
        int questions = 5 + _random.NextInt32(40);
        var fields = new Dictionary<string, object?> { ["name"] = "campaign", ["questionCount"] = questions,
            ["workerCount"] = 1 + _random.NextInt32(20), ["mode"] = Modes[Seed % Modes.Length] };
        switch (_random.NextInt32(6))
        {
            case 0:
                break;
            case 1:
                fields["rate"] = string.Create(CultureInfo.InvariantCulture, $"{Between(0.2, 5):0.##}/s");
                fields["arrival"] = "Poisson";
                break;
            case 2:
                fields.Remove("workerCount");
                fields.Remove("questionCount");
                (fields["userCount"], fields["questionsPerUser"]) = (1 + _random.NextInt32(8), 1 + _random.NextInt32(5));
                fields["thinkTime"] = "1s-5s";
                break;
            default:
                fields["duration"] = Between(1, 40);
                break;
        }
        if (Chance(0.3) && fields.ContainsKey("questionCount"))
            fields["turnsPerConversation"] = 1 + _random.NextInt32(4);
        if (Chance(0.2))
            fields["questionsPerMinute"] = Between(20, 200);
        if (Chance(0.15) && !fields.ContainsKey("userCount"))
            fields["overflow"] = "Shed";
        if (Chance(0.2) && fields.ContainsKey("questionCount"))
            fields["warmUpCount"] = 1 + _random.NextInt32(4);
        Scenario scenario = ScenarioDraft.FromDictionary(fields).ToScenario();
        IReadOnlyList<Question> list = QuestionList.FromTexts(Enumerable.Range(1, 7).Select(number => $"Question number {number}?"));
        return PlanBuilder.Build(scenario, list, new PlanOptions { Seed = Seed, UniqueQuestion = true });
    }

    private SimulatorOptions DrawSimulator() => new()
    {
        Seed = Seed, CallSeconds = Between(0, 0.5), ColdWarehouseSeconds = Chance(0.2) ? Between(1, 60) : null,
        RateLimitPerMinute = Chance(0.5) ? Between(5, 100) : null, RateLimitBurst = 1 + _random.NextInt32(10),
        RetryAfter = (RetryAfterForm)_random.NextInt32(Enum.GetValues<RetryAfterForm>().Length),
        RetryAfterSeconds = Chance(0.5) ? Between(0, 90) : null,
        FailedShare = Sometimes(0.2), RateLimitedMessageShare = Sometimes(0.2), CancelledShare = Sometimes(0.1),
        ExpiredShare = Sometimes(0.3),
        TextOnlyShare = Sometimes(0.3), ClarificationShare = Sometimes(0.1), RegenerateShare = Sometimes(0.3),
        UnknownStatusShare = Sometimes(0.3),
        ResultChunkCount = 1 + _random.NextInt32(3), ServerErrorShare = Sometimes(0.15),
        ServerErrorStatus = ServerErrors[_random.NextInt32(ServerErrors.Length)],
        ServerErrorRetryAfterSeconds = Chance(0.3) ? Between(0, 20) : null, HtmlErrorShare = Sometimes(0.1), ResetShare = Sometimes(0.1),
        BodyResetShare = Sometimes(0.1), SlowBodyShare = Sometimes(0.1), SlowBodySeconds = Between(0.1, 40),
        MalformedJsonShare = Sometimes(0.1),
        FreezeAtSeconds = Chance(0.15) ? Between(1, 30) : null, FreezeForSeconds = Between(1, 60),
        TokenLifetimeSeconds = 30 + _random.NextInt32(600),
        AgentAcknowledgeSeconds = Between(0, 2), AgentThinkingSeconds = Between(0.1, 3), AgentWritingSeconds = Between(0.1, 3),
        AgentStatementCount = 1 + _random.NextInt32(4), AgentParallelShare = Sometimes(0.5), AgentIncompleteShare = Sometimes(0.1),
        AgentTruncatedShare = Sometimes(0.3), AgentRepeatedItems = Chance(0.5), AgentKeepAliveSeconds = Between(0.5, 10),
    };

    private bool Chance(double share) => _random.NextDouble() < share;

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>Every other time nothing, else up to the share given.</summary>
    private double Sometimes(double most) => Chance(0.5) ? 0 : most * _random.NextDouble();
}
