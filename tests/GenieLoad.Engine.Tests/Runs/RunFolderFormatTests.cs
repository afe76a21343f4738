using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
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
        Assert.Equal("Stopped by the user.", run.StateReason);
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

    /// <summary>Version 0.1 kept what a service repeated. Nobody knows those secrets by value any more; their forms are known.</summary>
    [Fact]
    public void What_version_0_1_kept_of_secrets_is_not_handed_out()
    {
        const string Token = "dapi0123456789abcdef0123456789abcdef";
        const string Proxy = "http://user:hush-hush@10.0.0.1:3128";
        using TemporaryFolder temporary = new();
        foreach (string file in Directory.EnumerateFiles(FixturePath()))
            File.Copy(file, temporary.File(Path.GetFileName(file)));
        string rows = temporary.File("results.jsonl");
        File.WriteAllText(rows, File.ReadAllText(rows)
            .Replace("=SUM adds up cells. What would you like to know?", $"your token is {Token}", StringComparison.Ordinal)
            .Replace("\"questionId\":\"q2\",", $"\"questionId\":\"q2\",\"sql\":\"SELECT '{Token}'\",", StringComparison.Ordinal)
            .Replace("[TABLE_OR_VIEW_NOT_FOUND]", $"proxy {Proxy} refused", StringComparison.Ordinal));
        string manifest = temporary.File("run.json");
        const string reason = "Stopped by the user.";
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(reason, $"{reason} {Token}", StringComparison.Ordinal));

        LoadRun run = RunReader.Read(temporary.Path, warning => Assert.Fail(warning));

        Assert.Equal(("your token is ***", "SELECT '***'"), (run.Results[1].Answer, run.Results[1].Sql));
        Assert.StartsWith("proxy http://user:***@10.0.0.1:3128 refused", run.Results[2].ErrorText, StringComparison.Ordinal);
        Assert.Equal("Stopped by the user. ***", run.StateReason);
        Assert.Equal("=SUM(A1:A9) is what I typed, what does it mean?", run.Results[1].Question);
        using TemporaryFolder elsewhere = new();
        string exported = elsewhere.File("exported.json");
        RowList<QuestionResult> repeating = new([.. run.Results.Select(row => row with { Answer = $"again {Token}" })]);
        RunExport.Write(run with { Results = repeating }, exported, overwrite: false);
        Assert.All(BaselineRun.Read(exported).Results, row => Assert.Equal("again ***", row.Answer));
    }

    private static string FixturePath() => Path.Combine(AppContext.BaseDirectory, "fixtures", "runs", "20261123-192455-high_load-3f9a");
}
