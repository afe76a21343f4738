using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A run whose folder somebody takes away under way: what it asks from there on would be kept nowhere.</summary>
public class GoneFolderTests
{
    [Theory]
    [InlineData("deleted")]
    [InlineData("moved")]
    [InlineData("started.jsonl")]
    [InlineData("results.jsonl")]
    [InlineData("responses.jsonl")]
    [InlineData("events.log")]
    [InlineData("plan.json")]
    [InlineData("run.lock")]
    [InlineData("replaced")]
    public async Task It_stops_and_hands_over_what_is_in_memory(string what)
    {
        // Windows lets nobody take an open file away.
        if (OperatingSystem.IsWindows())
            return;
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0, LatencySpread = 0 });
        int asked = 0;
        space.WhenFinished = row =>
        {
            if (row.Index != 5)
                return;
            asked = space.Truth.AcceptedByQuestion.Count;
            TakeAway(space.RunPath, what);
        };

        LoadRun run = await space.Run(SimulatedRun.Plan(400, 400, workers: 400));

        Assert.Equal("RunFolderGone", space.NotKept?.ErrorId);
        Assert.Equal((RunState.Stopped, StopCause.Fault), (run.State, run.StopCause));
        Assert.Contains("deleted, moved or changed", run.StateReason, StringComparison.Ordinal);
        Assert.Equal(400, run.Results.Count);
        Assert.InRange(run.SuccessfulCount, 5, 399);
        Assert.All(run.Results.Where(row => row.Outcome == Outcome.NotStarted),
            row => Assert.Equal(0, space.Truth.TimesSent(row.Question)));
        // A question whose mark or answer would be lost is not sent at all.
        Assert.Equal(asked, space.Truth.AcceptedByQuestion.Count);
    }

    /// <summary>Where another run has been put in the place of this one, it is left as it is.</summary>
    [Fact]
    public async Task Nothing_is_written_over_what_took_its_place()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        space.WhenFinished = row =>
        {
            if (!Directory.Exists(space.RunPath + "-moved"))
            {
                TakeAway(space.RunPath, "moved");
                Directory.CreateDirectory(space.RunPath);
                File.WriteAllText(new RunFolder(space.RunPath).ManifestPath, "mine");
            }
        };

        await space.Run(SimulatedRun.Plan(40, 40, workers: 40));

        Assert.Equal("mine", File.ReadAllText(new RunFolder(space.RunPath).ManifestPath));
    }

    private static void TakeAway(string path, string what)
    {
        switch (what)
        {
            case "deleted":
                Directory.Delete(path, recursive: true);
                break;
            case "moved":
                Directory.Move(path, path + "-moved");
                break;
            case "replaced":
                string copy = path + ".copy";
                File.Copy(new RunFolder(path).StartedPath, copy);
                File.AppendAllText(copy, "\n");
                File.Move(copy, new RunFolder(path).StartedPath, overwrite: true);
                break;
            default:
                File.Delete(Path.Combine(path, what));
                break;
        }
    }
}
