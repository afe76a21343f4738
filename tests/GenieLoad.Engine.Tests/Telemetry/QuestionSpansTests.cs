using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Telemetry;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry;

public sealed class QuestionSpansTests
{
    // Rows and instants of sends are kept to the millisecond; a question has a handful of them.
    private const double Rounding = 0.006;
    private const double Second = 1e9;

    private static readonly Dictionary<string, Func<QuestionResult, double?>> Parts = new()
    {
        ["SUBMITTED"] = row => row.SubmittedSeconds,
        ["FETCHING_METADATA"] = row => row.FetchingMetadataSeconds,
        ["FILTERING_CONTEXT"] = row => row.FilteringContextSeconds,
        ["ASKING_AI"] = row => row.AskingAiSeconds,
        ["PENDING_WAREHOUSE"] = row => row.PendingWarehouseSeconds,
        ["EXECUTING_QUERY"] = row => row.ExecutingQuerySeconds,
        ["other status"] = row => row.OtherPhaseSeconds,
        ["wait for poll"] = row => row.DetectionSeconds,
        ["GET query-result"] = row => row.FetchSeconds,
        ["late"] = row => row.LagSeconds,
        ["wait for turn"] = row => row.TurnWaitSeconds,
        ["wait for pacing"] = row => row.PacingWaitSeconds,
        ["wait for worker"] = row => row.WorkerWaitSeconds,
    };

