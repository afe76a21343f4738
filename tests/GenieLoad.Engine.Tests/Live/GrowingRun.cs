using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>A run in a folder of its own, as a process that carries it out leaves it from answer to answer.</summary>
internal sealed class GrowingRun : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RunJournal _journal;
    private readonly Plan _plan;
    private readonly List<QuestionResult> _rows = [];

    public GrowingRun(int questions, string? thresholds = null, Func<PlannedQuestion, PlannedQuestion>? change = null)
    {
        Plan plan = SampleRun.Plan(questions);
        _plan = plan with
        {
            Thresholds = thresholds,
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select(question => change?.Invoke(question) ?? question)]),
        };
        Folder = new RunFolder(_temporary.File("20261123-192455-high_load-3f9a"));
        _journal = RunJournal.Open(Folder, SampleRun.Header(), _plan);
    }

    public RunFolder Folder { get; }

    public string Path => Folder.Path;

    /// <summary>Sends a question, which is then in flight.</summary>
    public async Task SendAsync(int index) => await _journal.Started(index, (index - 1) * 0.5);

    /// <summary>Ends questions, and waits until the folder says so.</summary>
    public async Task FinishAsync(params QuestionResult[] rows)
    {
        foreach (QuestionResult row in rows)
        {
            await SendAsync(row.Index);
            _journal.Append(row);
        }
        _rows.AddRange(rows);
        await Wait.Until(() => RunReader.Read(Path).Results.Count(row => row.CompletedOffsetSeconds is not null) == _rows.Count);
    }

    /// <summary>Ends the run.</summary>
    public async Task<LoadRun> EndAsync()
    {
        RunStatus status = new(RunState.Completed, SampleRun.StartedAt.AddSeconds(45.23), 45.23) { Generator = SampleRun.Generator };
        await _journal.CompleteAsync(status);
        await _journal.DisposeAsync();
        return RunSummarizer.Summarize(SampleRun.Header(), _plan, _rows, status, Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _temporary.Dispose();
    }
}
