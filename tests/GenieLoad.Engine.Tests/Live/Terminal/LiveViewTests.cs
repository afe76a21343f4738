using GenieLoad.Engine.Live.Terminal;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Sessions;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Live.Terminal;

/// <summary>A test with a live view against a simulator, on a terminal that fails on anything it does not know.</summary>
public sealed class LiveViewTests : IDisposable
{
    private static readonly SummaryStyle Coloured = new()
    {
        Good = "\u001b[32m", Bad = "\u001b[31m", Unsure = "\u001b[33m", Dim = "\u001b[2m", Reset = "\u001b[0m", HasBlocks = true,
    };

    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeTerminal _terminal = new();
    private readonly SessionListener _heard = new();
    private DateTimeOffset _begin = DateTimeOffset.MaxValue.AddYears(-1);
    private GenieSimulator _simulator;
    private Func<Task> _takeScreen = () => Task.CompletedTask;
    private int _released;

    public LiveViewTests()
    {
        _heard.WhenBegun = () => _begin = _time.GetUtcNow();
        _simulator = GenieSimulator.Start(new SimulatorOptions { LatencySpread = 0, AskingAiSeconds = 2 }, _time);
    }

    [Fact]
    public async Task The_whole_terminal_shows_the_test_and_is_as_it_was_afterwards()
    {
        string before = _terminal.Text;

        LoadRun run = await RunAsync();

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("Running", StringComparison.Ordinal)
            && frame.Contains("ASKING_AI", StringComparison.Ordinal) && frame.Contains("Slowest answers", StringComparison.Ordinal));
        // Never a frame without its end: what is seen is whole, and keys that a terminal echoes are not seen.
        Assert.All(_terminal.Frames, frame => Assert.EndsWith("a abort", frame, StringComparison.Ordinal));
        Assert.Equal((before, true, true, false, false),
            (_terminal.Text, _terminal.IsCursorShown, _terminal.Wraps, _terminal.IsConcealed, _terminal.IsOnSecondScreen));
        Assert.Equal(1, _released);
        Assert.Empty(_heard.Warnings);
    }

    [Fact]
    public async Task A_frame_is_written_twice_a_second_and_only_where_it_differs()
    {
        _terminal.Now = _time.GetUtcNow;

        LoadRun run = await RunAsync();

        Assert.InRange(_terminal.Frames.Count, 2 * (run.TotalDurationSeconds - 2), double.PositiveInfinity);
        Assert.All(_terminal.Times.Zip(_terminal.Times.Skip(1)), two => Assert.InRange((two.Second - two.First).TotalSeconds, 0.5, 1));
        // Lines that stay as they are, such as the keys, are written once.
        Assert.Single(_terminal.Written, text => text.Contains("p pause", StringComparison.Ordinal));
    }

    [Fact]
    public async Task P_pauses_and_goes_on()
    {
        PressAt(5, 'p');
        PressAt(30, 'P');

        LoadRun run = await RunAsync();

        Assert.Equal(["paused", "continued"], run.Changes.Select(change => change.Change));
        Assert.Equal(5, run.Changes[0].OffsetSeconds, 1.0);
        Assert.Equal(30, run.Changes[1].OffsetSeconds, 1.0);
        Assert.Contains(_terminal.Frames, frame => frame.Contains("Paused  00:2", StringComparison.Ordinal));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("Changed at 5", StringComparison.Ordinal));
        Assert.Equal((20, 20), (run.SuccessfulCount, _simulator.Record.QuestionCount));
    }

    [Fact]
    public async Task Plus_and_minus_change_the_pace_by_a_quarter()
    {
        // The plan asks for a question a second, and no answer is there yet.
        PressAt(1, '+');
        PressAt(2, '-');
        PressAt(4, '_');
        PressAt(6, '=');

        LoadRun run = await RunAsync();

        Assert.Equal([48, 38, 48], run.Changes.Select(change => change.QuestionsPerMinute!.Value));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("No pace is set", StringComparison.Ordinal));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("at most 38 questions a minute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Q_twice_stops_with_grace_and_hands_the_run_over()
    {
        PressAt(5, 'q');
        // Too late to be the second.
        PressAt(11, 'q');
        PressAt(12, 'x', 'q', 'q');
        PressAt(13, 'p', '+');

        LoadRun run = await RunAsync();

        Assert.Equal((RunState.Stopped, StopCause.User, "Stopped by the user."), (run.State, run.StopCause, run.StateReason));
        // Those of the first 12 s were asked, and no others.
        Assert.Equal(7, run.Results.Count(row => row.Outcome == Outcome.NotStarted));
        // Those in flight had their grace.
        Assert.DoesNotContain(run.Results, row => row.Outcome == Outcome.Interrupted);
        Assert.Empty(run.Changes);
        Assert.Contains(_terminal.Frames, frame => frame.Contains(
            "Press q again to stop: no further question is sent, those in flight have 30 s to finish.", StringComparison.Ordinal));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("Stopping  00:1", StringComparison.Ordinal));
        Assert.Contains(_terminal.Frames, frame => frame.Contains("can no longer be changed", StringComparison.Ordinal));
        Assert.Contains($"Resume-GenieLoadTest {run.RunId} asks them.", Assert.Single(_heard.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_twice_breaks_off_what_is_in_flight_also_while_the_test_stops()
    {
        PressAt(5, 'q', 'q');
        PressAt(6, 'a', 'a');

        LoadRun run = await RunAsync();

        Assert.Equal((RunState.Stopped, StopCause.User), (run.State, run.StopCause));
        Assert.Contains(run.Results, row => row.Outcome == Outcome.Interrupted);
    }

    [Fact]
    public async Task Other_keys_and_another_key_between_do_nothing()
    {
        PressAt(3, 'x', '\0', '\u001b', 'q', 'x', 'q', 'a', 'q', 'a');

        LoadRun run = await RunAsync();

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
    }

    [Fact]
    public async Task Words_of_others_neither_steer_the_terminal_nor_show_secrets()
    {
        LoadRun run = await RunAsync(question: "What is \u001b[2J\u001b]0;mine\u0007\r\n dapi0123456789abcdef0123456789abcdef worth?");

        Assert.Equal(20, run.SuccessfulCount);
        Assert.Contains(_terminal.Frames, frame => frame.Contains("What is \u27E8U+001B\u27E9[2J", StringComparison.Ordinal));
        Assert.DoesNotContain(_terminal.Frames, frame => frame.Contains("dapi0123", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_shown_before_the_screen_is_given()
    {
        TaskCompletionSource given = new();
        _takeScreen = () => given.Task;

        await RunAsync(when: () =>
        {
            if (_time.GetUtcNow() >= _begin.AddSeconds(10) && !given.Task.IsCompleted)
            {
                Assert.Empty(_terminal.Written);
                given.SetResult();
            }
        });

        Assert.NotEmpty(_terminal.Written);
        Assert.Contains("00:1", _terminal.Frames[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_on_where_its_terminal_is_gone()
    {
        LoadRun run = await RunAsync(when: () => _terminal.IsGone = _time.GetUtcNow() >= _begin.AddSeconds(10));

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
        Assert.Equal("The live view has ended; the test goes on: The terminal is gone.", Assert.Single(_heard.Warnings));
        Assert.Equal(1, _released);
    }

    [Fact]
    public async Task Whatever_goes_wrong_in_the_view_the_test_goes_on_and_the_terminal_is_as_it_was()
    {
        string before = _terminal.Text;
        _terminal.PressWhen(
            () => _time.GetUtcNow() >= _begin.AddSeconds(5) ? throw new InvalidOperationException("There is no keyboard.") : false, 'p');

        LoadRun run = await RunAsync();

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
        Assert.Equal("The live view has ended; the test goes on: There is no keyboard.", Assert.Single(_heard.Warnings));
        Assert.Equal((before, true, false, 1),
            (_terminal.Text, _terminal.IsCursorShown, _terminal.IsOnSecondScreen, _released));
    }

    [Fact]
    public async Task The_terminal_is_given_back_when_the_load_is_over_and_not_after_what_follows()
    {
        bool wasOn = true;
        _heard.WhenStatements = () => wasOn = _terminal.IsOnSecondScreen;

        LoadRun run = await RunAsync(statements: true);

        Assert.Equal(RunState.Completed, run.State);
        Assert.False(wasOn);
        Assert.Equal(1, _released);
    }

    [Fact]
    public async Task A_test_that_stops_for_another_reason_says_so_and_is_not_changed_any_more()
    {
        PressAt(8, 'p', 'q', 'q');

        LoadRun run = await RunAsync(budget: new RunBudget { MaximumQuestions = 7 });

        Assert.Equal((RunState.Stopped, StopCause.Budget), (run.State, run.StopCause));
        Assert.Empty(run.Changes);
        Assert.Contains(_terminal.Frames, frame => frame.Contains("Stopping  00:0", StringComparison.Ordinal)
            && frame.Contains("7 of 7 questions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_is_told_and_nothing_else_breaks()
    {
        if (OperatingSystem.IsWindows())
            return;
        PressAt(5, 'p');
        // No file, where the test would answer.
        _heard.WhenRunBegun = path => File.CreateSymbolicLink(Path.Combine(path, "steering.jsonl"), "/dev/null");

        LoadRun run = await RunAsync();

        Assert.Contains(_terminal.Frames, frame => frame.Contains("steering.jsonl", StringComparison.Ordinal));
        Assert.Empty(_heard.Warnings);
        Assert.Equal((RunState.Completed, 20, 1), (run.State, run.SuccessfulCount, _released));
    }

    [Fact]
    public async Task Where_a_test_breaks_the_terminal_is_as_it_was_and_given_back()
    {
        string before = _terminal.Text;
        _heard.WhenFinished = () => throw new InvalidOperationException("broken");

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync());

        Assert.NotEmpty(_terminal.Written);
        Assert.Equal((before, true, false), (_terminal.Text, _terminal.IsCursorShown, _terminal.IsOnSecondScreen));
        Assert.Equal(1, _released);
    }

    [Fact]
    public async Task A_resumed_run_shows_what_was_answered_before()
    {
        PressAt(9, 'q', 'q');
        LoadRun stopped = await RunAsync();
        int answered = stopped.SuccessfulCount;
        _terminal.Frames.Clear();

        UserRule rule = new(30);
        using LiveView view = View(rule);
        using LoadTestSession rest = LoadTestSession.Resume(
            UnfinishedRun.Take(stopped.RunPath!), _ => new SessionOptions { Companions = [view], StopRules = [rule] }, false);
        LoadRun run = await CarryOutAsync(rest);

        Assert.Equal((RunState.Completed, 20), (run.State, run.SuccessfulCount));
        Assert.Contains(_terminal.Frames, frame => frame.Contains($"{answered} Completed", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_said_meanwhile_is_seen_for_a_while()
    {
        using LiveView view = View(new UserRule(30));
        view.OnBegin(new RunBeginning("run", _temporary.Path, SampleRun.Plan(10)), _ => { });
        view.Tell("The collector is away.");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("The collector is away.", _terminal.Text, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain("The collector is away.", _terminal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_that_changes_its_size_is_drawn_anew()
    {
        FakeTerminal narrow = new(60, 20);
        var painter = new ScreenPainter(narrow);
        painter.Show(["one", "two"]);
        painter.Show(["one", "two"]);
        Assert.DoesNotContain("two", narrow.Written[^1], StringComparison.Ordinal);
        narrow.Width = 50;
        painter.Show(["one", "two"]);

        Assert.Equal("one\ntwo", narrow.Text);
        Assert.Contains("\u001b[2J", narrow.Written[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(39, 24, false)]
    [InlineData(80, 9, false)]
    [InlineData(40, 10, true)]
    public void A_terminal_that_is_too_small_is_not_used(int width, int height, bool fits) =>
        Assert.Equal(fits, LiveView.Fits(new FakeTerminal(width, height)));

    public void Dispose()
    {
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private void PressAt(double seconds, params char[] keys) =>
        _terminal.PressWhen(() => _time.GetUtcNow() >= _begin.AddSeconds(seconds), keys);

    private LiveView View(UserRule rule) => new(_terminal, new LiveViewOptions
    {
        Rule = rule, Style = Coloured, TakeScreen = () => _takeScreen(),
        ReleaseScreen = () =>
        {
            _released++;
            return Task.CompletedTask;
        },
    }, _time);

    private async Task<LoadRun> RunAsync(
        string question = "How many orders are there?", Action? when = null, bool statements = false, RunBudget? budget = null)
    {
        UserRule rule = new(30);
        using LiveView view = View(rule);
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            Overrides = new ScenarioOverrides { QuestionCount = 20, DurationSeconds = 20, WorkerCount = 20 }, Seed = 7,
            Questions = [new Question { Id = "q1", Text = question }],
            Store = new RunStore(_temporary.Path), Options = new SessionOptions
            {
                Companions = [view], StopRules = [rule], IncludesStatements = statements, Budget = budget ?? new RunBudget(),
            },
        });
        _heard.WhenProgress = _ => when?.Invoke();
        return await CarryOutAsync(session);
    }

    private async Task<LoadRun> CarryOutAsync(LoadTestSession session)
    {
        session.Use([_simulator.Connection()]);
        await _time.DriveWithPauses(() => session.RunAsync((_, time) => _simulator.Open(time), _time, _heard, CancellationToken.None));
        return _heard.Run!;
    }
}