    [Theory]
    [InlineData(null, null)]
    [InlineData(QuestionMode.Chat, null)]
    [InlineData(QuestionMode.Agent, QuestionMode.Agent)]
    public void Agent_mode_is_said_of_a_question_and_chat_mode_is_not(string? mode, string? said)
    {
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 4) with { Mode = mode });

        OtlpSpan root = QuestionSpans.Of(run, run.Results[0], texts: false)[0];

        Assert.Equal(
            said, root.Attributes.Where(pair => pair.Key == "genieload.question.mode").Select(pair => pair.Value).SingleOrDefault());
    }

    [Theory]
    [InlineData(QuestionMode.Agent, 1, "POST create-response")]
    [InlineData(QuestionMode.Agent, 2, "POST create-response")]
    [InlineData(QuestionMode.Chat, 1, "POST start-conversation")]
    [InlineData(null, 2, "POST create-message")]
    public void Asking_has_the_name_of_the_call_that_asked(string? mode, int turn, string name)
    {
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 4) with { Mode = mode, Turn = turn, SubmitSeconds = 1 });

        Assert.Single(QuestionSpans.Of(run, run.Results[0], texts: false), span => span.Name == name);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(4, 12.0)]
    [InlineData(5, 25.0)]
    public async Task Spans_nest_and_last_as_long_as_the_columns_of_the_row(int seed, double? stoppedAfter)
    {
        LoadRun run = await RandomRun(seed, stoppedAfter);
        int traces = 0;
        foreach (QuestionResult row in run.Results)
        {
            IReadOnlyList<OtlpSpan> spans = QuestionSpans.Of(run, row, texts: false);
            if (row.Outcome == Outcome.NotStarted)
            {
                Assert.Empty(spans);
                continue;
            }
            traces++;
            Nests(spans);
            Lasts(row, spans);
        }
        Assert.InRange(traces, 5, 35);
    }

    [Fact]
    public async Task Ids_are_one_of_their_kind_and_follow_from_run_and_question()
    {
        LoadRun run = await RandomRun(5);
        OtlpSpan[] spans = [.. run.Results.SelectMany(row => QuestionSpans.Of(run, row, texts: false))];

        Assert.Equal(spans.Length, spans.Select(span => span.Id).Distinct().Count());
        Assert.All(spans, span => Assert.Matches("^[0-9a-f]{32} [0-9a-f]{16}$", $"{span.TraceId} {span.Id}"));
        Assert.Equal(
            run.Results.Count(row => row.Outcome != Outcome.NotStarted), spans.Select(span => span.TraceId).Distinct().Count());
        Assert.Equal(spans[0].TraceId, QuestionSpans.Of(run, run.Results[0] with { Outcome = Outcome.Failed }, true)[0].TraceId);
        Assert.NotEqual(spans[0].TraceId, QuestionSpans.Of(run with { RunId = "another" }, run.Results[0], true)[0].TraceId);
    }

    [Fact]
    public void The_agent_s_span_names_what_was_asked_by_the_conventions()
    {
        QuestionResult row = SampleRun.Success(1, 12);
        LoadRun run = SampleRun.Summarize(1, row);
        OtlpSpan agent = Find(QuestionSpans.Of(run, row, texts: false), "invoke_agent");
        Dictionary<string, object> said = agent.Attributes.ToDictionary();

        Assert.True(agent.IsClient);
        Assert.Equal("invoke_agent", said["gen_ai.operation.name"]);
        Assert.Equal("databricks", said["gen_ai.provider.name"]);
        Assert.Equal(run.SpaceId, said["gen_ai.agent.id"]);
        Assert.Equal(row.MessageId, said["gen_ai.response.id"]);
        Assert.Equal(row.ConversationId, said["gen_ai.conversation.id"]);
        Assert.False(agent.IsError);
    }

    [Fact]
    public void Only_an_answered_question_is_no_error()
    {
        foreach (string outcome in Outcome.All.Except([Outcome.Completed, Outcome.NotStarted]))
        {
            QuestionResult row = SampleRun.Failure(1, outcome, null, "said about revenue");
            LoadRun run = SampleRun.Summarize(1, row);

            OtlpSpan root = QuestionSpans.Of(run, row, texts: false)[0];

            Assert.True(root.IsError);
            Assert.Null(root.ErrorText);
            Assert.Equal(outcome, root.Attributes.ToDictionary()["error.type"]);
            Assert.Equal("said about revenue", QuestionSpans.Of(run, row, texts: true)[0].ErrorText);
        }
    }

    [Fact]
    public void A_statement_ends_as_long_before_the_answer_as_the_service_thought_after_it()
    {
        QuestionResult row = SampleRun.Success(1, 12) with
        {
            StatementState = StatementState.Known, StatementSeconds = 0.5, ModelAfterSeconds = 0.25, StatementCount = 1,
            StatementId = "s1",
        };
        IReadOnlyList<OtlpSpan> spans = QuestionSpans.Of(SampleRun.Summarize(1, row), row, texts: true);

        OtlpSpan statement = Find(spans, "execute_tool execute_sql");
        long answered = Find(spans, "wait to retry").End;

        Assert.Equal((0.5, 0.25), ((statement.End - statement.Start) / Second, (answered - statement.End) / Second));
        Assert.Equal(row.StatementId, statement.Attributes.ToDictionary()["gen_ai.tool.call.id"]);
        Assert.Equal(row.Sql, statement.Attributes.ToDictionary()["db.query.text"]);
        Assert.DoesNotContain("db.query.text", Find(spans, "invoke_agent").Attributes.ToDictionary().Keys);
        Assert.All(
            QuestionSpans.Of(SampleRun.Summarize(1, row), row, texts: false),
            span => Assert.DoesNotContain("db.query.text", span.Attributes.ToDictionary().Keys));
    }

    [Fact]
    public void Columns_that_do_not_add_up_stay_inside_the_question()
    {
        QuestionResult row = SampleRun.Success(1, 12) with
        {
            AskingAiSeconds = 100, FetchSeconds = 100, LagSeconds = 100, PlannedAt = SampleRun.StartedAt.AddSeconds(-1),
        };

        Nests(QuestionSpans.Of(SampleRun.Summarize(1, row), row, texts: false));
    }

    [Fact]
    public void A_refused_send_is_an_event_at_its_instant()
    {
        QuestionResult row = SampleRun.Success(1, 12) with
        {
            Sends = "1-1.5=429/2 4-4.25=200", SubmitSeconds = 0.75,
            ThrottleSeconds = 2.5, Attempts = 2, DurationSeconds = 14.5,
        };
        OtlpSpan ask = Find(QuestionSpans.Of(SampleRun.Summarize(1, row), row, texts: false), "POST ");

        Assert.Equal(3.25, (ask.End - ask.Start) / Second);
        OtlpEvent refused = Assert.Single(ask.Events);
        Assert.Equal(("throttled", 0.5), (refused.Name, (refused.At - ask.Start) / Second));
        Assert.Equal(1, ask.Attributes.ToDictionary()["http.request.resend_count"]);
    }

    [Fact]
    public void An_answer_that_was_fetched_after_an_interruption_lasts_as_long_as_the_service_says()
    {
        QuestionResult row = SampleRun.Success(1, 12) with
        {
            IsReattached = true, ServerSeconds = 7, DurationSeconds = null, ResponseSeconds = null, AskingAiSeconds = null,
            CompletedAt = SampleRun.StartedAt.AddHours(2),
        };

        IReadOnlyList<OtlpSpan> spans = QuestionSpans.Of(SampleRun.Summarize(1, row), row, texts: false);

        Assert.Equal(2, spans.Count);
        Nests(spans);
        Assert.Equal(7, Sum(spans.Skip(1)));
    }

    internal static async Task<LoadRun> RandomRun(int seed, double? stoppedAfter = null)
    {
        using LastingSpace space = new(new SimulatorOptions
        {
            Seed = seed, RateLimitPerMinute = 30, RateLimitBurst = 3, RetryAfterSeconds = 3, ServerErrorShare = 0.1, FailedShare = 0.15,
        });
        Plan plan = PlanBuilder.Build(ScenarioCatalog.Find("high_load"), SampleQuestions.All, new PlanOptions { Seed = seed });
        return stoppedAfter is double seconds ? await space.RunAndStop(plan, seconds) : await space.Run(plan);
    }

    private static OtlpSpan Find(IEnumerable<OtlpSpan> spans, string name) =>
        Assert.Single(spans, span => span.Name.StartsWith(name, StringComparison.Ordinal));

    private static void Nests(IReadOnlyList<OtlpSpan> spans)
    {
        Assert.Null(spans[0].ParentId);
        foreach (OtlpSpan span in spans.Skip(1))
        {
            OtlpSpan parent = Assert.Single(spans, other => other.Id == span.ParentId);
            Assert.True(parent.Start <= span.Start && span.Start <= span.End && span.End <= parent.End, $"{span} in {parent}");
        }
        Assert.All(spans, span => Assert.All(span.Events, one => Assert.InRange(one.At, span.Start, span.End)));
    }

    private static void Lasts(QuestionResult row, IReadOnlyList<OtlpSpan> spans)
    {
        Near(row.ResponseSeconds ?? 0, Sum(spans.Take(1)));
        OtlpSpan[] agents = [.. spans.Where(span => span.Name.StartsWith("invoke_agent", StringComparison.Ordinal))];
        Near(row.DurationSeconds ?? 0, Sum(agents));
        foreach ((string name, Func<QuestionResult, double?> seconds) in Parts)
            Near(seconds(row) ?? 0, Sum(spans.Where(span => span.Name == name)));
        if (agents is not [OtlpSpan agent])
            return;
        // One part follows the other without a hole, from the first send to the answer.
        OtlpSpan[] parts = [.. spans.Where(span => span.ParentId == agent.Id && span.Name != "execute_tool execute_sql")];
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Near(row.DurationSeconds!.Value, Sum(parts));
    }

    private static double Sum(IEnumerable<OtlpSpan> spans) => spans.Sum(span => (span.End - span.Start) / Second);

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected - Rounding, expected + Rounding);
}
