using System.Globalization;
using GenieLoad.Engine.Genie;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>The service's own evaluation of a space's benchmarks, from what was asked for to the verdicts.</summary>
public sealed class EvaluationSession
{
    private readonly EvaluationRequest _request;
    private readonly Connection _connection;
    private readonly string _spaceId;

    /// <summary>Prepares it; nothing is sent.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="connection">The connection to the workspace.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>InvalidId</c>, <c>NoSpace</c>, <c>SpaceOfAnotherWorkspace</c>.
    /// </exception>
    public EvaluationSession(EvaluationRequest request, Connection connection)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        _request = request with { BenchmarkIds = [.. request.BenchmarkIds.Distinct(StringComparer.Ordinal)] };
        _connection = connection;
        _spaceId = AskedSpace.Of(request.SpaceId, connection);
    }

    /// <summary>Told how far it is.</summary>
    public Action<EvaluationProgress>? Progress { get; set; }

    /// <summary>Id of the evaluation, once it is known.</summary>
    public string? EvaluationId { get; private set; }

    /// <summary>Most questions that it asks; 0 where it only picks one up.</summary>
    public int MostQuestions => _request.EvaluationId is not null ? 0
        : _request.BenchmarkIds.Count > 0 ? _request.BenchmarkIds.Count : EvaluationRequest.MostBenchmarks;

    /// <summary>What it does, for people.</summary>
    public string Describe() => _request switch
    {
        { EvaluationId: string id } => $"Wait for evaluation {id} of space '{_spaceId}' and read its verdicts",
        { BenchmarkIds.Count: > 0 and int count } => string.Create(
            CultureInfo.InvariantCulture,
            $"Evaluate {count} {(count == 1 ? "benchmark" : "benchmarks")} of space '{_spaceId}'; each is asked as a question"),
        _ => $"Evaluate all benchmarks of space '{_spaceId}', at most {EvaluationRequest.MostBenchmarks}; each is asked as a question",
    };

    /// <summary>Carries it out.</summary>
    /// <param name="open">Opens the way to the workspace.</param>
    /// <param name="stop">Stops waiting; the evaluation goes on in the service.</param>
    /// <exception cref="GenieLoadException">
    /// <c>EvaluationDenied</c>, <c>EvaluationUnavailable</c>, <c>EvaluationRefused</c>, <c>EvaluationStartUnknown</c>,
    /// <c>EvaluationNotFound</c>, and what keeps a call from being made. What goes wrong later is in the outcome.
    /// </exception>
    public async Task<EvaluationOutcome> RunAsync(Func<Connection, GenieApiClient> open, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(open);
        using GenieApiClient client = open(_connection);
        var work = new EvaluationWork(client, _spaceId, _request, when: null) { Progress = Progress };
        if (_request.EvaluationId is string known)
            await work.PickUpAsync(known, stop).ConfigureAwait(false);
        else
            await work.StartAsync(stop).ConfigureAwait(false);
        EvaluationId = work.EvaluationId;
        return await work.FinishAsync(stop).ConfigureAwait(false);
    }
}
