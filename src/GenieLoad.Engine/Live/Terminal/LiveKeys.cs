using System.Globalization;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>
/// What the keys of a live view do, and what came of it. Changes go the way of every other request for a change, through the folder of
/// the run, so they are kept and told like those.
/// </summary>
/// <param name="rule">Ends the test.</param>
/// <param name="time">Clock of messages.</param>
internal sealed class LiveKeys(UserRule rule, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The keys in one line.</summary>
    public const string Help = "p pause/continue   + faster   - slower   q stop   a abort";

    private const double Step = 1.25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToRepeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToRead = TimeSpan.FromSeconds(8);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Plan? _plan;
    private RunFolder? _folder;
    private Task _sending = Task.CompletedTask;
    private string? _message;
    private long _saidAt;
    private (char Key, long At)? _first;
    private string? _ending;

    /// <summary>Whether there is a message that was not asked for yet.</summary>
    public bool HasNews { get; private set; }

    /// <summary>The run has begun.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="folder">Its folder.</param>
    public void Begin(Plan plan, RunFolder folder) => (_plan, _folder) = (plan, folder);

    /// <summary>What the test does, in a word.</summary>
    /// <param name="progress">Its counts.</param>
    public string State(RunProgress? progress) => _ending ?? (progress?.IsPaused == true ? "Paused" : "Running");

    /// <summary>What the user should know now.</summary>
    public string? Message()
    {
        lock (_gate)
        {
            HasNews = false;
            return _message is not null && time.GetElapsedTime(_saidAt) < TimeToRead ? _message : null;
        }
    }

    /// <summary>Tells the user something.</summary>
    public void Say(string text)
    {
        lock (_gate)
            (_message, _saidAt, HasNews) = (text, time.GetTimestamp(), true);
    }

    /// <summary>A key was pressed. Keys that do nothing are ignored.</summary>
    /// <param name="key">The key.</param>
    /// <param name="progress">Counts of the run; <see langword="null"/> as long as there are none.</param>
    public void Press(char key, RunProgress? progress)
    {
        char pressed = char.ToLowerInvariant(key);
        bool isRepeated = _first is (char first, long at) && first == pressed && time.GetElapsedTime(at) <= TimeToRepeat;
        _first = null;
        switch (pressed)
        {
            case 'q' when _ending is null:
                Confirm(isRepeated, pressed, "stop: no further question is sent, those in flight finish", () => End("Stopping", rule.Stop));
                break;
            case 'a':
                Confirm(isRepeated, pressed, "abort: questions in flight are broken off", () => End("Aborting", rule.Abort));
                break;
            case 'p' or '+' or '=' or '-' or '_' when _ending is not null:
                Say("The test is stopping and can no longer be changed.");
                break;
            case 'p':
                Send(new SteeringRequest { IsPaused = progress?.IsPaused != true });
                break;
            // The same keys without and with Shift.
            case '+' or '=':
                ChangePace(progress, Step);
                break;
            case '-' or '_':
                ChangePace(progress, 1 / Step);
                break;
        }
    }

    /// <summary>Waits for a change that is under way no longer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _end.Dispose();
    }

    private void Confirm(bool isRepeated, char key, string what, Action act)
    {
        if (isRepeated)
        {
            act();
            return;
        }
        _first = (key, time.GetTimestamp());
        Say($"Press {key} again to {what}.");
    }

    private void End(string word, Action act)
    {
        _ending = word;
        act();
        Say($"{word} the test.");
    }

    private void ChangePace(RunProgress? progress, double factor)
    {
        if (progress is null)
            return;
        double? pace = progress.QuestionsPerMinute ?? PlannedPerMinute();
        if (progress.QuestionsPerMinute is null && (factor > 1 || pace is null))
        {
            Say("No pace is set: questions are sent when they are due. - sets one.");
            return;
        }
        Send(new SteeringRequest { QuestionsPerMinute = Rounded(pace!.Value * factor) });
    }

    /// <summary>What the plan asks for, from its first question to its last.</summary>
    private double? PlannedPerMinute()
    {
        double span = _plan!.Questions[^1].PlannedSeconds - _plan.Questions[0].PlannedSeconds;
        return span > 0 ? _plan.QuestionCount * 60 / span : null;
    }

    /// <summary>Two digits: 6.3 a minute is easier to read, and to say, than 6.25.</summary>
    private static double Rounded(double pace) =>
        double.Parse(pace.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private void Send(SteeringRequest request)
    {
        if (!_sending.IsCompleted)
        {
            Say("The change before is still under way.");
            return;
        }
        Say($"Asking for a change: {request}");
        _sending = SendAsync(request);
    }

    private async Task SendAsync(SteeringRequest request)
    {
        try
        {
            RunChange change = await SteeringInbox.SendAsync(_folder!, request, Patience, time, _end.Token).ConfigureAwait(false);
            Say(change.Change.Length == 0 ? "Nothing was changed: it is like that already." : $"Changed {change}.");
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        catch (GenieLoadException failure)
        {
            Say(failure.Message);
        }
    }
}
