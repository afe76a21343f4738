using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>What run.json and run.lock hold, and what of it is believed.</summary>
public sealed class RunRecordTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
    private static readonly RunManifest Manifest = new() { State = RunState.Running, Header = SampleRun.Header() };

    [Theory]
    [InlineData(29.9, true, "here", true, false)]
    [InlineData(29.9, true, "here", false, true)]
    [InlineData(29.9, true, "there", true, true)]
    [InlineData(29.9, false, "here", true, true)]
    [InlineData(29.9, null, "here", true, true)]
    [InlineData(30, false, "there", true, false)]
    [InlineData(-5, false, "there", true, true)]
    public void A_sign_of_life_counts_for_thirty_seconds_where_no_lock_tells_more(
        double age, bool? locked, string host, bool locksWork, bool isAlive)
    {
        var beat = new Heartbeat
        {
            At = Now.AddSeconds(-age), Locked = locked, Host = host == "here" ? Environment.MachineName : "another-machine",
        };

        Assert.Equal(isAlive, beat.IsAlive(Now, locksWork));
        Assert.False((beat with { At = null }).IsAlive(Now, locksWork));
    }

    [Fact]
    public void A_sign_of_life_has_one_length_and_is_read_back()
    {
        var beat = new Heartbeat { Host = "h", ProcessId = 7, At = Now, Locked = true, SentCount = 3, SentUntilSeconds = 0 };
        byte[] text = beat.ToBytes();

        Assert.Equal((Heartbeat.Length, (byte)'\n'), (text.Length, text[^1]));
        Assert.Equal(beat, Heartbeat.Of(text));
        byte[] longer = (beat with { Host = new string('h', 600) }).ToBytes();
        Assert.Equal("}\n", Encoding.UTF8.GetString(longer)[^2..]);
    }

    [Theory]
    [InlineData("{\"sentUntilSeconds\":1}", true)]
    [InlineData("{\"sentUntilSeconds\":0}", true)]
    [InlineData("{}", true)]
    [InlineData("{\"sentUntilSeconds\":-1}", false)]
    [InlineData("{\"sentUntilSeconds\":\"NaN\"}", false)]
    [InlineData("{\"sentUntil", false)]
    [InlineData("", false)]
    public void What_is_no_sign_of_life_is_none(string text, bool isOne) =>
        Assert.Equal(isOne, Heartbeat.Of(Encoding.UTF8.GetBytes(text)) is not null);

    [Fact]
    public void Instants_are_read_with_any_zone_and_written_in_UTC()
    {
        Assert.Equal(Now, At("2026-11-23T12:00:00Z"));
        Assert.Equal(Now, At("2026-11-23T14:00:00+02:00"));
        Assert.Equal(Now, At("2026-11-23T12:00:00"));
        Assert.Equal(DateTimeKind.Utc, At("2026-11-23T12:00:00").Kind);
        Assert.Contains(
            "\"at\":\"2026-11-23T12:00:00Z\"",
            JsonSerializer.Serialize(new Heartbeat { At = Now.ToLocalTime() }, RunJson.Lines.Heartbeat), StringComparison.Ordinal);

        DateTime At(string text) => JsonSerializer.Deserialize($"{{\"at\":\"{text}\"}}", RunJson.Lines.Heartbeat)!.At!.Value;
    }

    [Fact]
    public void A_status_goes_into_the_manifest_and_comes_back()
    {
        RunInterruption interruption = new() { OffsetSeconds = 3, InterruptedAt = Now, ResumedAt = Now.AddSeconds(9), State = "Running" };
        RunStatus status = new(RunState.Stopped, Now, 45)
        {
            StopCause = "Budget", Reason = "enough", Generator = SampleRun.Generator,
            Interruptions = new RowList<RunInterruption>([interruption]),
        };

        RunManifest manifest = Manifest.With(status);
        RunStatus back = manifest.StatusOf(manifest.State, []);

        Assert.Equal((RunState.Stopped, Now, 45.0), (back.State, back.CompletedAt, back.TotalDurationSeconds));
        Assert.Equal(("Budget", "enough", SampleRun.Generator), (back.StopCause, back.Reason, back.Generator));
        Assert.Same(interruption, Assert.Single(back.Interruptions));
        Assert.Null(Manifest.With(new RunStatus(RunState.Completed, Now, 1)).Interruptions);
        Assert.Empty(Manifest.StatusOf(RunState.Running, []).Interruptions);
    }

    [Fact]
    public void A_run_that_did_not_write_its_end_ended_with_its_last_row()
    {
        QuestionResult[] rows = [SampleRun.Success(1, 7), SampleRun.Success(4, 2)];

        RunStatus died = Manifest.StatusOf(RunState.Interrupted, rows);
        RunStatus runs = Manifest.StatusOf(RunState.Running, rows);

        Assert.Equal((SampleRun.StartedAt.AddSeconds(7), 7.0), (died.CompletedAt!.Value.ToUniversalTime(), died.TotalDurationSeconds));
        Assert.Null(runs.CompletedAt);
        Assert.Equal(SampleRun.StartedAt, Manifest.StatusOf(RunState.Interrupted, []).CompletedAt!.Value.ToUniversalTime());
        Assert.Equal(0, Manifest.StatusOf(RunState.Interrupted, []).TotalDurationSeconds);
    }

    [Fact]
    public void A_manifest_is_sound_when_it_names_its_run_and_times_are_times()
    {
        RunHeader header = SampleRun.Header();
        Assert.Null(RunFileChecks.Fault(Manifest));
        Assert.Null(RunFileChecks.Fault(Manifest with { TotalDurationSeconds = 1e9 }));
        Assert.Null(RunFileChecks.Fault(With(header with { StartedAt = DateTime.UnixEpoch })));
        Assert.Null(RunFileChecks.Fault(With(header with { StartedAt = new DateTime(9000, 12, 31) })));
        RunManifest[] broken =
        [
            Manifest with { State = null! }, Manifest with { Header = null! },
            With(header with { RunId = null! }), With(header with { Name = null! }), With(header with { ScenarioName = null! }),
            With(header with { WorkspaceUrl = null! }), With(header with { SpaceId = null! }),
            With(header with { StartedAt = DateTime.UnixEpoch.AddSeconds(-1) }), With(header with { StartedAt = new DateTime(9001, 1, 1) }),
            Manifest with { TotalDurationSeconds = 1.001e9 }, Manifest with { TotalDurationSeconds = double.NaN },
            Manifest with { TotalDurationSeconds = -1.001e9 },
        ];
        Assert.All(broken, manifest => Assert.NotNull(RunFileChecks.Fault(manifest)));

        static RunManifest With(RunHeader changed) => Manifest with { Header = changed };
    }

    [Fact]
    public void A_plan_is_sound_when_its_questions_are_and_each_comes_once()
    {
        Plan plan = SampleRun.Plan(2);
        PlannedQuestion question = plan.Questions[0];
        Assert.Null(RunFileChecks.Fault(plan));
        Plan[] broken =
        [
            plan with { Name = null! }, plan with { ScenarioName = null! }, plan with { Questions = null! },
            With(question with { QuestionId = null! }), With(question with { Text = null! }),
            With(question with { PlannedSeconds = double.PositiveInfinity }), With(question, question),
        ];
        Assert.All(broken, changed => Assert.NotNull(RunFileChecks.Fault(changed)));

        Plan With(params PlannedQuestion[] questions) => plan with { Questions = new RowList<PlannedQuestion>(questions) };
    }

    [Fact]
    public void A_run_of_another_file_is_sound_when_nothing_is_missing()
    {
        LoadRun run = RunSummarizer.Summarize(
            SampleRun.Header(), SampleRun.Plan(1), [SampleRun.Success(1, 5)], new RunStatus(RunState.Completed, Now, 45));
        Assert.Null(RunFileChecks.Fault(run));
        Assert.Null(RunFileChecks.Fault(run with { Plan = null! }));
        LoadRun[] broken =
        [
            run with { RunId = null! }, run with { Name = null! }, run with { ScenarioName = null! }, run with { State = null! },
            run with { WorkspaceUrl = null! }, run with { SpaceId = null! },
            run with { StartedAt = DateTime.UnixEpoch.AddSeconds(-1) }, run with { StartedAt = new DateTime(9001, 6, 1) },
            run with { Percentiles = null! }, run with { Slices = null! }, run with { Intervals = null! },
            run with { Plan = SampleRun.Plan(1) with { Name = null! } },
            run with { Results = new RowList<QuestionResult>([SampleRun.Success(1, 5) with { Question = null! }]) },
        ];
        Assert.All(broken, changed => Assert.NotNull(RunFileChecks.Fault(changed)));
    }

    [Fact]
    public void A_row_is_sound_when_it_says_what_was_asked_and_every_time_is_one()
    {
        QuestionResult row = SampleRun.Success(1, 5);
        Assert.True(RunFileChecks.IsSound(row));
        Assert.False(RunFileChecks.IsSound(row with { QuestionId = null! }));
        Assert.False(RunFileChecks.IsSound(row with { Question = null! }));
        Assert.False(RunFileChecks.IsSound(row with { Outcome = null! }));
        Assert.False(RunFileChecks.IsSound(row with { FetchSeconds = double.NaN }));
        Assert.False(RunFileChecks.IsSound(row with { ThrottleSeconds = double.NegativeInfinity }));
        Assert.True(RunFileChecks.IsSound(new StartedRecord { Index = 1, StartedOffsetSeconds = -1e9 }));
        Assert.True(RunFileChecks.IsSound(new StartedRecord { Index = 1 }));
        Assert.False(RunFileChecks.IsSound(new StartedRecord { Index = 1, StartedOffsetSeconds = -1.001e9 }));
    }

    [Fact]
    public void Texts_of_the_service_are_removed_and_words_of_ours_stay()
    {
        QuestionResult row = SampleRun.Failure(1, Outcome.Failed, null, "said by the service") with { Sql = "SELECT 1", Answer = "a" };
        foreach (string type in (string[])
            ["TRANSPORT_DNS", "TRANSPORT_CONNECT", "TRANSPORT_TLS", "TRANSPORT_RESET", "TRANSPORT_TIMEOUT", "QUESTION_TIMEOUT"])
            Assert.Equal("said by the service", TextRemoval.From(row with { ErrorType = type }).ErrorText);
        foreach (string type in (string[])["TRANSPORT_OTHER", "LOGIN_PAGE", "ANYTHING"])
            Assert.Null(TextRemoval.From(row with { ErrorType = type }).ErrorText);
        Assert.Equal("said by the service", TextRemoval.From(row with { Outcome = Outcome.Interrupted }).ErrorText);

        QuestionResult left = TextRemoval.From(row);
        Assert.Equal(("", null, null), (left.Question, left.Sql, left.Answer));
    }

    [Fact]
    public void Recorded_conversations_lose_their_names_and_stay_together()
    {
        string?[] recorded = ["01ef-secret", null, "c1", "01ef-secret", "c1"];
        Plan plan = SampleRun.Plan(5);
        plan = plan with
        {
            Questions = new RowList<PlannedQuestion>(
                [.. plan.Questions.Select((question, i) => question with { Conversation = recorded[i], Turn = i == 3 ? 2 : 1 })]),
        };

        Plan kept = TextRemoval.From(plan);

        Assert.Equal(["c1", null, "c2", "c1", "c2"], kept.Questions.Select(question => question.Conversation));
        Assert.Equal(2, kept.Questions[3].Turn);
        Assert.Equal(kept.Questions, TextRemoval.From(kept).Questions);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(5, "'1', '2', '3', '4', '5'")]
    [InlineData(7, "'1', '2', '3', '4', '5' and 2 more")]
    public void Five_strangers_are_named_and_the_others_counted(int count, string words) =>
        Assert.Equal(words, StrangerNames.InWords([.. Enumerable.Range(1, count).Select(i => $"{i}")]));

    [Fact]
    public void Of_runs_of_one_instant_the_later_id_is_the_newer()
    {
        StoredRun[] runs =
            [.. new[] { "a", "c", "b" }.Select(id => new StoredRun(new RunFolder("/" + id), id, "s", "s", Now, "Completed"))];

        Assert.Equal(["a", "b"], new RunRetention(null, 1).Expired(runs, Now).Select(run => run.RunId));
        Assert.Empty(new RunRetention(TimeSpan.FromHours(1), 0).Expired(runs, Now.AddHours(1)));
        Assert.Equal(3, new RunRetention(TimeSpan.FromHours(1), 0).Expired(runs, Now.AddHours(1.01)).Count);
        Assert.Empty(new RunRetention(null, 0).Expired(runs.Select(run => run with { State = RunState.Running }), Now));
    }
}
