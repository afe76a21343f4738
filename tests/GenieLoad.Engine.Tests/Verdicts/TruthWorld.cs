using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>A world that runs are drawn from: ten questions of medians between 6 and 28.5 s, and what makes their answers differ.</summary>
/// <param name="Name">Its name in tables.</param>
internal sealed record TruthWorld(string Name)
{
    private const int Questions = 10;
    private const double Sigma = 0.35;
    private static readonly DateTime Start = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>The worlds, in the order of the tables.</summary>
    public static IReadOnlyList<TruthWorld> All { get; } =
    [
        new("independent"),
        new("AR 0.5") { Carried = 0.5 },
        new("AR 0.8") { Carried = 0.8 },
        new("queue 0.7") { Utilisation = 0.7 },
        new("queue 0.95") { Utilisation = 0.95 },
        new("conversations") { Turns = 4 },
        new("ties") { Grid = 5 },
        new("Pareto 1.5") { IsPareto = true },
        new("30 % failures") { FailureShare = 0.3 },
        new("429s") { ThrottledShare = 0.2 },
        new("other mix") { HasOtherMix = true },
        new("a question missing") { IsQuestionMissing = true },
    ];

    /// <summary>Whether answers hang on those before them.</summary>
    public bool IsDependent => Carried > 0 || Utilisation > 0;

    private double Carried { get; init; }

    private double Utilisation { get; init; }

    private int Turns { get; init; } = 1;

    private double Grid { get; init; }

    private bool IsPareto { get; init; }

    private double FailureShare { get; init; }

    private double ThrottledShare { get; init; }

    private bool HasOtherMix { get; init; }

    private bool IsQuestionMissing { get; init; }

    public static TruthWorld Find(string name) => All.Single(world => world.Name == name);

    /// <summary>Draws a run.</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="count">Questions.</param>
    /// <param name="isDifference">Whether it is of the difference side, which has the other mix.</param>
    /// <param name="factor">What service times are multiplied by.</param>
    public LoadRun Draw(int seed, int count, bool isDifference, double factor = 1)
    {
        SeededRandom random = SeededRandom.For(seed, Name, 0);
        double carried = random.NextNormal();
        double mood = 0;
        double due = 0;
        double[] free = new double[4];
        List<QuestionResult> rows = [];
        for (int i = 0; i < count; i++)
        {
            int question = Asked(i, isDifference, random);
            carried = (Carried * carried) + (Math.Sqrt(1 - (Carried * Carried)) * random.NextNormal());
            if (i % Turns == 0)
                mood = Turns == 1 ? 0 : 0.4 * random.NextNormal();
            // The mean of a log-normal time is the median times this.
            double mean = 17.25 * Math.Exp(Sigma * Sigma / 2);
            due += Utilisation > 0 ? -Math.Log(1 - random.NextDouble()) * mean / (4 * Utilisation) : 1;
            double noise = IsPareto ? Math.Pow(1 - random.NextDouble(), -1 / 1.5) : Math.Exp((Sigma * carried) + mood);
            double service = factor * (6 + (2.5 * question)) * noise;
            if (Grid > 0)
                service = Grid * Math.Max(1, Math.Round(service / Grid));
            double throttle = random.NextDouble() < ThrottledShare ? 5 + (10 * random.NextDouble()) : 0;
            double wait = Wait(free, due, service);
            rows.Add(Row(i, question, due, service, throttle, wait, random.NextDouble() < FailureShare));
        }

        return Run(seed, rows);
    }

    private double Wait(double[] free, double due, double service)
    {
        if (Utilisation <= 0)
            return 0;
        int next = Array.IndexOf(free, free.Min());
        double begin = Math.Max(due, free[next]);
        free[next] = begin + service;
        return begin - due;
    }

    private int Asked(int i, bool isDifference, SeededRandom random)
    {
        if (HasOtherMix)
        {
            // The slow half is asked by one in three on the one side, by two in three on the other.
            bool slow = random.NextDouble() < (isDifference ? 2 : 1) / 3.0;
            return random.NextInt32(Questions / 2) + (slow ? Questions / 2 : 0);
        }

        return i % Questions == Questions - 1 && IsQuestionMissing && isDifference ? 0 : i % Questions;
    }

    private QuestionResult Row(int i, int question, double due, double service, double throttle, double wait, bool failed)
    {
        double response = wait + throttle + service;
        return new QuestionResult
        {
            Index = i + 1, QuestionId = $"q{question + 1}", Question = $"Question {question + 1}?",
            Outcome = failed ? Outcome.Failed : Outcome.Completed,
            PlannedAt = Start.AddSeconds(due), PlannedOffsetSeconds = due, StartedOffsetSeconds = due,
            CompletedOffsetSeconds = due + response,
            ResponseSeconds = response, DurationSeconds = response - wait, ServiceSeconds = service, WaitSeconds = wait,
            ThrottleSeconds = throttle,
            AskingAiSeconds = service * 0.6, ExecutingQuerySeconds = service * 0.3, Turn = (i % Turns) + 1,
            ConversationId = Turns == 1 ? null : $"c{i / Turns}",
        };
    }

    private LoadRun Run(int seed, List<QuestionResult> rows)
    {
        RunHeader header = new()
        {
            RunId = FormattableString.Invariant($"20261123-120000-truth-{seed:x6}"), Name = "truth", ScenarioName = "truth",
            WorkspaceUrl = "https://example.net",
            SpaceId = "01ef", StartedAt = Start, GenieLoadVersion = "0.2.0",
        };
        Plan plan = new()
        {
            Name = "truth", ScenarioName = "truth", DurationSeconds = rows.Count, WorkerCount = 4, Seed = seed,
            Questions = new RowList<PlannedQuestion>([.. rows.Select(row => new PlannedQuestion
            {
                Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
                Conversation = Turns == 1 ? null : row.ConversationId, Turn = row.Turn,
            })]),
        };
        return RunSummarizer.Summarize(header, plan, rows, new RunStatus(RunState.Completed, Start.AddSeconds(rows.Count), rows.Count));
    }
}
