using GenieLoad.Engine.Http;
using GenieLoad.Engine.Mlflow.Artifacts;
using GenieLoad.Engine.Mlflow.Wire;
using GenieLoad.Engine.Paging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A tracking server, open-source or Databricks, over its REST API.</summary>
internal sealed class RestStore(
    MlflowServer server, ArtifactRouter artifacts, string? workspace, bool isDatabricks) : IMlflowStore
{
    private const string Api = "/api/2.0/mlflow";
    private const int PageSize = 1000;
    private const int HistoryPageSize = 5000;

    public string Location => server.Location;

    public string? OpenWith => null;

    public string RunUrl(string experimentId, string runId) => isDatabricks
        ? $"{server.Location}/ml/experiments/{experimentId}/runs/{runId}"
        : $"{server.Location}/#/experiments/{experimentId}/runs/{runId}";

    public ITraceStore OpenTraces() => isDatabricks ? throw MlflowErrors.TracesNotInDatabricks(Location) : new RestTraces(server);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (workspace is null || isDatabricks)
            return;
        // A server without workspaces answers the header with a bare 500: better to ask first.
        ServerInfoReply? info = await server.ExplainAsync("tell what it is", async () =>
        {
            try
            {
                return await server.GetAsync("/api/3.0/mlflow/server-info", MlflowJson.Relaxed.ServerInfoReply, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Failure.HttpStatus == 404)
            {
                return null;
            }
        }).ConfigureAwait(false);
        if (info?.WorkspacesEnabled != true)
            throw MlflowErrors.WorkspacesNotEnabled(workspace, server.Location);
        server.UseWorkspace(workspace);
    }

    public Task<ExperimentEntry?> FindExperimentByNameAsync(string name, CancellationToken cancellationToken) =>
        FindExperimentAsync($"{Api}/experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}", cancellationToken);

    public Task<ExperimentEntry?> FindExperimentByIdAsync(string id, CancellationToken cancellationToken) =>
        FindExperimentAsync($"{Api}/experiments/get?experiment_id={Uri.EscapeDataString(id)}", cancellationToken);

    public async Task<ExperimentEntry> CreateExperimentAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            ExperimentIdMessage made = await server.PostAsync(
                $"{Api}/experiments/create", new CreateExperimentRequest(name),
                MlflowJson.Relaxed.CreateExperimentRequest, MlflowJson.Relaxed.ExperimentIdMessage, cancellationToken)
                    .ConfigureAwait(false);
            return new ExperimentEntry(Id("experiment_id", made.ExperimentId), name, IsDeleted: false);
        }
        catch (ApiException e) when (e.Failure.ErrorType is "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS")
        {
            // Somebody else was quicker, or our own first try was stored although it failed.
            return await FindExperimentByNameAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw MlflowErrors.ExperimentNotCreated(name, Location, e);
        }
        catch (ApiException e) when (e.Failure is { HttpStatus: 400 or 404,
            ErrorType: "RESOURCE_DOES_NOT_EXIST" or "INVALID_PARAMETER_VALUE" })
        {
            throw MlflowErrors.ExperimentNotCreated(name, Location, e);
        }
        catch (ApiException e)
        {
            throw MlflowErrors.Explain(Location, server.Root.Authority, $"create the experiment '{name}'", e);
        }
    }

    public Task RestoreExperimentAsync(string id, CancellationToken cancellationToken) => Explain(
        $"restore the experiment '{id}'",
        () => server.PostAsync(
            $"{Api}/experiments/restore", new ExperimentIdMessage(id), MlflowJson.Relaxed.ExperimentIdMessage, cancellationToken));

    public Task<IReadOnlyList<StoredRun>> FindRunsAsync(
        string experimentId, string tag, string value, CancellationToken cancellationToken) =>
        server.ExplainAsync<IReadOnlyList<StoredRun>>("search its runs", async () =>
        {
            List<StoredRun> found = [];
            PageWalk pages = server.Pages("runs/search");
            string? page = null;
            do
            {
                SearchRunsReply reply = await server.PostAsync(
                    $"{Api}/runs/search",
                    new SearchRunsRequest([experimentId], $"tags.`{tag}` = '{value}'", PageSize, page),
                    MlflowJson.Relaxed.SearchRunsRequest, MlflowJson.Relaxed.SearchRunsReply, cancellationToken, pages: pages)
                        .ConfigureAwait(false);
                found.AddRange((reply.Runs ?? []).Select(Read));
                page = pages.Next(reply.NextPageToken);
            }
            while (page is not null);
            return found;
        });

    public Task<StoredRun> CreateRunAsync(string experimentId, RunRecord record, CancellationToken cancellationToken) =>
        server.ExplainAsync("create a run", async () =>
        {
            var request = new CreateRunRequest(
                experimentId, record.Name, record.StartTime, [.. record.Tags]);
            StoredRun? there = null;
            // The server chooses the id, so a second request makes a second run: first look whether the first one was stored.
            async Task<bool> IsThereAsync(CancellationToken stop)
            {
                IReadOnlyList<StoredRun> found =
                    await FindRunsAsync(experimentId, RunRecord.KeyTag, record.Key, stop).ConfigureAwait(false);
                there = found.Count > 0 ? found[0] : null;
                return there is not null;
            }
            RunReply? reply = await server.CreateAsync(
                $"{Api}/runs/create", request, MlflowJson.Relaxed.CreateRunRequest, MlflowJson.Relaxed.RunReply, IsThereAsync,
                cancellationToken)
                    .ConfigureAwait(false);
            return there ?? Read(reply?.Run);
        });

    public Task LogAsync(StoredRun run, RunValues values, CancellationToken cancellationToken) =>
        Explain("store values of a run", async () =>
    {
        foreach (RunValues batch in LogBatches.Split(values))
        {
            var request = new LogBatchRequest(
                run.RunId,
                batch.Metrics.Count == 0 ? null : [.. batch.Metrics.Select(WireMetricOf)],
                batch.Params.Count == 0 ? null : batch.Params,
                batch.Tags.Count == 0 ? null : batch.Tags);
            await server.PostAsync($"{Api}/runs/log-batch", request, MlflowJson.Relaxed.LogBatchRequest, cancellationToken)
                .ConfigureAwait(false);
        }
    });

    public Task UpdateRunAsync(StoredRun run, string status, long endTime, CancellationToken cancellationToken) => Explain(
        "end a run",
        () => server.PostAsync(
            $"{Api}/runs/update", new UpdateRunRequest(run.RunId, status, endTime), MlflowJson.Relaxed.UpdateRunRequest,
            cancellationToken));

    public Task<StoredRun> GetRunAsync(string experimentId, string runId, CancellationToken cancellationToken) => server.ExplainAsync(
        "give a run back",
        async () => Read((await server.GetAsync(
            $"{Api}/runs/get?run_id={Uri.EscapeDataString(runId)}", MlflowJson.Relaxed.RunReply, cancellationToken)
                .ConfigureAwait(false)).Run));

    public Task<IReadOnlyList<MetricPoint>> GetHistoryAsync(StoredRun run, string key, CancellationToken cancellationToken) =>
        server.ExplainAsync<IReadOnlyList<MetricPoint>>("give a metric back", async () =>
        {
            List<MetricPoint> points = [];
            PageWalk pages = server.Pages("metrics/get-history");
            string? page = null;
            do
            {
                // Without max_results some servers answer with an empty page.
                string query = $"run_id={Uri.EscapeDataString(run.RunId)}&metric_key={Uri.EscapeDataString(key)}"
                    + $"&max_results={HistoryPageSize}" + (page is null ? "" : $"&page_token={Uri.EscapeDataString(page)}");
                MetricHistoryReply reply = await server.GetAsync(
                    $"{Api}/metrics/get-history?{query}", MlflowJson.Relaxed.MetricHistoryReply, cancellationToken,
                    pages).ConfigureAwait(false);
                points.AddRange((reply.Metrics ?? []).Where(metric => metric is not null).Select(metric => Read(metric)));
                page = pages.Next(reply.NextPageToken);
            }
            while (page is not null);
            return points;
        });

    public Task<ArtifactOutcome> PutArtifactsAsync(StoredRun run, IReadOnlyList<Artifact> files, CancellationToken cancellationToken) =>
        artifacts.PutAsync(run, files, cancellationToken);

    public async Task<IReadOnlyDictionary<string, StoredFile>?> FindArtifactsAsync(
        StoredRun run, IReadOnlyList<Artifact> files, CancellationToken cancellationToken)
    {
        // The file itself costs one call, as the list does, and says more. A server that cannot give it is asked for the list.
        if (files.All(file => file.Length <= StoredFile.MostBytesCompared)
            && await artifacts.FetchAsync(
                run, files, cancellationToken).ConfigureAwait(false) is IReadOnlyDictionary<string, StoredFile> fetched)
        {
            return fetched;
        }
        return await ListArtifactsAsync(run, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => server.Dispose();

    /// <summary>Lengths alone.</summary>
    private async Task<IReadOnlyDictionary<string, StoredFile>?> ListArtifactsAsync(StoredRun run, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredFile> found = new(StringComparer.Ordinal);
        PageWalk pages = server.Pages("artifacts/list");
        string? page = null;
        try
        {
            do
            {
                string query = $"run_id={Uri.EscapeDataString(run.RunId)}" + (page is null
                    ? ""
                    : $"&page_token={Uri.EscapeDataString(page)}");
                ArtifactListReply reply = await server.GetAsync(
                    $"{Api}/artifacts/list?{query}", MlflowJson.Relaxed.ArtifactListReply, cancellationToken, pages).ConfigureAwait(false);
                // An empty file comes without a size.
                foreach (WireFile file in (reply.Files ?? []).Where(file => file is { Path: not null, IsDir: not true }))
                    found[file.Path!] = new StoredFile(file.FileSize ?? 0);
                page = pages.Next(reply.NextPageToken);
            }
            while (page is not null);
            return found;
        }
        catch (ApiException e) when (e.Failure is { Kind: FailureKind.Rejected } or { HttpStatus: 500 or 501 })
        {
            // A store that the server itself cannot read; the exporter says that the files are not verified.
            return null;
        }
        catch (ApiException e)
        {
            throw MlflowErrors.Explain(Location, server.Root.Authority, "list the files of a run", e);
        }
    }

    private Task<bool> Explain(string what, Func<Task> work) => server.ExplainAsync(what, async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    private Task<ExperimentEntry?> FindExperimentAsync(string path, CancellationToken cancellationToken) =>
        server.ExplainAsync<ExperimentEntry?>("look for the experiment", async () =>
        {
            try
            {
                WireExperiment? found =
                    (await server.GetAsync(path, MlflowJson.Relaxed.ExperimentReply, cancellationToken).ConfigureAwait(false)).Experiment;
                return found?.ExperimentId is null
                    ? throw MlflowErrors.NotAnMlflowServer(Location)
                    : new ExperimentEntry(Id("experiment_id", found.ExperimentId), found.Name ?? "", found.LifecycleStage == "deleted");
            }
            catch (ApiException e) when (e.Failure.ErrorType is "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND")
            {
                return null;
            }
        });

    private StoredRun Read(WireRun? run)
    {
        WireRunInfo? info = run?.Info;
        string id = Id("run_id", info?.RunId ?? info?.RunUuid);
        return new StoredRun
        {
            RunId = id,
            ExperimentId = info!.ExperimentId ?? "",
            Name = info.RunName,
            Status = info.Status,
            StartTime = info.StartTime,
            EndTime = info.EndTime,
            ArtifactUri = info.ArtifactUri ?? "",
            Tags = Read(run!.Data?.Tags),
            Params = Read(run.Data?.Params),
            Metrics = Read(run.Data?.Metrics),
        };
    }

    /// <summary>An id that may become part of an address.</summary>
    private string Id(string field, string? id) => id is null
        ? throw MlflowErrors.NotAnMlflowServer(Location)
        : MlflowName.IsId(id) ? id : throw MlflowErrors.UnusableMlflowValue(Location, field, id);

    private static WireMetric WireMetricOf(MetricPoint point) =>
        new() { Key = point.Key, Value = point.Value, Timestamp = point.Timestamp, Step = point.Step };

    private static MetricPoint Read(WireMetric metric) => new(metric.Key!, metric.Value, metric.Timestamp, metric.Step);

    /// <summary>By key; the last counts of those that a server gives twice.</summary>
    private static Dictionary<string, string> Read(IReadOnlyList<KeyAndValue?>? values)
    {
        Dictionary<string, string> all = new(values?.Count ?? 0, StringComparer.Ordinal);
        foreach (KeyAndValue? value in values ?? [])
        {
            if (value?.Key is string key)
                all[key] = value.Value ?? "";
        }
        return all;
    }

    private static Dictionary<string, MetricPoint> Read(IReadOnlyList<WireMetric?>? metrics)
    {
        Dictionary<string, MetricPoint> all = new(metrics?.Count ?? 0, StringComparer.Ordinal);
        foreach (WireMetric? metric in metrics ?? [])
        {
            if (metric?.Key is string key)
                all[key] = Read(metric);
        }
        return all;
    }
}
