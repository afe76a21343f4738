using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
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
    public void By_the_dearest_that_was_measured_it_costs_no_more_than_allowed()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        CapacitySessionRequest request = space.Request with { MaximumCostDbu = 45 * 0.86 };

        SpaceCapacity capacity = space.Measure(request);

        Assert.InRange(space.Simulator.Record.QuestionCount, 30, 45);
        Assert.Contains("of the 45 of -MaximumCostDbu 38.7 are left", capacity.Reason, StringComparison.Ordinal);
        Assert.Equal((45, 30), (
            new CapacitySession(request, space.Connection).MostAsked,
            new CapacitySession(request with { PredictsOnly = true }, space.Connection).MostAsked));
        Assert.Equal("InvalidOption", Assert.Throws<GenieLoadException>(
            () => new CapacitySession(request with { MaximumCostDbu = 8.5 }, space.Connection)).ErrorId);
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
        Assert.Contains("refused although paced", capacity.Reason, StringComparison.Ordinal);
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
    public void Times_that_were_polled_differently_are_not_compared()
    {
        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);
        LoadRun baseline = RunReader.Read(space.Store.Find(capacity.RunId).Path) with { PollPolicy = "every 0.1 s" };
        CapacityBasis basis = CapacityBasis.Of(space.Request.Prediction, baseline);
        ProbeOutcome[] probes =
            [.. capacity.Probes.Select(probe => ProbeOutcome.Of(RunReader.Read(space.Store.Find(probe.RunId).Path), basis.Levels))];

        SpaceCapacity reported = CapacityReport.Of(capacity with { Reason = "" }, basis, space.Request.Prediction.Slo, probes, "");
        SpaceCapacity refuted = CapacityReport.Of(
            capacity with { Upper = 1 }, basis, space.Request.Prediction.Slo, [.. probes.Where(probe => probe.Verdict == Verdict.Pass)],
            "");

        // More people than predicted were shown to hold: what was to prevent that does not.
        Assert.True(refuted.People > 1);
        Assert.Null(refuted.BindingConstraint);
        Assert.Contains("polled differently", reported.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("polled differently", capacity.Reason, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(40, 0.0, 10.0, 0, 0, BindingConstraint.RateLimit)]
    [InlineData(0, 0.0, 50.0, 0, 0, BindingConstraint.WarehouseQueue)]
    [InlineData(0, 50.0, 0.0, 0, 0, BindingConstraint.WarehouseStart)]
    [InlineData(20, 20.0, 15.0, 0, 0, BindingConstraint.WarehouseStart)]
    [InlineData(10, 10.0, 10.0, 0, 0, BindingConstraint.Model)]
    [InlineData(0, null, null, 0, 0, BindingConstraint.Model)]
    [InlineData(0, null, null, 40, 0, BindingConstraint.RateLimit)]
    [InlineData(0, null, null, 0, 40, BindingConstraint.RateLimit)]
    public void A_late_answer_is_put_down_to_what_made_it_late(
        double paced, double? start, double? queue, double throttled, double paused, string constraint)
    {
        (CapacitySpace space, SpaceCapacity capacity) = (measured.Space, measured.Capacity);
        LoadRun run = RunReader.Read(space.Store.Find(capacity.Probes[^1].RunId).Path);
        QuestionResult late = run.Results.First(row => row is { Success: true, IsWarmUp: false }) with
        {
            ResponseSeconds = 80, PacingWaitSeconds = paced, ThrottleSeconds = throttled, WarehouseStartSeconds = start,
            WarehouseQueueSeconds = queue, PauseWaitSeconds = paused,
        };

        ProbeOutcome outcome = ProbeOutcome.Of(run with { Results = new RowList<QuestionResult>([late]) }, [new ServiceLevel(0.9, 45)]);

        Assert.Equal(constraint, outcome.Constraint([new ServiceLevel(0.9, 45)]));
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
    public void What_cannot_be_measured_is_refused_before_anything_is_sent()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);

        GenieLoadException refused = Assert.Throws<GenieLoadException>(() => new CapacitySession(
            space.Request with { Prediction = space.Request.Prediction with { ThinkTime = null } }, space.Connection));

        GenieLoadException twice = Assert.Throws<GenieLoadException>(() => new CapacitySession(
            space.Request with { Questions = [new Question { Id = "a", Text = "A?", Conversation = "x" }], TurnsPerConversation = 2 },
            space.Connection));
        Assert.Equal(("ThinkTimeNotGiven", "ConflictingFields"), (refused.ErrorId, twice.ErrorId));
        Assert.Equal(0, space.Simulator.Record.CallCount);
    }

    /// <summary>The people of a probe warm up with a question each: those have to fit in too, or it can decide nothing.</summary>
    [Fact]
    public void A_probe_that_could_not_pass_with_what_is_left_is_not_begun()
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty);
        CapacityProbe first = measured.Capacity.Probes[0];
        int needed = ProbeTest.LeastAnswers([new ServiceLevel(0.9, 45)], first.People);
        LoadRun probe = RunReader.Read(measured.Space.Store.Find(first.RunId).Path);
        int warm = probe.Plan.WarmUpCount;
        Assert.True(warm > 0);

        SpaceCapacity capacity = space.Measure(space.Request with { MaximumQuestions = 30 + needed + warm - 1 });

        SpaceCapacity enough = space.Measure(space.Request with { MaximumQuestions = 30 + needed + warm });

        SpaceCapacity cheap = space.Measure(space.Request with { MaximumCostDbu = (0.86 * (30 + needed + warm)) + 0.01 });

        Assert.Empty(capacity.Probes);
        Assert.Equal((1, 30 + needed + warm), (enough.Probes.Count, enough.QuestionsSpent));
        Assert.Equal((1, 30 + needed + warm), (cheap.Probes.Count, cheap.QuestionsSpent));
        Assert.Contains($"{30 + needed + warm} questions were asked, the limit of -MaximumQuestion", enough.Probes[0].Reason,
            StringComparison.Ordinal);
        Assert.Contains($"needs {needed + warm} questions to pass, and {needed + warm - 1} of -MaximumQuestion", capacity.Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, BindingConstraint.WarehouseQueue, "wait for their turn on the SQL warehouse")]
    [InlineData(false, false, BindingConstraint.Model, "-IncludeStatement tells which")]
    [InlineData(true, true, BindingConstraint.Model, "-IncludeStatement tells which")]
    public void A_full_warehouse_is_told_from_the_model_where_the_query_history_was_read(
        bool reads, bool forbidden, string constraint, string words)
    {
        using var space = new CapacitySpace(CapacitySpace.Twenty with
        {
            RateLimitPerMinute = 60, WarehouseSlots = 3, ExecutingQuerySeconds = 5, HistoryForbidden = forbidden,
        });

        SpaceCapacity capacity = space.Measure(space.Request with
        {
            Prediction = space.Request.Prediction with { QuestionsPerMinute = 60 }, IncludesStatements = reads,
        });

        Assert.Equal(constraint, capacity.BindingConstraint);
        Assert.Contains(words, capacity.Reason, StringComparison.Ordinal);
    }
}
