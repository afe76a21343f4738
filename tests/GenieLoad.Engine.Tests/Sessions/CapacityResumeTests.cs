using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>Measurements that came to an early end, and how they go on.</summary>
public sealed class CapacityResumeTests
{
    /// <summary>Two searches on one limit would spoil each other, and ask everything twice.</summary>
    [Fact]
    public void A_search_that_still_runs_is_not_resumed()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        SpaceCapacity capacity = space.Measure(space.Request);
        LoadRun probe = RunReader.Read(space.Store.Find(capacity.Probes[^1].RunId).Path);
        DeadRun.Kill(probe.RunPath!);
        using RunLock held = RunLock.Take(new RunFolder(probe.RunPath!), TimeProvider.System);

        GenieLoadException refused = Assert.Throws<GenieLoadException>(
            () => CapacitySession.Resume(probe, space.Request, space.Connection));

        Assert.Equal("RunStillRunning", refused.ErrorId);
    }

    [Fact]
    public void What_to_type_after_a_stop_goes_on_from_what_was_paid_for()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        var done = new CapacitySession(space.Request with { PredictsOnly = true }, space.Connection);
        space.Drive(done);
        var stopped = new CapacitySession(space.Request, space.Connection);
        Assert.Null(stopped.StopNotice);
        space.StopInProbe(stopped, 1);

        Assert.Null(done.StopNotice);
        Assert.Contains($"-Resume '{space.Store.Find(stopped.LatestRunId!).Path}'", stopped.StopNotice, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_probe_can_be_resumed_and_only_with_its_baseline()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        SpaceCapacity capacity = space.Measure(space.Request);
        LoadRun probe = RunReader.Read(space.Store.Find(capacity.Probes[0].RunId).Path);
        LoadRun baseline = RunReader.Read(space.Store.Find(capacity.RunId).Path);

        GenieLoadException other = Assert.Throws<GenieLoadException>(
            () => CapacitySession.Resume(baseline, space.Request, space.Connection));
        GenieLoadException strange = Assert.Throws<GenieLoadException>(() => CapacitySession.Resume(
            probe, space.Request with { Prediction = new CapacityRequest { Slo = [], Run = probe } }, space.Connection));
        Directory.Delete(space.Store.Find(capacity.RunId).Path, true);
        GenieLoadException missing = Assert.Throws<GenieLoadException>(() => CapacitySession.Resume(
            probe, space.Request with { Prediction = new CapacityRequest { Slo = [] } }, space.Connection));

        Assert.Equal(("NotAProbe", "OtherBaseline", "BaselineMissing"), (other.ErrorId, strange.ErrorId, missing.ErrorId));
    }

    [Fact]
    public void A_probe_that_was_decided_although_the_budget_ended_it_stays()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        SpaceCapacity capacity = space.Measure(space.Request);
        CapacityProbe failed = capacity.Probes.First(probe => probe.Verdict == Verdict.Fail);
        RunFolder folder = new(space.Store.Find(failed.RunId).Path);
        string manifest = File.ReadAllText(folder.ManifestPath);
        File.WriteAllText(folder.ManifestPath, manifest.Replace("\"Decided\"", "\"Budget\"", StringComparison.Ordinal));
        LoadRun probe = RunReader.Read(folder.Path);
        Assert.Equal(StopCause.Budget, probe.StopCause);

        SpaceCapacity resumed = space.Drive(CapacitySession.Resume(
            probe, space.Request with { Prediction = new CapacityRequest { Slo = [] }, MaximumQuestions = capacity.QuestionsSpent },
            space.Connection));

        Assert.Contains(resumed.Probes, one => one.RunId == failed.RunId);
    }

    /// <summary>Each probe keeps the questions, and a folder that is too large to be read is lost.</summary>
    [Fact]
    public void Questions_that_are_too_long_together_are_not_kept_with_every_probe()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        string text = new('a', 9_000);
        SpaceCapacity capacity = space.Measure(space.Request with
        {
            Questions = [.. Enumerable.Range(1, 300).Select(i => new Question { Id = $"q{i}", Text = $"{i} {text}" })],
        });
        RunFolder folder = new(space.Store.Find(capacity.Probes[0].RunId).Path);

        GenieLoadException refused = Assert.Throws<GenieLoadException>(() => CapacitySession.Resume(
            RunReader.Read(folder.Path), space.Request with { Prediction = new CapacityRequest { Slo = [] } }, space.Connection));

        Assert.Equal("CannotResume", refused.ErrorId);
        Assert.True(new FileInfo(folder.ManifestPath).Length < 100_000);
    }

    [Fact]
    public void What_goes_on_asks_the_same_questions_as_often_in_the_same_conversations()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        CapacitySessionRequest request = space.Request with
        {
            Questions =
            [
                new Question { Id = "a", Text = "A?", Weight = 3 },
                new Question { Id = "b", Text = "B?", User = "somebody", ExpectedSql = "select secret" },
            ],
            TurnsPerConversation = 2, UniqueQuestion = true, MaximumQuestions = 110,
            Run = space.Request.Run with { QuestionTimeoutSeconds = 250 },
        };
        SpaceCapacity capacity = space.Measure(request);
        LoadRun probe = RunReader.Read(space.Store.Find(capacity.Probes[^1].RunId).Path);
        string kept = File.ReadAllText(Path.Combine(probe.RunPath!, "run.json"));
        Assert.DoesNotContain("somebody", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", kept, StringComparison.Ordinal);

        CapacitySession rest = CapacitySession.Resume(
            probe, space.Request with { Prediction = new CapacityRequest { Slo = [] } }, space.Connection,
            options => options with { ReadResult = false });
        Assert.Equal(500 - capacity.QuestionsSpent, rest.MostAsked);
        SpaceCapacity resumed = space.Drive(rest);

        LoadRun[] runs = [probe, RunReader.Read(space.Store.Find(resumed.Probes[^1].RunId).Path)];
        Assert.NotEqual(runs[0].RunId, runs[1].RunId);
        Assert.All(runs, run =>
        {
            Assert.InRange(run.Plan.Questions.Count(question => question.QuestionId == "a") / (double)run.Plan.QuestionCount, 0.7, 0.8);
            Assert.Equal(2, run.Plan.Questions.Max(question => question.Turn));
            Assert.All(run.Plan.Questions, question => Assert.Contains(", run ", question.Text, StringComparison.Ordinal));
        });
        RunSettings settings = RunReader.ReadSettings(new RunFolder(runs[1].RunPath!))!;
        Assert.Equal((250, false), (settings.QuestionTimeoutSeconds, settings.ReadResult));
    }
}
