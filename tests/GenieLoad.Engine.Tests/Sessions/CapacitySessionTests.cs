using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class CapacitySessionTests(CapacitySessionTests.Measured measured) : IClassFixture<CapacitySessionTests.Measured>
{
    /// <summary>One measurement that several tests look at, and none changes.</summary>
    public sealed class Measured : IDisposable
    {
        public Measured() => Capacity = Space.Measure(Space.Request);

        internal CapacitySpace Space { get; } = new(CapacitySpace.Twenty);

        internal SpaceCapacity Capacity { get; }

        public void Dispose() => Space.Dispose();
    }

    [Fact]
    public void People_are_predicted_from_a_baseline_and_tested_until_a_pass_and_a_fail_adjoin()
    {

        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);

        Assert.NotEmpty(capacity.Probes);
        Assert.True(capacity.People > 0, capacity.Reason);
        Assert.InRange(capacity.PeopleFailed!.Value, capacity.People!.Value + 1, (int)Math.Ceiling(capacity.People.Value * 1.25));
        Assert.Equal(capacity.PeoplePredicted, capacity.Probes[0].People);
        Assert.Equal(BindingConstraint.RateLimit, capacity.BindingConstraint);
        Assert.InRange(capacity.ShareOfLimit!.Value, 0.5, 1.05);
        Assert.Contains("close enough", capacity.Reason, StringComparison.Ordinal);
        // The service says what was asked: each question once, and none refused.
        Assert.Equal(capacity.QuestionsSpent, (int)space.Simulator.Record.QuestionCount);
        Assert.Equal(0, space.Simulator.Record.ThrottledCount);
        Assert.Equal(30, capacity.AnswerCount);
    }

    [Fact]
    public void Every_step_is_a_run_of_the_store()
    {

        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);

        IReadOnlyList<StoredRun> probes = space.Store.List(new StoredRunFilter { ScenarioName = ProbePlan.ScenarioName });
        Assert.Equal(capacity.Probes.Select(probe => probe.RunId), probes.Reverse().Select(run => run.RunId));
        Assert.Single(space.Store.List(new StoredRunFilter { ScenarioName = BaselinePlan.ScenarioName }),
            run => run.RunId == capacity.RunId);
        Assert.All(capacity.Probes, probe =>
        {
            LoadRun run = RunReader.Read(space.Store.Find(probe.RunId).Path);
            Assert.Equal((StopCause.Decided, probe.People), (run.StopCause, run.Plan.UserCount!.Value));
            Assert.Equal(probe.QuestionsSpent, run.Results.Count(row => row.Attempts > 0));
        });
    }

    [Theory]
    [InlineData(10)]
    [InlineData(45)]
    [InlineData(90)]
    public void Never_more_than_the_allowed_questions_are_sent(int allowed)
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);

        SpaceCapacity capacity = space.Measure(space.Request with { MaximumQuestions = allowed });

        Assert.InRange(space.Simulator.Record.QuestionCount, 1, allowed);
        Assert.Equal(capacity.QuestionsSpent, (int)space.Simulator.Record.QuestionCount);
        Assert.Contains("-MaximumQuestion", capacity.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_no_longer_than_it_may()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);

        SpaceCapacity capacity = space.Measure(space.Request with { MaximumSeconds = 300 });

        Assert.InRange(capacity.DurationSeconds, 200, 340);
        Assert.Contains("-MaximumDuration", capacity.Reason + string.Join(' ', capacity.Probes.Select(probe => probe.Reason)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_there_saves_the_baseline()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        SpaceCapacity first = space.Measure(space.Request with { PredictsOnly = true });
        LoadRun baseline = RunReader.Read(space.Store.Find(first.RunId).Path);
        long before = space.Simulator.Record.QuestionCount;

        SpaceCapacity again = space.Measure(space.Request with
        {
            PredictsOnly = true, Prediction = space.Request.Prediction with { Run = baseline },
        });

        Assert.Equal((30L, 30, 0), (before, first.QuestionsSpent, again.QuestionsSpent));
        Assert.Equal(before, space.Simulator.Record.QuestionCount);
        Assert.Equal((first.PeoplePredicted, first.Lower, first.Upper), (again.PeoplePredicted, again.Lower, again.Upper));
    }

    [Fact]
    public void What_was_stopped_is_resumed_from_any_of_its_probes_and_decided_probes_stay()
    {
        SpaceCapacity whole = measured.Capacity;
        using var other = new CapacitySpace(CapacitySpace.Twenty);
        var session = new CapacitySession(other.Request, other.Connection);
        other.StopInProbe(session, whole.Probes.Count);
        LoadRun probe = RunReader.Read(other.Store.Find(session.LatestRunId!).Path);
        Assert.Equal((StopCause.User, true), (probe.StopCause, session.IsProbing));

        SpaceCapacity resumed = other.Drive(CapacitySession.Resume(
            probe, new CapacitySessionRequest { Prediction = new CapacityRequest { Slo = [] }, Store = other.Store,
                KeepsConversations = true },
            other.Connection));

        Assert.Equal(whole.Probes.SkipLast(1).Select(one => one.People),
            resumed.Probes.Take(whole.Probes.Count - 1).Select(one => one.People));
        Assert.DoesNotContain(resumed.Probes, one => one.RunId == probe.RunId);
        Assert.Equal((whole.Slo, whole.PeoplePredicted, whole.LimitPerMinute),
            (resumed.Slo, resumed.PeoplePredicted, resumed.LimitPerMinute));
        // The questions of the probe that was broken off are counted.
        Assert.Equal(resumed.QuestionsSpent, (int)other.Simulator.Record.QuestionCount);
        Assert.True(resumed.People > 0);
    }

    [Fact]
    public void Failures_bind_where_they_are_what_is_missed()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty with { FailedShare = 0.25 });

        SpaceCapacity capacity = space.Measure(space.Request with
        {
            Prediction = space.Request.Prediction with { Slo = ["SuccessRate >= 95%", "P50ResponseSeconds <= 60"] },
        });

        Assert.Equal((null, 1, BindingConstraint.Failures), (capacity.People, capacity.PeopleFailed, capacity.BindingConstraint));
        Assert.Equal("SuccessRate >= 95%", capacity.Probes[0].Slo);
    }

    /// <summary>It paces by the assumed limit: refusals and a queue at the service come on top.</summary>
    [Fact]
    public void A_limit_that_is_lower_than_assumed_is_noticed()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty with { RateLimitPerMinute = 8, RetryAfterSeconds = 10 });

        SpaceCapacity capacity = space.Measure(space.Request);

        Assert.True(capacity.PeopleFailed <= capacity.PeoplePredicted);
        Assert.Contains("refused although they were paced", capacity.Reason, StringComparison.Ordinal);
        Assert.Equal(BindingConstraint.RateLimit, capacity.BindingConstraint);
    }

    /// <summary>A burst that was used up by one probe is not there for the next.</summary>
    [Fact]
    public void The_limit_is_at_rest_before_each_probe()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty with { RateLimitPerMinute = 10, RateLimitBurst = 20 });

        SpaceCapacity capacity = space.Measure(space.Request with
        {
            Prediction = space.Request.Prediction with { QuestionsPerMinute = 10, Burst = 20 },
        });

        Assert.True(capacity.Probes.Count > 1);
        Assert.Equal(0, space.Simulator.Record.ThrottledCount);
    }

    [Fact]
    public void Answers_that_take_longer_under_load_are_found_by_the_probes_and_named()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty with { RateLimitPerMinute = 120, ServiceSlots = 8 });

        SpaceCapacity capacity = space.Measure(space.Request with
        {
            Prediction = space.Request.Prediction with { QuestionsPerMinute = 120 }, MaximumQuestions = 1500,
        });

        Assert.True(capacity.PeopleFailed < capacity.PeoplePredicted, $"{capacity}");
        Assert.Equal(BindingConstraint.Model, capacity.BindingConstraint);
        Assert.Contains("slower under load", capacity.Reason, StringComparison.Ordinal);
        Assert.Contains("contradict", capacity.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(40, true)]
    public void Where_the_service_refuses_for_good_it_ends_with_an_error_that_says_how_to_go_on(int from, bool isProbing)
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty) { RefusesFrom = from };
        var session = new CapacitySession(space.Request, space.Connection);

        GenieLoadException stopped = Assert.Throws<GenieLoadException>(() => space.Drive(session));

        Assert.Equal(("MeasurementStopped", isProbing), (stopped.ErrorId, session.IsProbing));
        Assert.Equal(isProbing, stopped.Recommendation.Contains("-Resume", StringComparison.Ordinal));
        Assert.True(space.Simulator.Record.QuestionCount < from);
    }

    [Fact]
    public void A_machine_that_was_too_slow_decides_nothing()
    {
        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);
        LoadRun run = RunReader.Read(space.Store.Find(capacity.Probes[0].RunId).Path);
        ServiceLevel[] levels = [new(0.9, 45)];

        ProbeOutcome sound = ProbeOutcome.Of(run, levels);
        ProbeOutcome spoiled = ProbeOutcome.Of(
            run with { Health = new RunHealth { Verdict = HealthVerdict.Invalid, Reasons = "too slow" } }, levels);

        Assert.Equal(capacity.Probes[0].Verdict, sound.Verdict);
        Assert.Equal((Verdict.Undecided, BindingConstraint.Generator), (spoiled.Verdict, spoiled.Constraint(levels)));
        Assert.Equal(Verdict.Undecided, spoiled.Evidence(0).Verdict);
    }

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
    public void Unique_questions_are_others_in_every_measurement()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        CapacitySessionRequest request =
            space.Request with { Seed = null, UniqueQuestion = true, PredictsOnly = true, BaselineQuestions = 10 };

        string[] texts =
        [
            .. Enumerable.Range(0, 2).SelectMany(_ =>
                RunReader.Read(space.Store.Find(space.Measure(request).RunId).Path).Results.Select(row => row.Question)),
        ];

        Assert.Equal(20, texts.Distinct().Count());
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
    public void A_search_is_resumed_in_its_own_workspace()
    {
        using var other = new CapacitySpace(CapacitySpace.Twenty);
        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);
        LoadRun probe = RunReader.Read(space.Store.Find(capacity.Probes[0].RunId).Path);

        GenieLoadException refused = Assert.Throws<GenieLoadException>(
            () => CapacitySession.Resume(probe, space.Request, other.Connection));

        Assert.Equal("OtherWorkspace", refused.ErrorId);
    }

    [Fact]
    public void Without_a_run_the_think_time_must_be_given_before_anything_is_sent()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);

        GenieLoadException refused = Assert.Throws<GenieLoadException>(() => new CapacitySession(
            space.Request with { Prediction = space.Request.Prediction with { ThinkTime = null } }, space.Connection));

        Assert.Equal("ThinkTimeNotGiven", refused.ErrorId);
        Assert.Equal(0, space.Simulator.Record.CallCount);
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
        Directory.Delete(space.Store.Find(capacity.RunId).Path, true);
        GenieLoadException missing = Assert.Throws<GenieLoadException>(() => CapacitySession.Resume(
            probe, space.Request with { Prediction = new CapacityRequest { Slo = [] } }, space.Connection));

        Assert.Equal(("NotAProbe", "BaselineMissing"), (other.ErrorId, missing.ErrorId));
    }
}
