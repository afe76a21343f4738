using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Puts runs into MLflow: a parent run per test, a nested run per question. What is written is read back and compared, since MLflow answers
/// 200 to much that it drops. Exporting a run again completes what is there and doubles nothing.
/// </summary>
public sealed class MlflowExporter : IDisposable
{
    private readonly MlflowExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly StoreFactory _stores;
    private readonly IMlflowStore _store;

    /// <summary>Opens what the options and the environment name; nothing is sent or written yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">Clock of retries and timestamps.</param>
    /// <param name="log">Where warnings and retries are told.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>InvalidTrackingUri</c>, <c>InvalidMlflowVariable</c>, <c>UnsupportedMlflowVariable</c>,
    /// <c>FolderNamedMlruns</c>, <c>MlflowCredentialIncomplete</c>, <c>CertificateNotReadable</c>, or what is wrong with the Databricks
    /// credential.
    /// </exception>
    public MlflowExporter(MlflowExportOptions options, TimeProvider time, EngineLog log)
        : this(options, time, log, Environment.GetEnvironmentVariable, null)
    {
    }

    internal MlflowExporter(
        MlflowExportOptions options, TimeProvider time, ILogger log, Func<string, string?> environment, Func<HttpMessageHandler>? handler)
    {
        options.Validate();
        _options = options;
        _time = time;
        _log = log;
        // A password may well begin and end with a quote.
        _stores = new StoreFactory(
            name => name == "MLFLOW_TRACKING_PASSWORD" ? environment(name) : VariableText.Of(environment(name)), time, log, handler);
        _store = _stores.Open(options);
    }

