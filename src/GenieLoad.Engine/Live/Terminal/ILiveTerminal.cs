namespace GenieLoad.Engine.Live.Terminal;

/// <summary>A terminal that understands escape sequences, and its keyboard.</summary>
public interface ILiveTerminal
{
    /// <summary>Columns, at least 1.</summary>
    int Width { get; }

    /// <summary>Lines, at least 1.</summary>
    int Height { get; }

    /// <summary>Whether keys can be read.</summary>
    bool HasKeys { get; }

    /// <summary>Writes a text with its escape sequences, at once.</summary>
    /// <param name="text">The text.</param>
    void Write(string text);

    /// <summary>The next key that was pressed, without waiting; <see langword="null"/> where there is none.</summary>
    char? ReadKey();
}
