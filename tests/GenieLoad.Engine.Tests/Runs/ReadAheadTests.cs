using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class ReadAheadTests : IDisposable
{
    private const int Runs = 60;

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private async Task<IReadOnlyList<StoredRun>> WriteRuns()
    {
        RunStore store = new(_temporary.Path);
        for (int run = 0; run < Runs; run++)
        {
            DateTime startedAt = SampleRun.StartedAt.AddMinutes(run);
            RunFolder folder = store.Create("high_load", startedAt);
            await using RunJournal journal = RunJournal.Open(
                folder, SampleRun.Header(folder.Name) with { StartedAt = startedAt }, SampleRun.Plan(1));
            journal.Append(SampleRun.Success(1, run));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, startedAt, run));
        }
        return store.List();
    }

    [Fact]
    public async Task Runs_come_in_their_order()
    {
        IReadOnlyList<StoredRun> stored = await WriteRuns();

        LoadRun[] runs = [.. ReadAhead.Of(stored).Select(reading => reading.Take())];

        Assert.Equal(stored.Select(run => run.RunId), runs.Select(run => run.RunId));
        Assert.Equal(Enumerable.Range(0, Runs).Reverse().Select(run => (double?)run), runs.Select(run => run.P50ResponseSeconds));
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_hides_no_other_and_warnings_are_told_where_it_is_taken()
    {
        IReadOnlyList<StoredRun> stored = await WriteRuns();
        File.WriteAllText(stored[3].Folder.PlanPath, "{");
        File.WriteAllText(stored[5].Folder.ResultsPath, "nonsense\n" + File.ReadAllText(stored[5].Folder.ResultsPath));
        int thread = Environment.CurrentManagedThreadId;
        List<(int Run, string Text)> told = [];
        List<int> read = [];

        foreach ((RunReading reading, int run) in ReadAhead.Of(stored).Select((reading, run) => (reading, run)))
        {
            try
            {
                reading.Take(text => told.Add((Environment.CurrentManagedThreadId == thread ? run : -1, text)));
                read.Add(run);
            }
            catch (GenieLoadException exception)
            {
                told.Add((run, exception.ErrorId));
            }
        }

        Assert.Equal(Enumerable.Range(0, Runs).Where(run => run != 3), read);
        Assert.Equal([(3, "RunUnreadable"), (5, $"Line 1 of '{stored[5].Folder.ResultsPath}' cannot be read; it was left out.")], told);
    }

    [Fact]
    public async Task Nothing_is_read_before_somebody_asks_and_little_before_somebody_needs_it()
    {
        IReadOnlyList<StoredRun> stored = await WriteRuns();
        int asked = 0;
        IEnumerable<RunReading> readings = ReadAhead.Of(stored.Select(run =>
        {
            asked++;
            return run;
        }));
        Assert.Equal(0, asked);

        Assert.Equal(stored[0].RunId, readings.First().Take().RunId);

        Assert.InRange(asked, 1, (4 * Environment.ProcessorCount) + 1);
    }
}
