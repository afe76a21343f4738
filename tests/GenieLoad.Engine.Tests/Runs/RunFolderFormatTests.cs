using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>A folder of format 1, as version 0.1.0 wrote it, that every later version has to read.</summary>
public class RunFolderFormatTests
{
    [Fact]
    public void A_folder_of_format_1_reads_as_it_was_meant()
    {
        LoadRun run = RunReader.Read(FixturePath(), warning => Assert.Fail(warning));

        Assert.Equal("high_load_6q_3s", run.Name);
        Assert.Equal(RunState.Stopped, run.State);
        Assert.Equal("Stopped by its user.", run.StateReason);
        Assert.Equal(14.5, run.TotalDurationSeconds);
        Assert.Equal(42, run.Seed);
        Assert.Equal(
            [Outcome.Completed, Outcome.Completed, Outcome.Failed, Outcome.Completed, Outcome.Interrupted, Outcome.NotStarted],
            run.Results.Select(row => row.Outcome));
        Assert.Equal(5.001, run.P50ResponseSeconds!.Value, precision: 9);
        Assert.Equal(3.5, run.ThrottleSeconds);
        Assert.Equal("Net sales per month, \"Größe\" and region?\nSorted by region, please.", run.Results[2].Question);
        Assert.Equal("m5", run.Results[4].MessageId);
    }

    private static string FixturePath() => Path.Combine(AppContext.BaseDirectory, "fixtures", "runs", "20261123-192455-high_load-3f9a");
}
