using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public sealed class BaselineRunTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _warnings = [];

    private RunStore Store => new(_temporary.Path);

    public static TheoryData<string> Differences => ["questions", "workers", "arrival", "duration", "users", "pace", "mode"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task The_newest_run_of_the_same_load_is_compared_not_the_newest_of_all(string difference)
    {
        LoadRun same = await Written(0, SampleRun.Plan(3));
        await Written(1, Other(difference));
        LoadRun latest = await Written(2, SampleRun.Plan(3));

        Assert.Equal(same.RunId, BaselineRun.Previous(Store, latest, _warnings.Add).RunId);
        Assert.Equal(latest.RunId, BaselineRun.Latest(Store, [], _warnings.Add).RunId);
        await Written(3, Other(difference));
        Assert.Equal(latest.RunId, BaselineRun.Latest(Store, [same], _warnings.Add).RunId);
        Assert.Empty(_warnings);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Without_one_the_newest_is_compared_and_both_are_named_with_their_loads(string difference)
    {
        await Written(0, Other(difference));
        LoadRun other = await Written(1, Other(difference));
        LoadRun latest = await Written(2, SampleRun.Plan(3));

        Assert.Equal(other.RunId, BaselineRun.Previous(Store, latest, _warnings.Add).RunId);
        string warning = Assert.Single(_warnings);
        Assert.Contains($"has the load of {latest.RunId} (3 questions, 10 workers, Even, 30 s). ", warning, StringComparison.Ordinal);
        Assert.Contains($"It is compared with {other.RunId} (", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_read_from_its_folder_its_file_or_an_export_and_no_secret_comes_with_it()
    {
        LoadRun run = await Written(0, SampleRun.Plan(3));
        string folder = Store.Find(run.RunId).Path, export = _temporary.File("run.json");
        LoadRun exported = run with
        {
            Results = new RowList<QuestionResult>(
                [run.Results[0] with { Answer = "dapi0123456789abcdef0123456789abcdef" }, .. run.Results.Skip(1)]),
        };
        GenieLoad.Engine.Reports.RunExport.Write(exported, export, overwrite: false);

        Assert.Equal(run.RunId, BaselineRun.Read(folder).RunId);
        Assert.Equal(run.RunId, BaselineRun.Read(Path.Combine(folder, "run.json")).RunId);
        Assert.Equal("***", BaselineRun.Read(export).Results[0].Answer);
        Assert.Throws<ArgumentException>(() => BaselineRun.Read(" "));
    }

    [Fact]
    public async Task Where_there_is_none_the_error_says_of_which_run()
    {
        Assert.Equal("NoRunToCompare", Assert.Throws<GenieLoadException>(() => BaselineRun.Latest(Store, [])).ErrorId);
        LoadRun only = await Written(0, SampleRun.Plan(3));

        Assert.Equal("NoEarlierRun", Assert.Throws<GenieLoadException>(() => BaselineRun.Previous(Store, only)).ErrorId);
        Assert.Equal("NoRunToCompare", Assert.Throws<GenieLoadException>(() => BaselineRun.Latest(Store, [only])).ErrorId);
        Assert.Equal(only.RunId, BaselineRun.Latest(Store, [only with { RunId = "another" }]).RunId);
        Assert.Equal("NoRunToCompare", Assert.Throws<GenieLoadException>(
            () => BaselineRun.Latest(Store, [only with { RunId = "another", ScenarioName = "another" }])).ErrorId);
        Assert.Equal("NoEarlierRun", Assert.Throws<GenieLoadException>(
            () => BaselineRun.Previous(Store, only with { RunId = "another" })).ErrorId);
    }

    public void Dispose() => _temporary.Dispose();

    private static Plan Other(string difference)
    {
        Plan plan = SampleRun.Plan(3);
        return difference switch
        {
            "questions" => SampleRun.Plan(4),
            "workers" => plan with { WorkerCount = plan.WorkerCount + 1 },
            "arrival" => plan with { Arrival = ArrivalShape.Poisson },
            "duration" => plan with { DurationSeconds = 99 },
            "users" => plan with { UserCount = 2 },
            "mode" => SampleRun.InModes(plan, QuestionMode.Agent),
            _ => plan with { QuestionsPerMinute = 12 },
        };
    }

    private async Task<LoadRun> Written(int hour, Plan plan)
    {
        DateTime startedAt = SampleRun.StartedAt.AddHours(hour);
        RunFolder folder = Store.Create("a", startedAt);
        RunHeader header = SampleRun.Header(folder.Name) with { StartedAt = startedAt, PlanHash = null };
        await using RunJournal journal = RunJournal.Open(folder, header, plan with { Hash = null }, null);
        foreach (PlannedQuestion question in plan.Questions)
            journal.Append(SampleRun.Success(question.Index, 2));
        await journal.CompleteAsync(new RunStatus(RunState.Completed, startedAt.AddMinutes(1), 60));
        return RunReader.Read(folder.Path);
    }
}
