using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>What holds in every store alike: nothing is doubled, nothing is lost, what stops can go on.</summary>
public sealed class MlflowContractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Targets => MlflowTarget.All;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Exporting_again_completes_what_is_there_and_Force_begins_anew(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);
        LoadRun run = MlflowFixture.Run(_folder);
        MlflowExport first = await target.ExportAsync(run);

        MlflowExport second = await target.ExportAsync(run);

        Assert.Equal((first.ParentRunId, true, 0), (second.ParentRunId, second.Resumed, second.WrittenQuestionRunCount));
        Assert.Equal(7, (await target.SeeAsync()).Count);
        MlflowExport forced = await target.ExportAsync(
            run, options => new() { TrackingUri = options.TrackingUri, ExperimentName = options.ExperimentName, Force = true });
        Assert.NotEqual(first.ParentRunId, forced.ParentRunId);
        Assert.Equal(14, (await target.SeeAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_deleted_experiment_comes_back_with_what_was_in_it(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);
        LoadRun run = MlflowFixture.Run(_folder);
        MlflowExport first = await target.ExportAsync(run);
        await target.DeleteExperimentAsync();

        MlflowExport second = await target.ExportAsync(run);

        Assert.Equal((first.ExperimentId, first.ParentRunId, 0), (second.ExperimentId, second.ParentRunId, second.WrittenQuestionRunCount));
        Assert.Equal(7, (await target.SeeAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_stopped_export_leaves_its_parent_killed_and_the_next_one_completes_it(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);
        LoadRun run = MlflowFixture.Run(_folder);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.ExportAsync(
            run, report: progress =>
            {
                if (progress.Status.StartsWith("2 of 6 nested runs written", StringComparison.Ordinal))
                    stop.Cancel();
            },
            stop: stop.Token));

        IReadOnlyList<SeenRun> stopped = await target.SeeAsync();
        Assert.Equal("KILLED", Assert.Single(stopped, seen => seen.IsParent).Status);
        Assert.InRange(stopped.Count, 3, 6);
        MlflowExport export = await target.ExportAsync(run);
        Assert.Equal((true, true), (export.Resumed, export.Verified));
        IReadOnlyList<SeenRun> whole = await target.SeeAsync();
        Assert.Equal(7, whole.Count);
        Assert.Equal("FINISHED", Assert.Single(whole, seen => seen.IsParent).Status);
        Assert.Equal(7, whole.Select(seen => seen.Name).Distinct().Count());
        Assert.Equal(4, whole.Count(seen => seen.Files.ContainsKey("response.json")));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_long_question_is_cut_with_its_full_text_in_a_file(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);

        MlflowExport export = await target.ExportAsync(MlflowFixture.Run(_folder, change: MlflowFixture.WithLongQuestion));

        Assert.Equal((true, 1), (export.Verified, export.WarningCount));
        SeenRun child = Assert.Single(await target.SeeAsync(), seen => seen.Name == "question_1");
        Assert.EndsWith("ä…", child.Params["question"], StringComparison.Ordinal);
        Assert.Contains(MlflowFixture.LongQuestion, System.Text.Encoding.UTF8.GetString(child.Files["long-values.json"]),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_run_with_other_values_is_told_and_not_mixed(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);
        await target.ExportAsync(MlflowFixture.Run(_folder));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => target.ExportAsync(
            MlflowFixture.Run(_folder, change: rows => [.. rows.Take(4), SampleRun.Failure(5, Outcome.Failed, "OTHER")])));

        Assert.Equal("MlflowRunDiffers", error.ErrorId);
        Assert.Equal(7, (await target.SeeAsync()).Count);
    }
}
