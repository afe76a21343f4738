using System.Text;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>
/// Shows frames on the second screen of a terminal, line by line where something changed, so that nothing flickers; what was on the first
/// screen is there again afterwards.
/// </summary>
/// <param name="terminal">The terminal.</param>
internal sealed class ScreenPainter(ILiveTerminal terminal)
{
    // Second screen, cursor hidden, nothing runs over the right edge.
    private const string EnterScreen = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";
    private const string LeaveScreen = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";

    // The terminal shows what lies between at once, where it knows how.
    private const string BeginFrame = "\u001b[?2026h";
    private const string EndFrame = "\u001b[?2026l";

    // Between two looks at the keyboard a terminal may echo a key: it does so in the corner, and unseen.
    private const string Park = "\u001b[1;1H\u001b[8m";

    private string[] _shown = [];
    private (int Width, int Height) _size;

    /// <summary>Whether the second screen is shown.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Shows a frame.</summary>
    /// <param name="lines">Its lines, from the top.</param>
    public void Show(IReadOnlyList<string> lines)
    {
        StringBuilder text = new(BeginFrame);
        if (!IsOn)
            text.Append(EnterScreen);
        IsOn = true;
        (int Width, int Height) size = (terminal.Width, terminal.Height);
        if (size != _size)
        {
            text.Append("\u001b[0m\u001b[2J");
            _shown = [];
            _size = size;
        }
        for (int i = 0; i < Math.Max(lines.Count, _shown.Length); i++)
        {
            string line = i < lines.Count ? lines[i] : "";
            if (i == 0 || i >= _shown.Length || line != _shown[i])
                text.Append("\u001b[").Append(i + 1).Append(";1H\u001b[0m\u001b[2K").Append(line);
        }
        _shown = [.. lines];
        terminal.Write(text.Append(Park).Append(EndFrame).ToString());
    }

    /// <summary>Brings back the first screen as it was.</summary>
    public void Leave()
    {
        if (!IsOn)
            return;
        IsOn = false;
        try
        {
            terminal.Write(LeaveScreen);
        }
        catch (IOException)
        {
            // The terminal is gone: there is nothing to bring back.
        }
    }
}
