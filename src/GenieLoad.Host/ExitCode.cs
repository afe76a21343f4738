namespace GenieLoad.Host;

/// <summary>
/// The exit codes that the host itself chooses; <c>exit n</c> in a script gives n. The first four are those of <c>pwsh</c>.
/// </summary>
internal static class ExitCode
{
    /// <summary>The script came to its end. Errors that did not end it do not count.</summary>
    public const int Success = 0;

    /// <summary>The script was ended by an error, or the last command of <c>-Command</c> failed.</summary>
    public const int ScriptFailed = 1;

    /// <summary>The host was called in a way it does not understand, or the script file does not exist.</summary>
    public const int BadUsage = 64;

    /// <summary>The module is missing or cannot be imported.</summary>
    public const int CannotStart = 70;

    /// <summary>Stopped by Ctrl+C: 128 and the number of the signal, as shells report it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM, as a container or a service manager does it.</summary>
    public const int Terminated = 143;
}
