using System.Text.RegularExpressions;
using GenieLoad.Engine.Live.Terminal;

namespace GenieLoad.Engine.Tests.Live.Terminal;

/// <summary>
/// A terminal with two screens that knows the escape sequences of the view and no others: whatever else arrives fails the test.
/// </summary>
internal sealed partial class FakeTerminal : ILiveTerminal
{
    private readonly Queue<(Func<bool> IsDue, char Key)> _keys = new();
    private readonly char[][] _first;
    private char[][] _screen;
    private (int Line, int Column) _cursor;

    public FakeTerminal(int width = 100, int height = 30)
    {
        (Width, Height) = (width, height);
        _first = Blank();
        _screen = _first;
        "PS> Invoke-GenieLoadTest -Live".CopyTo(0, _first[0], 0, 30);
    }

    public int Width { get; set; }

    public int Height { get; set; }

    public bool HasKeys { get; init; } = true;

    public bool IsGone { get; set; }

    public bool IsCursorShown { get; private set; } = true;

    public bool Wraps { get; private set; } = true;

    public bool IsConcealed { get; private set; }

    public bool IsOnSecondScreen => _screen != _first;

    /// <summary>Each frame as it was seen.</summary>
    public List<string> Frames { get; } = [];

    /// <summary>When each of them was seen.</summary>
    public List<DateTimeOffset> Times { get; } = [];

    public Func<DateTimeOffset> Now { get; set; } = () => default;

    /// <summary>What was written for each of them.</summary>
    public List<string> Written { get; } = [];

    public string Text => string.Join('\n', _screen.Select(line => new string(line).TrimEnd())).TrimEnd();

    public void PressWhen(Func<bool> isDue, params char[] keys)
    {
        foreach (char key in keys)
            _keys.Enqueue((isDue, key));
    }

    public char? ReadKey()
    {
        if (!_keys.TryPeek(out (Func<bool> IsDue, char Key) next) || !next.IsDue())
            return null;
        _keys.Dequeue();
        return next.Key;
    }

    public void Write(string text)
    {
        if (IsGone)
            throw new IOException("The terminal is gone.");
        Written.Add(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
            {
                Match sequence = Sequence().Match(text, i);
                Assert.True(sequence.Success && sequence.Index == i, $"Unknown: {text[(i + 1)..Math.Min(text.Length, i + 12)]}");
                Do(sequence.Groups[1].Value);
                i += sequence.Length - 1;
                continue;
            }
            Assert.False(char.IsControl(text[i]), $"U+{(int)text[i]:X4} steers a terminal.");
            Assert.False(IsConcealed);
            Assert.True(_cursor.Column < Width, $"Wider than {Width}: {text[i..Math.Min(text.Length, i + 20)]}");
            _screen[_cursor.Line][_cursor.Column++] = text[i];
        }
        if (!IsOnSecondScreen)
            return;
        // A key that is echoed between two looks is neither seen nor in the way.
        Assert.Equal((true, (0, 0)), (IsConcealed, _cursor));
        Frames.Add(Text);
        Times.Add(Now());
    }

    private void Do(string sequence)
    {
        switch (sequence)
        {
            case "?1049h":
                _screen = Blank();
                break;
            case "?1049l":
                _screen = _first;
                break;
            case "?25h" or "?25l":
                IsCursorShown = sequence[^1] == 'h';
                break;
            case "?7h" or "?7l":
                Wraps = sequence[^1] == 'h';
                break;
            case "2J":
                _screen = IsOnSecondScreen ? Blank() : throw new InvalidOperationException("The first screen was cleared.");
                break;
            case "2K":
                Array.Fill(_screen[_cursor.Line], ' ');
                break;
            case "8m":
                IsConcealed = true;
                break;
            case "0m":
                IsConcealed = false;
                break;
            case "31m" or "32m" or "33m" or "2m" or "?2026h" or "?2026l":
                break;
            default:
                string[] at = sequence[..^1].Split(';');
                Assert.Equal('H', sequence[^1]);
                _cursor = (int.Parse(at[0]) - 1, int.Parse(at[1]) - 1);
                Assert.InRange(_cursor.Line, 0, Height - 1);
                break;
        }
    }

    private char[][] Blank() => [.. Enumerable.Range(0, Height).Select(_ => new string(' ', Width).ToCharArray())];

    [GeneratedRegex("\u001b\\[([?0-9;]*[A-Za-z])")]
    private static partial Regex Sequence();
}
