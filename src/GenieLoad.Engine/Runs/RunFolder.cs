namespace GenieLoad.Engine.Runs;

/// <summary>Where the files of one run are. See <c>docs/run-folder.md</c> for what is in them.</summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>The folder, as a full path.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>Name of the folder, which is the run's id unless someone renamed it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary><c>run.json</c>: the run and how it stands.</summary>
    public string ManifestPath => File("run.json");

    /// <summary><c>plan.json</c>: every planned question.</summary>
    public string PlanPath => File("plan.json");

    /// <summary><c>results.jsonl</c>: one row per finished question, in the order in which they finished.</summary>
    public string ResultsPath => File("results.jsonl");

    /// <summary><c>started.jsonl</c>: which questions were sent, and the ids Genie gave them.</summary>
    public string StartedPath => File("started.jsonl");

    /// <summary><c>responses.jsonl</c>: the full API responses.</summary>
    public string ResponsesPath => File("responses.jsonl");

    /// <summary><c>events.log</c>: what happened, one line an event.</summary>
    public string EventsPath => File("events.log");

    /// <summary><c>statements.jsonl</c>: what the query history says of the run's statements; absent until somebody asks it.</summary>
    public string StatementsPath => File("statements.jsonl");

    /// <summary>
    /// <c>evaluations.jsonl</c>: evaluations of the benchmarks before, during and after the run; absent where none was wanted.
    /// </summary>
    public string EvaluationsPath => File("evaluations.jsonl");

    /// <summary><c>expected.jsonl</c>: what expected SQL gave; absent until it was run after the last question.</summary>
    public string ExpectedPath => File("expected.jsonl");

    /// <summary><c>steering.jsonl</c>: how the run was steered while it ran; absent where nobody did.</summary>
    public string SteeringPath => File("steering.jsonl");

    /// <summary><c>steering-request.json</c>: what somebody wants to change; the run takes it away.</summary>
    internal string SteeringRequestPath => File("steering-request.json");

    /// <summary><c>run.lock</c>: held open and locked by the process that runs it; it stays.</summary>
    internal string LockPath => File("run.lock");

    /// <summary>Every file that a run consists of from its beginning, the manifest first.</summary>
    internal string[] Files => [ManifestPath, PlanPath, ResultsPath, StartedPath, ResponsesPath, EventsPath, LockPath];

    /// <summary>Every file that GenieLoad may put there, the manifest first.</summary>
    internal string[] OwnFiles => [.. Files, StatementsPath, EvaluationsPath, ExpectedPath, SteeringPath, SteeringRequestPath];

    /// <summary>The files that grow line by line, but for the marks.</summary>
    internal string[] GrowingFiles => [ResultsPath, ResponsesPath, EventsPath, SteeringPath];

    /// <summary>Whether it looks like a run.</summary>
    public bool Exists => System.IO.File.Exists(ManifestPath);

    /// <summary>The folder's path.</summary>
    public override string ToString() => Path;

    /// <summary>Makes the folder, and what is missing above it, for its owner's eyes only.</summary>
    internal void Create() => CreateForOwnerOnly(Path);

    /// <summary>Makes a folder that only its owner may read. On Windows the user's data folder already is.</summary>
    internal static void CreateForOwnerOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Whether a living process holds the run. A lock file left behind by a dead one does not count.</summary>
    internal bool IsHeld() => RunLock.Look(this).IsHeld;

    /// <summary>Finds out whether every file of a run that is being carried out is still there.</summary>
    /// <exception cref="Model.GenieLoadException"><c>RunFolderGone</c>.</exception>
    internal void RequireWhole()
    {
        if (Array.Find(Files, path => !System.IO.File.Exists(path)) is string gone)
            throw RunsErrors.RunFolderGone(gone);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
