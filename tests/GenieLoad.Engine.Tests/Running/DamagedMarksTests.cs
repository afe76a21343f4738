using System.Text.Json.Nodes;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>
/// Runs whose marks of sent questions a loss of power, or a hand, has damaged: nothing that may have been sent is asked again unasked for.
/// </summary>
public class DamagedMarksTests
{
    private static readonly Plan Forty = SimulatedRun.Plan(40, 80, workers: 40);

    public static TheoryData<string> Damages =>
        ["half", "half of its lines", "last line", "NUL tail", "NUL middle", "empty", "missing", "first lines"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Nothing_is_asked_twice_however_the_marks_are_damaged(string damage)
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        Damage(before.RunPath!, damage);

        var warnings = new List<string>();
        LoadRun after = await space.Resume(before, warnings: warnings);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.Contains(after.Results, row => row.Outcome == Outcome.Ambiguous);
        Assert.Contains(warnings, warning => warning.Contains("started.jsonl is incomplete", StringComparison.Ordinal));
        // What was not due yet cannot have been sent.
        Assert.All(after.Results.Where(row => row.PlannedOffsetSeconds > 25), row => Assert.Equal(Outcome.Completed, row.Outcome));
        RunReader.Read(after.RunPath!, warning => Assert.Fail(warning));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_rows_may_be_lost_as_well(string damage)
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        Damage(before.RunPath!, damage);
        File.WriteAllText(new RunFolder(before.RunPath!).ResultsPath, "");

        await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    /// <summary>Neither marks nor the lock file tell how far the run had come.</summary>
    [Fact]
    public async Task Where_nothing_tells_how_far_questions_were_sent_all_of_them_may_have_been()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        Damage(before.RunPath!, "empty");
        File.Delete(new RunFolder(before.RunPath!).LockPath);

        LoadRun after = await space.Resume(before);

        Assert.DoesNotContain(space.Truth.AcceptedByQuestion, question => question.Value > 1);
        Assert.All(after.Results.Where(row => !row.Success), row => Assert.Equal(Outcome.Ambiguous, row.Outcome));
        Assert.Equal(before.SuccessfulCount, after.SuccessfulCount);
    }

    [Fact]
    public async Task They_are_asked_again_on_request()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        Damage(before.RunPath!, "half");

        LoadRun after = await space.Resume(before, resendAmbiguous: true);

        Assert.All(after.Results, row => Assert.True(row.Success, row.ErrorText));
    }

    [Fact]
    public async Task What_may_have_been_sent_stays_so_when_its_resumption_is_interrupted_too()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        Damage(before.RunPath!, "half");
        using (UnfinishedRun unfinished = UnfinishedRun.Take(before.RunPath!))
        {
            // The process dies as soon as the journal is open.
            await using RunJournal journal = RunJournal.Reopen(unfinished, unfinished.Header, unfinished.Settings, space.Time);
        }

        LoadRun after = await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.All(after.Results.Where(row => row.PlannedOffsetSeconds > 25), row => Assert.Equal(Outcome.Completed, row.Outcome));
    }

    [Fact]
    public async Task A_run_that_was_stopped_in_order_knows_when_marks_are_missing()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        var folder = new RunFolder(before.RunPath!);
        File.WriteAllText(folder.ResultsPath, "");
        Damage(folder.Path, "half of its lines");
        // The manifest knows without it.
        File.Delete(folder.LockPath);

        await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    /// <summary>A folder as earlier versions wrote it: no counts, and an empty lock file.</summary>
    [Fact]
    public async Task A_run_of_a_version_that_did_not_count_is_resumed_and_counted_from_then_on()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        var folder = new RunFolder(before.RunPath!);
        WithoutCounts(folder);

        LoadRun after = await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.All(after.Results, row => Assert.True(row.Success, row.ErrorText));
        Assert.StartsWith("""{"index":0,"sent":0}""", File.ReadAllText(folder.StartedPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("NUL tail")]
    [InlineData("empty")]
    [InlineData("missing")]
    [InlineData("all but two lines")]
    [InlineData("empty", true)]
    [InlineData("missing", true)]
    public async Task Its_damage_is_seen_too(string damage, bool withoutRows = false)
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await Died(space);
        WithoutCounts(new RunFolder(before.RunPath!));
        Damage(before.RunPath!, damage);
        if (withoutRows)
            File.WriteAllText(new RunFolder(before.RunPath!).ResultsPath, "");

        await space.Resume(before);

        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    private static async Task<LoadRun> Died(LastingSpace space)
    {
        LoadRun run = await space.RunAndStop(Forty, afterSeconds: 20);
        DeadRun.Kill(run.RunPath!, withoutRowsOf: [.. run.Results.Where(row => !row.Success).Select(row => row.Index)], withoutIdsOf: 0);
        return run;
    }

    private static void WithoutCounts(RunFolder folder)
    {
        File.WriteAllText(folder.LockPath, "");
        IEnumerable<JsonObject> marks = File.ReadAllLines(folder.StartedPath).Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(mark => (int)mark["index"]! > 0);
        File.WriteAllText(folder.StartedPath,
            string.Concat(marks.Select(mark => mark.Remove("sent") ? mark.ToJsonString() + "\n" : mark.ToJsonString() + "\n")));
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(folder.ManifestPath))!.AsObject();
        manifest.Remove("sentCount");
        manifest["header"]!.AsObject().Remove("planHash");
        File.WriteAllText(folder.ManifestPath, manifest.ToJsonString());
    }

    private static void Damage(string path, string damage)
    {
        string file = new RunFolder(path).StartedPath;
        byte[] whole = File.ReadAllBytes(file);
        string[] lines = File.ReadAllLines(file);
        switch (damage)
        {
            case "half":
                // Within a line: a file that does not count shows nothing where it is cut between two.
                int start = Array.IndexOf(whole, (byte)'\n', whole.Length / 2) + 1;
                File.WriteAllBytes(file, whole[..(start + 5)]);
                break;
            case "half of its lines":
                File.WriteAllText(file, string.Concat(lines.Take(lines.Length / 2).Select(line => line + "\n")));
                break;
            case "all but two lines":
                File.WriteAllText(file, string.Concat(lines.Take(2).Select(line => line + "\n")));
                break;
            case "last line":
                // Of a question that was sent, and what came after it.
                int last = Array.FindLastIndex(lines, line => line.Contains("sent", StringComparison.Ordinal));
                File.WriteAllText(file, string.Concat(lines.Take(last).Select(line => line + "\n")));
                break;
            case "NUL tail":
                whole.AsSpan(whole.Length / 2).Clear();
                File.WriteAllBytes(file, whole);
                break;
            case "NUL middle":
                whole.AsSpan(whole.Length / 3, whole.Length / 3).Clear();
                File.WriteAllBytes(file, whole);
                break;
            case "empty":
                File.WriteAllText(file, "");
                break;
            case "missing":
                File.Delete(file);
                break;
            default:
                File.WriteAllText(file, string.Concat(lines.Skip(lines.Length / 3).Select(line => line + "\n")));
                break;
        }
    }
}
