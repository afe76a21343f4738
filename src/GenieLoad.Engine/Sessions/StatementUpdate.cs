using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// Adds to a finished run what the query history says of its statements. No question is asked, and what was learned before stays: a second
/// time costs calls only for what is missing.
/// </summary>
public sealed class StatementUpdate
{
    private readonly RunFolder _folder;
    private readonly LoadRun _run;
    private readonly Dictionary<string, StatementRecord> _known;
    private readonly bool _excludesText;

    private StatementUpdate(RunFolder folder, LoadRun run, Dictionary<string, StatementRecord> known, bool excludesText)
    {
        _folder = folder;
        _run = run;
        _known = known;
        _excludesText = excludesText;
    }

    /// <summary>Looks at a run; nothing is sent.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="runId">The run that must be there.</param>
    /// <param name="warn">Told of lines that cannot be used.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotARunFolder</c>, <c>RunUnreadable</c>, <c>RunFormatTooNew</c>, <c>RunIsAnother</c>; <c>RunStillRunning</c>: it is being carried
    /// out.
    /// </exception>
    public static StatementUpdate Of(string path, string runId, Action<string>? warn = null)
    {
        LoadRun run = RunReader.Read(path, warn);
        var folder = new RunFolder(run.RunPath!);
        if (run.RunId != runId)
            throw RunsErrors.RunIsAnother(folder.Path, run.RunId, runId);
        if (folder.IsHeld())
            throw RunsErrors.RunStillRunning(folder.Path);
        return new StatementUpdate(
            folder, run, StatementFile.Read(folder, warn: null) ?? new(StringComparer.Ordinal),
            RunReader.ReadSettings(folder)?.ExcludeText == true);
    }

    /// <summary>
    /// Called at the beginning and after each round with the number of statements that are known, and of those that were missing.
    /// </summary>
    public Action<int, int>? Progress { get; set; }

    /// <summary>What it does, for people.</summary>
    public string Describe()
    {
        int wanted = Wanted().Count();
        return wanted == 0
            ? "Nothing: all statements are known already"
            : FormattableString.Invariant($"Read {wanted} {(wanted == 1 ? "statement" : "statements")} from the query history");
    }

    /// <summary>Asks, writes <c>statements.jsonl</c>, and reads the run anew.</summary>
    /// <param name="connections">Connections to the workspaces of the run.</param>
    /// <param name="open">Opens the way to one.</param>
    /// <param name="stop">Ends it early; what is known by then is kept.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotOfThisRun</c>, <c>OtherWorkspace</c>, <c>RunStillRunning</c>, <c>RunFolderNotWritable</c>, <c>FileNotWritable</c>.
    /// </exception>
    public async Task<LoadRun> RunAsync(
        IReadOnlyList<Connection> connections, Func<Connection, GenieApiClient> open, CancellationToken stop)
    {
        using var ways = new SessionTargets(RunSpaces.Of(_run, connections), open);
        return await RunAsync(ways.Unchecked, stop).ConfigureAwait(false);
    }

    /// <summary>As above, over ways that are open already.</summary>
    internal async Task<LoadRun> RunAsync(IReadOnlyList<RunTarget> targets, CancellationToken stop)
    {
        TimeProvider time = targets[0].Client.Time;
        StatementSource[] sources =
        [
            .. Wanted().GroupBy(one => ClientOf(one.Row, targets)).Where(group => group.Key is not null)
                .Select(group => new StatementSource(group.Key!, [.. group.Select(one => (one.Row.Index, one.Id))])),
        ];
        await StatementFetch.AskAsync(
            sources, time, (_run.CompletedAt ?? _run.StartedAt).ToUniversalTime(), _run.Seed,
            () => Progress?.Invoke(sources.Sum(source => source.KnownCount), sources.Sum(source => source.Count)), stop)
            .ConfigureAwait(false);
        // Nobody resumes it meanwhile, and what another update has read since is kept.
        using (RunLock.Take(_folder, time))
        {
            foreach (StatementRecord record in StatementFile.Read(_folder, warn: null)?.Values.AsEnumerable() ?? [])
                Learn(record);
            foreach (StatementRecord record in sources.SelectMany(source => source.Records()))
                Learn(_excludesText ? record.WithoutTexts() : record);
            StatementFile.Write(_folder, _known.Values.OrderBy(record => record.Index));
        }
        return RunReader.Read(_folder.Path);
    }

    /// <summary>What whoever reads the run has to know: what is still missing and why, and what the test measured besides.</summary>
    /// <param name="updated">The run as it is now.</param>
    public IReadOnlyList<string> Warnings(LoadRun updated)
    {
        ArgumentNullException.ThrowIfNull(updated);
        string[] missing = Missing(updated) is string text ? [text] : [];
        return [.. missing, .. WarehouseFindings.Of(updated)];
    }

    /// <summary>Takes over what a look at the history gave, unless an earlier one gave more.</summary>
    private void Learn(StatementRecord record)
    {
        StatementRecord? before = _known.GetValueOrDefault(record.StatementId);
        if (before?.State != StatementState.Known && (record.StartMs is not null || before?.StartMs is null))
            _known[record.StatementId] = record;
    }

    /// <summary>What is still missing; <see langword="null"/> when nothing is. Text answers miss nothing.</summary>
    private string? Missing(LoadRun updated)
    {
        StatementRecord[] missing = [.. _known.Values.Where(record => record.State != StatementState.Known)];
        if (missing.Length == 0)
            return null;
        string? reason = missing.FirstOrDefault(record => record.Reason is not null)?.Reason;
        string advice = Array.Exists(missing, record => record.State == StatementState.Refused)
            ? "Connect as the identity that ran the test, or ask for CAN VIEW on the SQL warehouse; then"
            : "To ask again:";
        return $"Statements: {updated.Statements}.{(reason is null ? "" : $" The query history says: {reason.TrimEnd('.')}.")} "
            + $"{advice} Update-GenieRun {updated.RunId} -Statement.";
    }

    private IEnumerable<(QuestionResult Row, string Id)> Wanted() => _run.Results.SelectMany(row => SeenStatements.Of(row)
        .Where(id => _known.GetValueOrDefault(id)?.State != StatementState.Known).Select(id => (row, id)));

    private static GenieApiClient? ClientOf(QuestionResult row, IReadOnlyList<RunTarget> targets) => targets.Count == 1
        ? targets[0].Client
        : targets.FirstOrDefault(target => target.Connection.Name == row.Connection)?.Client;
}
