using System.Management.Automation;

namespace GenieLoad.Host;

/// <summary>
/// The exit codes that the host itself chooses; <c>exit n</c> in a script gives n. An error of GenieLoad that ends the script gives the
/// code of what it is about: configuration, or the verdict on a run.
/// </summary>
internal static class ExitCode
{
    /// <summary>The script came to its end. Errors that did not end it do not count.</summary>
    public const int Success = 0;

    /// <summary>The script was ended by an error, or the last command of <c>-Command</c> failed.</summary>
    public const int ScriptFailed = 1;

    /// <summary>GenieLoad was given something that it cannot use: a parameter, a file, a name, or no connection.</summary>
    public const int BadConfiguration = 2;

    /// <summary>A threshold was missed.</summary>
    public const int ThresholdMissed = 3;

    /// <summary>There were too few answers to decide about a threshold.</summary>
    public const int ThresholdUndecided = 4;

    /// <summary>The generator was not fit for the run's figures to be believed.</summary>
    public const int RunInvalid = 5;

    /// <summary>A rule ended the test early.</summary>
    public const int StoppedByRule = 6;

    /// <summary>The host was called in a way it does not understand, or the script file does not exist.</summary>
    public const int BadUsage = 64;

    /// <summary>The module is missing or cannot be imported.</summary>
    public const int CannotStart = 70;

    /// <summary>Stopped by Ctrl+C: 128 and the number of the signal, as shells report it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM, as a container or a service manager does it.</summary>
    public const int Terminated = 143;

    /// <summary>The code of an error that ended a script. The ids of GenieLoad's errors are stable.</summary>
    /// <param name="error">The error; <see langword="null"/> when it is not known.</param>
    public static int Of(ErrorRecord? error)
    {
        // <id>,<class of the cmdlet>: other modules may use the same ids.
        string[] parts = error?.FullyQualifiedErrorId.Split(',', 2) ?? [];
        if (parts.Length < 2 || !parts[1].StartsWith("GenieLoad.PowerShell.Commands.", StringComparison.Ordinal))
            return ScriptFailed;
        return parts[0] switch
        {
            "ThresholdMissed" => ThresholdMissed,
            "ThresholdUndecided" => ThresholdUndecided,
            "RunInvalid" => RunInvalid,
            "RunStoppedByRule" or "ServiceRefused" => StoppedByRule,
            _ => error!.CategoryInfo.Category is ErrorCategory.InvalidArgument or ErrorCategory.InvalidData or ErrorCategory.ObjectNotFound
                or ErrorCategory.InvalidOperation
                ? BadConfiguration
                : ScriptFailed,
        };
    }
}
