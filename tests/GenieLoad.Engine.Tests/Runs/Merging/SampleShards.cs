using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Merging;

/// <summary>Folders of shards as their runs leave them, and of the same test run in one piece.</summary>
internal sealed class SampleShards : IDisposable
{
    public const int QuestionCount = 40;

    private static readonly string[] Names = ["westeurope", "eastus", "japaneast", "onpremises"];

    private readonly TemporaryFolder _folder = new();

    public SampleShards(int questionCount = QuestionCount)
    {
        Plan plan = SampleRun.Plan(questionCount);
        plan = plan with
        {
            DurationSeconds = questionCount / 2.0,
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select(question => question with
            {
                QuestionId = $"q{1 + (question.Index % 5)}", Text = $"Question {1 + (question.Index % 5)}?",
                Conversation = question.Index % 3 == 0 ? $"talk{question.Index / 6}" : null,
            })]),
        };
        Plan = plan with { Hash = PlanHash.Of(plan) };
        Store = new RunStore(_folder.File("store"));
    }

    public Plan Plan { get; }

    public RunStore Store { get; }

    public string Root => _folder.Path;

    public static string PlaceOf(int number) => Names[(number - 1) % Names.Length];

    public static string IdOf(int number) => FormattableString.Invariant($"20261123-192455-high_load-000{number}");

    public string PathOf(int number) => _folder.File(Path.Combine("shards", IdOf(number)));

    public string File(string name) => _folder.File(name);

    /// <summary>The row of a question, whoever asks it.</summary>
    public QuestionResult Row(int index)
    {
        PlannedQuestion planned = Plan.Questions[index - 1];
        double seconds = 1 + (index * 37 % 101 / 10.0);
        QuestionResult row = index % 10 == 7
            ? SampleRun.Failure(index, Outcome.Failed, "SQL_EXECUTION_EXCEPTION", "It failed.") with
            {
                StartedAt = SampleRun.StartedAt.AddSeconds((index - 1) * 0.5), StartedOffsetSeconds = (index - 1) * 0.5, Attempts = 1,
                CompletedOffsetSeconds = (index - 1) * 0.5 + seconds,
                CompletedAt = SampleRun.StartedAt.AddSeconds((index - 1) * 0.5 + seconds),
            }
            : SampleRun.Success(index, seconds);
        return row with
        {
            QuestionId = planned.QuestionId, Question = planned.Text, Connection = "default", Turn = planned.Turn,
            Sends = FormattableString.Invariant($"{(index - 1) * 0.5:0.###}-{(index - 1) * 0.5 + 0.1:0.###}=200"),
        };
    }

    public RunHeader Header(int number, int count) => SampleRun.Header(IdOf(number)) with
    {
        PlanHash = Plan.Hash, Shard = $"{number}/{count}", Place = PlaceOf(number), StartLagSeconds = 0.01 * number,
        Connections = new([new RunConnection
        {
            Name = "default", WorkspaceUrl = "https://adb-1.2.azuredatabricks.net", SpaceId = "01ef", IsSimulator = true,
            Credential = $"token of {PlaceOf(number)}", QuestionCount = 1,
        }]),
    };

    public RunStatus Status(IEnumerable<QuestionResult> rows, string state = RunState.Completed)
    {
        double total = rows.Max(row => row.CompletedOffsetSeconds) ?? 0;
        return new RunStatus(state, SampleRun.StartedAt.AddSeconds(total), total) { Generator = SampleRun.Generator };
    }

    /// <summary>The questions of a shard.</summary>
    public int[] IndexesOf(int number, int count)
    {
        int[] numbers = PlanShards.NumbersOf(Plan, count);
        return [.. Plan.Questions.Where((_, place) => numbers[place] == number).Select(question => question.Index)];
    }

    /// <summary>Writes the folder of a shard.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="count">Number of shards.</param>
    /// <param name="header">What is different of its header.</param>
    /// <param name="row">What is different of a row; <see langword="null"/> for one that is not written.</param>
    /// <param name="status">What is different of how it ended; <see langword="null"/> for one that died.</param>
    /// <param name="path">Where, if not at its usual place.</param>
    /// <param name="plan">What it keeps as its plan.</param>
    public async Task<string> WriteAsync(
        int number, int count, Func<RunHeader, RunHeader>? header = null, Func<QuestionResult, QuestionResult?>? row = null,
        Func<RunStatus, RunStatus?>? status = null, string? path = null, Plan? plan = null)
    {
        path ??= PathOf(number);
        RunHeader own = Header(number, count);
        QuestionResult[] rows =
            [.. IndexesOf(number, count).Select(Row).Select(one => row is null ? one : row(one)).OfType<QuestionResult>()];
        await using RunJournal journal = RunJournal.Open(
            new RunFolder(path), header is null ? own : header(own), plan ?? Plan);
        foreach (QuestionResult one in rows)
        {
            if (one.StartedOffsetSeconds is double started)
                await journal.Started(one.Index, started);
            journal.Append(one, SampleRun.Responses($$"""{"id":"m{{one.Index}}"}"""));
        }
        RunStatus? end = Status(rows);
        end = status is null ? end : status(end);
        if (end is not null)
            await journal.CompleteAsync(end);
        return path;
    }

    public async Task<string[]> WriteAllAsync(int count)
    {
        List<string> paths = [];
        for (int number = 1; number <= count; number++)
            paths.Add(await WriteAsync(number, count));
        return [.. paths];
    }

    /// <summary>The same test in one piece.</summary>
    public LoadRun Whole()
    {
        QuestionResult[] rows = [.. Plan.Questions.Select(question => Row(question.Index))];
        return RunSummarizer.Summarize(Header(1, 1) with { Shard = null, Place = null, StartLagSeconds = null }, Plan, rows, Status(rows));
    }

    public LoadRun Merge(IEnumerable<string> paths, bool replaces = false, List<string>? warnings = null)
    {
        using RunMerge merge = RunMerge.Of(paths, Store, warnings is null ? null : warnings.Add);
        return merge.Carry(replaces);
    }

    public void Dispose() => _folder.Dispose();
}
