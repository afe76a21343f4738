using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The runs kept on this machine: one folder each. Several processes may use one store at the same time.</summary>
public sealed partial class RunStore
{
    /// <summary>Environment variable that moves the store.</summary>
    public const string HomeVariable = "GENIELOAD_HOME";

    private const int MaximumScenarioLength = 40;

    /// <summary>Opens a store; nothing is made until a run is.</summary>
    /// <param name="root">
    /// Data folder of GenieLoad. Without it: <c>GENIELOAD_HOME</c>, then <c>GenieLoad</c> in the user's local application data.
    /// </param>
    /// <exception cref="GenieLoadException">None is given and this account has no data folder.</exception>
    public RunStore(string? root = null)
    {
        string home = root ?? FromEnvironment() ?? FromPlatform();
        Root = home.Contains('\0', StringComparison.Ordinal) ? throw RunsErrors.InvalidDataFolder(home) : Path.GetFullPath(home);
        RunsPath = Path.Combine(Root, "runs");
    }

    /// <summary>The store of this account; <see langword="null"/> where it has no data folder.</summary>
    public static RunStore? IfAny()
    {
        try
        {
            return new RunStore();
        }
        catch (GenieLoadException)
        {
            return null;
        }
    }

    /// <summary>Data folder of GenieLoad.</summary>
    public string Root { get; }

    /// <summary>Folder that holds the runs' folders.</summary>
    public string RunsPath { get; }

    /// <summary>Makes the folder of a new run, readable by its owner only. Its name is the new run's id.</summary>
    /// <param name="scenarioName">Name of the scenario; becomes part of the id.</param>
    /// <param name="startedAt">Start of the run, UTC; becomes part of the id.</param>
    /// <exception cref="GenieLoadException">The folder cannot be made.</exception>
    public RunFolder Create(string scenarioName, DateTime startedAt)
    {
        ArgumentNullException.ThrowIfNull(scenarioName);
        RunFolder folder;
        do
            folder = new RunFolder(Path.Combine(RunsPath, NewRunId(scenarioName, startedAt)));
        while (Directory.Exists(folder.Path));
        try
        {
            RunFolder.CreateForOwnerOnly(Root);
            RunFolder.CreateForOwnerOnly(RunsPath);
            folder.Create();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
        }

        return folder;
    }

    /// <summary>The runs of the store, the newest first.</summary>
    /// <param name="filter">Which of them; all without it.</param>
    /// <param name="warn">Told of folders that look like a run and cannot be read.</param>
    /// <exception cref="GenieLoadException">The folder of the runs itself cannot be read: <c>StoreUnreadable</c>.</exception>
    public IReadOnlyList<StoredRun> List(StoredRunFilter? filter = null, Action<string>? warn = null)
    {
        if (!Directory.Exists(RunsPath))
            return [];
        List<StoredRun> runs = [];
        foreach (string path in Folders())
        {
            RunFolder folder = new(path);
            // One that is being written has a name that no run has.
            if (!folder.Exists || folder.Name.StartsWith('.'))
                continue;
            try
            {
                runs.Add(RunReader.Identify(folder));
            }
            catch (GenieLoadException exception)
            {
                // One bad folder never hides the others.
                warn?.Invoke(exception.Message);
            }
        }

        return
        [
            .. runs.Where(run => filter?.Matches(run) != false)
                .OrderByDescending(run => run.StartedAt)
                .ThenByDescending(run => run.RunId, StringComparer.Ordinal),
        ];
    }

    /// <summary>The newest run.</summary>
    /// <param name="filter">Of which; of all without it.</param>
    /// <param name="warn">Told of folders that look like a run and cannot be read.</param>
    /// <exception cref="GenieLoadException">There is none: <c>NoRunYet</c>.</exception>
    public StoredRun Latest(StoredRunFilter? filter = null, Action<string>? warn = null) =>
        List(filter, warn) is [StoredRun newest, ..] ? newest : throw RunsErrors.NoRunYet(filter, RunsPath);

    /// <summary>The folder of a run.</summary>
    /// <param name="runId">The run's id.</param>
    /// <exception cref="GenieLoadException">There is no such run.</exception>
    public RunFolder Find(string runId)
    {
        RunFolder folder = FindLeftover(runId);
        return folder.Exists ? folder : throw RunsErrors.RunNotFound(runId, RunsPath);
    }

    /// <summary>The folder of a run, or of what is left of one: it may hold nothing yet, or nothing any more.</summary>
    /// <param name="runId">The run's id.</param>
    /// <exception cref="GenieLoadException">There is no such folder.</exception>
    public RunFolder FindLeftover(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);

        // An id is a name, never a way out of the store.
        bool isName = runId.Length > 0 && runId == Path.GetFileName(runId) && runId is not ("." or "..");
        string path = Path.Combine(RunsPath, runId);
        return isName && Directory.Exists(path) ? new RunFolder(path) : throw RunsErrors.RunNotFound(runId, RunsPath);
    }

    /// <summary>The folder of a run; <see langword="null"/> where there is none of that id.</summary>
    /// <param name="runId">What may be the id of a run.</param>
    public RunFolder? IdentifiedBy(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return RunIdPattern().IsMatch(runId) && new RunFolder(Path.Combine(RunsPath, runId)) is { Exists: true } folder ? folder : null;
    }

    /// <summary>
    /// The store that a folder is: GenieLoad's data folder, or the folder of runs in it; <see langword="null"/> for any other.
    /// </summary>
    /// <param name="path">The folder.</param>
    public static RunStore? At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (new RunFolder(full).Exists)
            return null;
        if (Directory.Exists(Path.Combine(full, "runs")))
            return new RunStore(full);
        return Path.GetFileName(full) == "runs" && Directory.Exists(full) && Path.GetDirectoryName(full) is { } root
            ? new RunStore(root)
            : null;
    }

    /// <summary>Whether a folder is where this store has its runs, under a name that this store gives.</summary>
    internal bool HasPlaceFor(RunFolder folder) =>
        RunIdPattern().IsMatch(folder.Name) && Path.GetDirectoryName(folder.Path) is { } parent && parent.Equals(RunsPath, PathComparison);

    private static StringComparison PathComparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    [GeneratedRegex(@"^\d{8}-\d{6}-[A-Za-z0-9_.-]{0,40}-[0-9a-f]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RunIdPattern();

    private List<string> Folders()
    {
        try
        {
            return [.. Directory.EnumerateDirectories(RunsPath)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.StoreUnreadable(RunsPath, exception);
        }
    }

    // Not from the plan's seed: two runs with one seed in one second are two runs.
    private static string NewRunId(string scenarioName, DateTime startedAt) =>
        RunIdOf(scenarioName, startedAt, RandomNumberGenerator.GetHexString(4, lowercase: true));

    /// <summary>Id of a run.</summary>
    /// <param name="scenarioName">Name of the scenario.</param>
    /// <param name="startedAt">Start of the run, UTC.</param>
    /// <param name="digits">Four hexadecimal digits that tell it from others.</param>
    internal static string RunIdOf(string scenarioName, DateTime startedAt, string digits)
    {
        string scenario = string.Concat(scenarioName.Take(MaximumScenarioLength)
            .Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        string instant = startedAt.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $"{instant}-{scenario}-{digits}";
    }

    private static string? FromEnvironment() =>
        VariableText.Read(HomeVariable) is string home ? HomePath.Expand(home) : null;

    private static string FromPlatform()
    {
        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "GenieLoad") : throw RunsErrors.NoDataFolder();
    }
}
