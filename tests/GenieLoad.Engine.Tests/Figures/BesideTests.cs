using System.Text.Json;
using System.Text.Json.Serialization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class BesideTests
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    // From so many rows on, figures are worked out at the same time.
    private const int Many = 50_000;

    [Theory]
    [InlineData(Many - 1)]
    [InlineData(Many)]
    public void Every_work_is_done_once(int rows)
    {
        Beside beside = new(rows);
        int[] done = new int[100];
        Func<int>[] works = [.. Enumerable.Range(0, done.Length).Select(i => beside.Plan(() => Interlocked.Increment(ref done[i]) * i))];

        beside.Run();

        Assert.Equal(Enumerable.Range(0, done.Length), works.Select(work => work()));
        Assert.All(done, times => Assert.Equal(1, times));
    }

    // Each waits for the other, which one after the other cannot.
    [Fact]
    public async Task Works_of_many_rows_are_done_at_the_same_time_where_there_are_processors()
    {
        bool areSeveral = Environment.ProcessorCount > 1;
        Beside beside = new(Many);
        using Barrier both = new(2);
        beside.Plan(() => both.SignalAndWait(areSeveral ? TimeSpan.FromMinutes(1) : TimeSpan.Zero));
        beside.Plan(() => both.SignalAndWait(areSeveral ? TimeSpan.FromMinutes(1) : TimeSpan.Zero));

        await Task.Run(beside.Run);

        Assert.Equal(areSeveral ? 1 : 0, both.CurrentPhaseNumber);
    }

    [Theory]
    [InlineData(Many - 1)]
    [InlineData(Many)]
    public void What_a_work_throws_is_thrown_as_it_is(int rows)
    {
        Beside beside = new(rows);
        beside.Plan<int>(() => throw new OverflowException("too much"));

        Assert.Equal("too much", Assert.Throws<OverflowException>(beside.Run).Message);
    }

    [Fact]
    public void Figures_of_many_rows_are_those_of_each_figure_alone()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, Many).Select(Row)];
        QuestionResult[] successes = [.. rows.Where(row => row.Success)];

        LoadRun run = RunSummarizer.Summarize(
            SampleRun.Header(), SampleRun.Plan(Many), rows, new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(9000), 9000));

        AssertSame(
            LatencyFiguresCalculator.Of([.. Measure.All], successes).Where(figures => figures.Count > 0),
            run.Latency.Where(figures => figures.Count > 0));
        AssertSame(PercentileFigures.Of(rows), run.Percentiles);
        AssertSame(Slices.Of(rows), run.Slices);
        AssertSame([RunRatesCalculator.Of(run.Plan, rows)], [run.Rates]);
        AssertSame([RunHealthJudge.Of(rows, null)], [run.Health]);
        AssertSame(RunSeries.Of(rows, 10), run.Intervals);
        AssertSame(CauseCounter.Count(rows), run.Causes);
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement? agreement) = RunAgreementCalculator.Of(rows, rows, run.Plan.Seed, []);
        AssertSame(questions, run.Consistency);
        AssertSame([agreement], [run.Agreement]);
        RateLimit limit = LimitSeen.Of(rows);
        Assert.Equal(
            (limit.LowerPerMinute, limit.UpperPerMinute, limit.Burst), (run.LimitLowerPerMinute, run.LimitUpperPerMinute, run.LimitBurst));
    }

    private static QuestionResult Row(int index)
    {
        double planned = (index - 1) * 0.1, sent = planned + (index * 7 % 13 / 1000.0), wait = 1 + (index * 31 % 97 / 10.0);
        bool fails = index % 50 == 0;
        return Rows.Of(
            index, planned, sent, sent + wait, fails ? Outcome.Failed : Outcome.Completed, $"q{index % 40}", lag: sent - planned,
            errorType: fails ? "SQL" : null, status: fails ? MessageStatus.Failed : MessageStatus.Completed) with
        {
            SubmitSeconds = wait / 10, AskingAiSeconds = index % 3 == 0 ? null : wait / 2, AskingAiUpperSeconds = wait,
            AnswerKind = fails ? null : AnswerKind.Sql, SqlSignature = fails ? null : $"s{index % 40}",
            // Answers of one question differ: the test of all of them would take most of the time.
            ResultSignature = fails ? null : index % 40 == 0 ? $"r{index / 40 % 7 / 6}" : "r",
            Sends = FormattableString.Invariant($"{sent:0.###}-{sent + 0.1:0.###}={(index % 900 == 0 ? 429 : 200)}"),
            ThrottleRetries = index % 900 == 0 ? 1 : 0,
        };
    }

    private static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.Equal(
            expected.Select(one => JsonSerializer.Serialize(one, Options)), actual.Select(one => JsonSerializer.Serialize(one, Options)));
}
