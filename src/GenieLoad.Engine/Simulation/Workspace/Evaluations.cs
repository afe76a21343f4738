using System.Collections.Concurrent;
using System.Text.Json;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>
/// The evaluations of a workspace. Whether a benchmark is answered right is drawn from the seed, the benchmark and which evaluation of it
/// it is, and depends on the questions in progress when it is asked.
/// </summary>
internal sealed class Evaluations(SimulatorOptions options, SimulatorClock clock, SimulatorRecord record)
{
    public const string Good = "GOOD";
    public const string Bad = "BAD";
    public const string NeedsReview = "NEEDS_REVIEW";

    // Of the service; the simulator has no reason to go beyond.
    private const int AtOnce = 3;
    private const double StartSeconds = 0.5;

    private static readonly string[] Reasons =
    [
        "EMPTY_RESULT", "RESULT_MISSING_ROWS", "RESULT_EXTRA_ROWS", "RESULT_MISSING_COLUMNS", "SINGLE_CELL_DIFFERENCE",
        "LLM_JUDGE_MISSING_OR_INCORRECT_FILTER",
    ];

    private readonly ConcurrentDictionary<string, EvaluationRun> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _occurrences = new(StringComparer.Ordinal);
    private int _count;

    public EvaluationRun? Find(string id) => _runs.GetValueOrDefault(id);

    /// <summary>Evaluations of a space, the newest first.</summary>
    public IReadOnlyList<EvaluationRun> NewestFirst(string spaceId) =>
        [.. _runs.Values.Where(run => run.SpaceId == spaceId).OrderByDescending(run => run.Number)];

    /// <summary>The truth, in the order in which they were accepted.</summary>
    public IReadOnlyList<SimulatedEvaluation> ToRecord(long now) =>
        [.. _runs.Values.OrderBy(run => run.Number).Select(run => ToRecord(run, now))];

    /// <summary>Takes an evaluation of some of a space's benchmarks.</summary>
    public EvaluationRun Accept(SimulatedSpace space, IReadOnlyList<SimulatedBenchmark> benchmarks, long now)
    {
        int number = Interlocked.Increment(ref _count);
        SeededRandom ids = SeededRandom.For(options.Seed, "evaluation-id", number);
        long runsFrom = now + clock.ScaledTicks(StartSeconds);
        long[] free = [.. Enumerable.Repeat(runsFrom, AtOnce)];
        List<EvaluatedBenchmark> evaluated = [];
        string id = Hex.Draw(ids);
        foreach (SimulatedBenchmark benchmark in benchmarks)
        {
            int occurrence = _occurrences.AddOrUpdate(benchmark.Id, 1, static (_, count) => count + 1);
            SeededRandom random = SeededRandom.For(options.Seed, "evaluation", QuestionKeys.Of(benchmark.Id, occurrence));
            int place = Array.IndexOf(free, free.Min());
            long startsAt = free[place];
            free[place] += clock.LatencyTicks(options.EvaluationQuestionSeconds * Math.Exp(options.LatencySpread * random.NextNormal()));
            double luck = random.NextDouble();
            evaluated.Add(new EvaluatedBenchmark(
                Hex.Draw(ids), benchmark, startsAt, free[place], luck, Reasons[random.NextInt32(Reasons.Length)]));
        }
        var run = new EvaluationRun
        {
            Id = id,
            Number = number,
            SpaceId = space.Id,
            AcceptedAt = now,
            RunsFrom = runsFrom,
            EndsAt = options.EvaluationEnding == SimulatedEvaluationEnding.Done
                ? free.Max()
                : evaluated.Select(one => one.EndsAt).Order().ElementAt((evaluated.Count - 1) / 2),
            FinalStatus = options.EvaluationEnding switch
            {
                SimulatedEvaluationEnding.Failed => "EVALUATION_FAILED",
                SimulatedEvaluationEnding.Cancelled => "EVALUATION_CANCELLED",
                SimulatedEvaluationEnding.Timeout => "EVALUATION_TIMEOUT",
                _ => "DONE",
            },
            Benchmarks = evaluated,
        };
        _runs[id] = run;
        return run;
    }

    /// <summary>The verdict of a benchmark; <see langword="null"/> where there is none yet.</summary>
    public string? VerdictOf(EvaluationRun run, EvaluatedBenchmark one, long now)
    {
        if (!run.IsDoneAt(one, now))
            return null;
        if (!one.Benchmark.HasSql)
            return NeedsReview;
        bool isBusy = record.InProgressAt(one.StartsAt) >= options.EvaluationBusyFrom;
        double share = isBusy ? options.EvaluationBusyGoodShare ?? options.EvaluationGoodShare : options.EvaluationGoodShare;
        return one.Luck < share ? Good : Bad;
    }

    /// <summary>The benchmarks that a call names: all of them where it names none; <see langword="null"/> where one is not there.</summary>
    public static IReadOnlyList<SimulatedBenchmark>? Named(SpaceContent content, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("benchmark_question_ids", out JsonElement list) || list.GetArrayLength() == 0)
                return content.Benchmarks;
            HashSet<string?> ids = [.. list.EnumerateArray().Select(id => id.GetString())];
            SimulatedBenchmark[] found = [.. content.Benchmarks.Where(benchmark => ids.Contains(benchmark.Id))];
            return found.Length == ids.Count ? found : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private SimulatedEvaluation ToRecord(EvaluationRun run, long now) => new()
    {
        EvaluationId = run.Id,
        SpaceId = run.SpaceId,
        AcceptedAt = clock.Instant(run.AcceptedAt),
        EndedAt = clock.Instant(run.EndsAt),
        FinalStatus = run.FinalStatus,
        Verdicts =
        [
            .. run.Benchmarks.Select(one => new SimulatedVerdict
            {
                BenchmarkId = one.Benchmark.Id,
                Question = one.Benchmark.Question,
                StartedAt = clock.Instant(one.StartsAt),
                EndedAt = clock.Instant(one.EndsAt),
                InProgress = now < one.StartsAt ? null : record.InProgressAt(one.StartsAt),
                Verdict = VerdictOf(run, one, now),
            }),
        ],
    };
}
