using System.Management.Automation.Host;

namespace GenieLoad.Host.Terminals;

/// <summary>The little of a screen that formatting and prompts need: its size, its colours and its keys.</summary>
internal sealed class TerminalRawUserInterface(Terminal terminal) : PSHostRawUserInterface
{
    private const int DefaultHeight = 50;

    /// <summary>Stands for the terminal's own colour, which cannot be asked for.</summary>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <summary>Stands for the terminal's own colour, which cannot be asked for.</summary>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => WindowSize;
        set { }
    }

    public override Size WindowSize
    {
        get => new(terminal.Width, Console.IsOutputRedirected || Console.WindowHeight <= 0 ? DefaultHeight : Console.WindowHeight);
        set { }
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override string WindowTitle { get; set; } = "";

    public override bool KeyAvailable => terminal.MayAsk && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!terminal.MayAsk)
            throw TerminalUserInterface.NobodyToAsk("a key");
        var key = terminal.Read(() => Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho)));
        return new KeyInfo((int)key.Key, key.KeyChar, (ControlKeyStates)0, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("GenieLoad.Host cannot read the screen.");

    // Painting the screen (Clear-Host and the like) is for people at a prompt, which this host is not.
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }
}
