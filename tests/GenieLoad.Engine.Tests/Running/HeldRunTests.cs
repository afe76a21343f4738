using System.Diagnostics;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Campaign;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>One run, one process: who resumes it has it from the first look to its end, and on the plan that it was made with.</summary>
public class HeldRunTests
{
    private static readonly Plan Forty = WithHash(SimulatedRun.Plan(40, 40, workers: 40));

    private static Plan WithHash(Plan plan) => plan with { Hash = PlanHash.Of(plan) };

    private static string Refused(string path) => Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(path)).ErrorId;

    [Fact]
    public async Task What_is_to_be_asked_is_read_under_the_lock_that_is_held_to_the_end()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);

        using (UnfinishedRun.Take(before.RunPath!))
            Assert.Equal("RunStillRunning", Refused(before.RunPath!));
        string during = "";
        space.WhenFinished = _ => during = Refused(before.RunPath!);
        LoadRun after = await space.Resume(before);

        Assert.Equal("RunStillRunning", during);
        Assert.Equal("NothingToResume", Refused(before.RunPath!));
        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
        Assert.Equal(40, after.SuccessfulCount);
    }

    [Fact]
    public async Task A_run_that_was_taken_is_resumed_once()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        using UnfinishedRun taken = UnfinishedRun.Take(before.RunPath!);
        await using RunJournal journal = RunJournal.Reopen(taken, taken.Header, taken.Settings, space.Time);

        GenieLoadException again = Assert.Throws<GenieLoadException>(
            () => RunJournal.Reopen(taken, taken.Header, taken.Settings, space.Time));

        Assert.Equal("RunStillRunning", again.ErrorId);
    }

    [Fact]
    public async Task A_plan_that_was_changed_is_refused_and_it_is_said_which_file_it_was()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        var folder = new RunFolder(before.RunPath!);
        string plan = File.ReadAllText(folder.PlanPath);

        File.WriteAllText(folder.PlanPath, plan.Replace("Question number 38?", "Another question?", StringComparison.Ordinal));
        GenieLoadException changed = Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(folder.Path));
        File.WriteAllText(folder.PlanPath, System.Text.Json.JsonSerializer.Serialize(
            WithHash(Forty with { Seed = 7 }), RunJson.Pretty.Plan));
        GenieLoadException other = Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(folder.Path));
        File.WriteAllText(folder.PlanPath, plan);

        Assert.Equal(("PlanChanged", "PlanChanged"), (changed.ErrorId, other.ErrorId));
        Assert.Contains("was changed after the run began", changed.Message, StringComparison.Ordinal);
        Assert.Contains(Forty.Hash!, changed.Message, StringComparison.Ordinal);
        Assert.Contains("is the plan of another run", other.Message, StringComparison.Ordinal);
        Assert.Equal(40, (await space.Resume(before)).SuccessfulCount);
    }

    [Fact]
    public async Task A_plan_is_also_held_against_its_own_hash_and_one_without_any_is_taken()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        var folder = new RunFolder(before.RunPath!);
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(folder.ManifestPath))!.AsObject();
        manifest["header"]!.AsObject().Remove("planHash");
        File.WriteAllText(folder.ManifestPath, manifest.ToJsonString());
        JsonObject plan = JsonNode.Parse(File.ReadAllText(folder.PlanPath))!.AsObject();

        plan["seed"] = 8;
        File.WriteAllText(folder.PlanPath, plan.ToJsonString());
        Assert.Equal("PlanChanged", Refused(folder.Path));
        plan.Remove("hash");
        File.WriteAllText(folder.PlanPath, plan.ToJsonString());

        Assert.Equal(40, (await space.Resume(before)).SuccessfulCount);
    }

    /// <summary>The holder has no lock, because .NET was told not to lock; only its signs of life keep others out.</summary>
    [Fact]
    public async Task Without_locks_a_fresh_sign_of_life_refuses_and_an_old_one_does_not()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        ProcessStartInfo start = ChildProgram.StartInfo("hold", before.RunPath!);
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        using Process child = Process.Start(start)!;
        var said = new List<string>();
        while (child.StandardOutput.ReadLine() is string line && line != "held")
            said.Add(line);

        Assert.Equal("RunStillRunning", Refused(before.RunPath!));
        Assert.True(new RunFolder(before.RunPath!).IsHeld());
        child.Kill();
        await child.WaitForExitAsync();
        Assert.Contains(said, line => line.Contains("keeps no locks", StringComparison.Ordinal));
        Assert.Equal("RunStillRunning", Refused(before.RunPath!));
        Write(before.RunPath!, heartbeat => heartbeat with { At = DateTime.UtcNow.AddMinutes(-1) });
        Assert.Equal(40, (await space.Resume(before)).SuccessfulCount);
    }

    [Fact]
    public async Task A_lock_tells_more_than_a_sign_of_life_unless_that_is_of_another_machine()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(Forty, afterSeconds: 20);
        Write(before.RunPath!, heartbeat => heartbeat with { At = DateTime.UtcNow, Host = "elsewhere", ProcessId = 7, Locked = true });
        GenieLoadException elsewhere = Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(before.RunPath!));

        Assert.Equal("RunStillRunning", elsewhere.ErrorId);
        Assert.Contains("process 7 on 'elsewhere'", elsewhere.Message, StringComparison.Ordinal);
        // Of a process of this machine that died a moment ago, and left its lock free.
        Write(before.RunPath!,
            heartbeat => heartbeat with { At = DateTime.UtcNow, Host = Environment.MachineName, ProcessId = 7, Locked = true });
        Assert.Equal(40, (await space.Resume(before)).SuccessfulCount);
    }

    private static void Write(string path, Func<Heartbeat, Heartbeat> change)
    {
        string file = new RunFolder(path).LockPath;
        Heartbeat? before;
        using (FileStream stream = File.OpenRead(file))
            before = Heartbeat.Read(stream);
        File.WriteAllBytes(file, change(before!).ToBytes());
    }
}
