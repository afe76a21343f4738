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
    private RunFolder? _folder;
    private Task _sending = Task.CompletedTask;
    private string? _message;
    private long _saidAt;
    private (char Key, long At)? _first;
    private string? _ending;

    /// <summary>Whether there is a message that was not asked for yet.</summary>
    public bool HasNews { get; private set; }

    /// <summary>The run has begun.</summary>
    /// <param name="folder">Its folder.</param>
    public void Begin(RunFolder folder) => _folder = folder;

    /// <summary>What the test does, in a word.</summary>
    /// <param name="progress">Its counts.</param>
    public string State(RunProgress? progress) =>
        _ending ?? (progress?.IsEnding == true ? "Stopping" : progress?.IsPaused == true ? "Paused" : "Running");

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
    /// <param name="rate">Questions a minute without a pace; <see langword="null"/> where nobody knows.</param>
    public void Press(char key, RunProgress? progress, double? rate)
    {
        bool isEnding = _ending is not null || progress?.IsEnding == true;
        char pressed = char.ToLowerInvariant(key);
        bool isRepeated = _first is (char first, long at) && first == pressed && time.GetElapsedTime(at) <= TimeToRepeat;
        _first = null;
        switch (pressed)
        {
            case 'q' when !isEnding:
                Confirm(
                    isRepeated, pressed,
                    FormattableString.Invariant(
                        $"stop: no further question is sent, those in flight have {rule.GraceSeconds:0.#} s to finish"),
                    () => End("Stopping", rule.Stop));
                break;
            case 'a':
                Confirm(isRepeated, pressed, "abort: questions in flight are broken off", () => End("Aborting", rule.Abort));
                break;
            case 'p' or '+' or '=' or '-' or '_' or 'q' when isEnding:
                Say("The test is stopping and can no longer be changed.");
                break;
            case 'p':
                Send(new SteeringRequest { IsPaused = progress?.IsPaused != true });
                break;
            // The same keys without and with Shift.
            case '+' or '=':
                ChangePace(progress, Step, rate);
                break;
            case '-' or '_':
                ChangePace(progress, 1 / Step, rate);
                break;
        }
    }

    /// <summary>Waits for a change that is under way no longer.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        _end.Cancel();
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

    private void ChangePace(RunProgress? progress, double factor, double? rate)
    {
        if (progress is null)
            return;
        if (progress.QuestionsPerMinute is null && factor > 1)
            Say("No pace is set: questions are sent when they are due. - sets one.");
        else if ((progress.QuestionsPerMinute ?? rate) is double pace)
            Send(new SteeringRequest { QuestionsPerMinute = Rounded(pace * factor) });
        else
            Say("No pace is set, and there is no answer yet to go by; Set-GenieLoadTest -QuestionsPerMinute sets one.");
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
        catch (Exception failure)
        {
            // Whatever it is: whoever pressed the key hears of it, and the test goes on as it was.
            Say(failure.Message);
        }
    }
}