    /// <summary>Finds experiment and earlier export. Reads only.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnusableRunId</c>, <c>RunNotEnded</c>, <c>TracesNotSupported</c>, <c>TracesNotInDatabricks</c>,
    /// <c>UnusableMlflowValue</c>, <c>MlflowPagesWithoutEnd</c>, <c>ExperimentAmbiguous</c>,
    /// <c>ExperimentNotFound</c>, <c>WorkspacesNotEnabled</c>, <c>MlflowUnreachable</c>, <c>NotAnMlflowServer</c>,
    /// <c>MlflowRefusedHost</c>, <c>MlflowRefusedCredential</c>, <c>MlflowAccessDenied</c>, <c>FolderNotUsable</c>.
    /// </exception>
    public async Task<MlflowExportPlan> PrepareAsync(LoadRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!MlflowName.IsSegment(run.RunId) || run.RunId.Contains('\'', StringComparison.Ordinal))
            throw MlflowErrors.UnusableRunId(run.RunId);
        if (run.State == RunState.Running)
            throw MlflowErrors.RunNotEnded(run.RunId);
        if (_options.Trace)
            _ = _store.OpenTraces();
        await _store.CheckAsync(cancellationToken).ConfigureAwait(false);
        (string name, ExperimentEntry? experiment) = await FindExperimentAsync(cancellationToken).ConfigureAwait(false);
        StoredRun? parent = experiment is null or { IsDeleted: true } || _options.Force
            ? null
            : await FindParentAsync(experiment.Id, run, cancellationToken).ConfigureAwait(false);
        return new MlflowExportPlan(run, _store.Location, name, experiment, parent, _options.Trace);
    }

    /// <summary>Writes the run, reads it back and compares.</summary>
    /// <param name="plan">What <see cref="PrepareAsync"/> found.</param>
    /// <param name="report">Told how far it is; from any thread.</param>
    /// <param name="cancellationToken">
    /// Ends it; what is there stays, the parent run becomes KILLED, and exporting again completes it.
    /// </param>
    /// <exception cref="GenieLoadException">
    /// As <see cref="PrepareAsync"/>, and <c>ExperimentNotCreated</c>, <c>MlflowRunDiffers</c>, <c>MlflowReadBackDiffers</c>,
    /// <c>MlflowQuotaReached</c>, <c>MlflowThrottled</c>, <c>MlflowRefused</c>, <c>TracesNotTaken</c> (not for the first traces: of that
    /// is only warned).
    /// </exception>
    public async Task<MlflowExport> ExportAsync(MlflowExportPlan plan, Action<MlflowProgress>? report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long begin = _time.GetTimestamp();
        ExperimentEntry experiment = plan.Experiment
            ?? await _store.CreateExperimentAsync(plan.ExperimentName, cancellationToken).ConfigureAwait(false);
        StoredRun? parent = plan.Parent;
        // The one that somebody else made meanwhile may be in the trash too.
        if (experiment.IsDeleted)
        {
            await _store.RestoreExperimentAsync(experiment.Id, cancellationToken).ConfigureAwait(false);
            if (!_options.Force)
                parent = await FindParentAsync(experiment.Id, plan.Run, cancellationToken).ConfigureAwait(false);
        }
        string exportedAt = parent?.Tag(RecordTags.ExportedAt) ?? RecordValues.Instant(_time.GetUtcNow().UtcDateTime);
        // A second parent of one run needs a key of its own.
        string export = MarkOf(parent, plan.Run) ?? (_options.Force ? $"{plan.Run.RunId}+{Guid.NewGuid():N}" : plan.Run.RunId);
        RunWriter writer = new(_store, experiment.Id, Path.Combine(plan.Run.RunPath ?? Path.GetTempPath(), "mlflow-kept", export), Warn);
        using ResponseFile? responses =
            _options.ExcludeText || _options.ResponseArtifact == ResponseArtifact.None ? null : ResponseFile.Find(plan.Run);
        ExportedRun exported = new(
            _options.ExcludeText ? TextRemoval.From(plan.Run) : plan.Run, export, exportedAt, Environment.UserName, responses,
            _options.ResponseArtifact == ResponseArtifact.PerQuestion);
        WrittenExport written = await new ExportSession(_store, writer, exported, experiment.Id, _options, _time, report)
            .RunAsync(parent, cancellationToken).ConfigureAwait(false);
        return new MlflowExport
        {
            RunId = plan.Run.RunId,
            TrackingUri = _store.Location,
            ExperimentName = plan.ExperimentName,
            ExperimentId = experiment.Id,
            ParentRunId = written.ParentRunId,
            Url = _store.RunUrl(experiment.Id, written.ParentRunId),
            OpenWith = _store.OpenWith,
            Resumed = parent is not null,
            QuestionRunCount = written.QuestionRunCount,
            WrittenQuestionRunCount = written.WrittenQuestionRunCount,
            TraceCount = written.TraceCount ?? 0,
            ArtifactCount = written.ArtifactCount - writer.KeptCount,
            KeptArtifactCount = writer.KeptCount,
            KeptPath = writer.KeptCount > 0 ? writer.KeptPath : null,
            WarningCount = writer.WarningCount,
            Verified = writer.Verified && written.TraceCount is not null,
            ElapsedSeconds = _time.GetElapsedTime(begin).TotalSeconds,
        };
    }

    /// <summary>Closes what was opened.</summary>
    public void Dispose() => _store.Dispose();

    /// <summary>
    /// By what an earlier export marked its runs. It becomes the name of a folder and part of a search: nothing but our own form is taken.
    /// </summary>
    private string? MarkOf(StoredRun? parent, LoadRun run)
    {
        if (parent?.Tag(RecordTags.Export) is not string mark)
            return null;
        bool isOurs = mark == run.RunId
            || (mark.StartsWith(run.RunId + "+", StringComparison.Ordinal)
                && Guid.TryParseExact(mark[(run.RunId.Length + 1)..], "N", out _));
        return isOurs ? mark : throw MlflowErrors.UnusableMlflowValue(_store.Location, $"the tag {RecordTags.Export}", mark);
    }

    private void Warn(string text) => _log.LogWarning("{Text}", text);

    private async Task<(string Name, ExperimentEntry? Experiment)> FindExperimentAsync(CancellationToken cancellationToken)
    {
        // A parameter stands before the environment: there the two are only looked at together.
        bool given = _options.ExperimentName is not null || _options.ExperimentId is not null;
        string? name = given ? _options.ExperimentName : _stores.Variable("MLFLOW_EXPERIMENT_NAME");
        string? id = given ? _options.ExperimentId : _stores.Variable("MLFLOW_EXPERIMENT_ID");
        if (id is null)
        {
            name ??= MlflowExportOptions.DefaultExperimentName;
            return (name, await _store.FindExperimentByNameAsync(name, cancellationToken).ConfigureAwait(false));
        }
        ExperimentEntry experiment = await _store.FindExperimentByIdAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw MlflowErrors.ExperimentNotFound(id, _store.Location);
        if (name is not null && name != experiment.Name)
            throw MlflowErrors.ExperimentAmbiguous(name, id);
        return (experiment.Name, experiment);
    }

    private async Task<StoredRun?> FindParentAsync(string experimentId, LoadRun run, CancellationToken cancellationToken) =>
        (await _store.FindRunsAsync(experimentId, RecordTags.LoadRun, run.RunId, cancellationToken).ConfigureAwait(false))
            .MaxBy(parent => parent.Tag(RecordTags.ExportedAt), StringComparer.Ordinal);
}
