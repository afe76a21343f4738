using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Changes read from a folder or an export, which may come from anywhere.</summary>
public sealed class SteeringFileTests : IDisposable
{
    private const string Token = "dapi0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_line_that_makes_no_sense_is_left_out_with_a_warning_and_the_rest_is_read()
    {
        var folder = new RunFolder(_temporary.Path);
        SteeringFile.Append(folder, new SteeringRecord(Guid.NewGuid(), Change("paused")));
        string good = File.ReadAllText(folder.SteeringPath);
        string[] bad =
        [
            good.Replace("\"paused\"", $"\"{new string('x', 201)}\"", StringComparison.Ordinal),
            good.Replace("\"paused\"", "null", StringComparison.Ordinal),
            good.Replace("\"offsetSeconds\":5", "\"offsetSeconds\":-1", StringComparison.Ordinal),
            good.Replace("\"offsetSeconds\":5", "\"offsetSeconds\":1e10", StringComparison.Ordinal),
            good.Replace("2026-11-23", "9999-11-23", StringComparison.Ordinal),
            good.Replace("2026-11-23", "0001-11-23", StringComparison.Ordinal),
            good.Replace("\"workerCount\":2", "\"workerCount\":0", StringComparison.Ordinal),
            good.Replace("\"questionsPerMinute\":7", "\"questionsPerMinute\":0", StringComparison.Ordinal),
            "{}\n",
            good[..30] + "\n",
        ];
        Assert.All(bad, line => Assert.NotEqual(good, line));
        File.WriteAllText(folder.SteeringPath, string.Concat(bad) + good + good[..30]);
        List<string> warnings = [];

        RunChange read = Assert.Single(SteeringFile.Read(folder, warnings.Add));

        Assert.Equal(Change("paused"), read);
        Assert.Equal(bad.Length + 1, warnings.Count);
        Assert.Contains("not written to its end", warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_and_what_steers_a_terminal_are_not_handed_out()
    {
        var folder = new RunFolder(_temporary.Path);
        var id = Guid.NewGuid();
        SteeringFile.Append(folder, new SteeringRecord(id, Change($"paused \u001b[31mby {Token}\nand more")));

        RunChange read = Assert.Single(SteeringFile.Read(folder, null));

        IsClean(read);
        Assert.Equal(read, SteeringFile.AnswerTo(id, folder));
    }

    [Fact]
    public void Those_of_an_export_neither_and_one_that_makes_no_sense_is_an_error()
    {
        IsClean(Assert.Single(Exported(Change($"paused \u001b[31mby {Token}\nand more")).Changes));

        foreach (RunChange bad in (RunChange[])[Change("x") with { OffsetSeconds = -1 }, Change(new string('x', 201))])
        {
            GenieLoadException error = Assert.Throws<GenieLoadException>(() => Exported(bad));
            Assert.Equal("BaselineUnreadable", error.ErrorId);
            Assert.Contains("a change of the run", error.Message, StringComparison.Ordinal);
        }
    }

    private static void IsClean(RunChange change)
    {
        Assert.DoesNotContain(Token, change.Change, StringComparison.Ordinal);
        Assert.DoesNotContain(change.Change, letter => char.IsControl(letter));
        Assert.StartsWith("paused ", change.Change, StringComparison.Ordinal);
        Assert.EndsWith("and more", change.Change, StringComparison.Ordinal);
    }

    private LoadRun Exported(RunChange change)
    {
        string path = _temporary.File("exported.json");
        RunExport.Write(
            SampleRun.Summarize(1, SampleRun.Success(1, 2)) with { Changes = new RowList<RunChange>([change]) }, path, overwrite: true);
        return BaselineRun.Read(path);
    }

    private static RunChange Change(string text) => new()
    {
        OffsetSeconds = 5, ChangedAt = SampleRun.StartedAt, Change = text, WorkerCount = 2, QuestionsPerMinute = 7,
    };
}
