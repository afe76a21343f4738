namespace GenieLoad.Host;

/// <summary>What the host was asked to do.</summary>
internal enum HostAction
{
    RunFile,
    RunCommand,
    ShowHelp,
    ShowVersion,
}

/// <summary>The host's command line, read the way <c>pwsh</c> reads its own: the first word that is no option is the script.</summary>
internal sealed class CommandLine
{
    public HostAction Action { get; private set; } = HostAction.RunFile;

    /// <summary>Path of the script as given; empty for anything but <see cref="HostAction.RunFile"/>.</summary>
    public string ScriptPath { get; private set; } = "";

    /// <summary>Words after the script, for the script.</summary>
    public IReadOnlyList<string> ScriptArguments { get; private set; } = [];

    /// <summary>Text to run for <see cref="HostAction.RunCommand"/>.</summary>
    public string CommandText { get; private set; } = "";

    /// <summary>Folder or manifest of the module; <see langword="null"/> to look for it.</summary>
    public string? ModulePath { get; private set; }

    public bool NoProgress { get; private set; }

    public bool NonInteractive { get; private set; }

    /// <exception cref="StartException">An option is unknown or lacks its value, or there is nothing to run.</exception>
    public static CommandLine Parse(IReadOnlyList<string> words)
    {
        var line = new CommandLine();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith('-') || word == "-")
            {
                line.SetScript(word, words.Skip(i + 1));
                return line;
            }

            switch (word.TrimStart('-').ToLowerInvariant())
            {
                case "file" or "f":
                    line.SetScript(ValueOf(words, i, "the path of a script"), words.Skip(i + 2));
                    return line;
                case "command" or "c":
                    ValueOf(words, i, "the command to run");
                    line.Action = HostAction.RunCommand;
                    line.CommandText = string.Join(' ', words.Skip(i + 1));
                    return line;
                case "module":
                    line.ModulePath = ValueOf(words, i++, "the folder of the GenieLoad module");
                    break;
                case "noprogress":
                    line.NoProgress = true;
                    break;
                case "noninteractive":
                    line.NonInteractive = true;
                    break;
                case "noprofile" or "nop" or "nologo":
                    // True of this host in any case; accepted so that a pwsh command line can stay as it is.
                    break;
                case "help" or "h" or "?":
                    line.Action = HostAction.ShowHelp;
                    return line;
                case "version" or "v":
                    line.Action = HostAction.ShowVersion;
                    return line;
                default:
                    throw new StartException(ExitCode.BadUsage, $"There is no option {word}.");
            }
        }

        throw new StartException(ExitCode.BadUsage, "There is nothing to run: give a script, or -Command with its text.");
    }

    private static string ValueOf(IReadOnlyList<string> words, int option, string what) =>
        option + 1 < words.Count
            ? words[option + 1]
            : throw new StartException(ExitCode.BadUsage, $"{words[option]} needs a value: {what}.");

    private void SetScript(string path, IEnumerable<string> arguments)
    {
        ScriptPath = path;
        ScriptArguments = [.. arguments];
    }
}
