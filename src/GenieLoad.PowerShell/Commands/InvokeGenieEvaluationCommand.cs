using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Starts the service's own evaluation of the benchmarks of a space, waits for it, and returns its verdicts.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GenieEvaluation", SupportsShouldProcess = true, DefaultParameterSetName = StartSet)]
[OutputType(typeof(Evaluation))]
public sealed class InvokeGenieEvaluationCommand : ConnectedCmdlet
{
    private const string StartSet = "Start";
    private const string GetSet = "Get";

    // What a rate limit is measured with without consent either.
    private const int MostWithoutConsent = 100;

    private readonly List<string> _benchmarks = [];

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name; the session's current one by default.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>Space to evaluate; the connection's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the space to evaluate, or the address of its page. Default: the space of the connection.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string? SpaceId { get; set; }

    /// <summary>Benchmarks to evaluate; all of them by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = StartSet,
        HelpMessage = "Ids of the benchmarks to evaluate, also from results of an evaluation. Default: all benchmarks of the space.")]
    [Alias("SourceId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] BenchmarkId { get; set; } = [];

    /// <summary>An evaluation that was started before.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = GetSet,
        HelpMessage = "Id of an evaluation that was started before: wait for its end and read its verdicts. Nothing is asked.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string EvaluationId { get; set; } = "";

    /// <summary>Longest wait for its end.</summary>
    [Parameter(HelpMessage = "Longest wait for the end of the evaluation, such as 600 or '30m'. Default 1 hour.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Longest wait between two looks at it.</summary>
    [Parameter(HelpMessage = "Longest wait between two polls; the first ones are closer together. Default 5 seconds.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.1, 600)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Evaluates without consent, however many benchmarks there may be.</summary>
    [Parameter(ParameterSetName = StartSet, HelpMessage = "Do not ask for consent to more than 100 questions.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == GetSet)
            Evaluate(Request() with { EvaluationId = EvaluationId });
        else
            _benchmarks.AddRange(BenchmarkId);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == GetSet)
            return;
        // Nothing through the pipe means nothing; only nothing given at all means all benchmarks.
        if (_benchmarks.Count == 0 && MyInvocation.ExpectingInput)
            WriteVerbose("No benchmark came through the pipeline; nothing is evaluated.");
        else
            Evaluate(Request() with { BenchmarkIds = _benchmarks });
    }

    private EvaluationRequest Request() => new()
    {
        SpaceId = SpaceId, TimeoutSeconds = Timeout.TotalSeconds, PollSeconds = PollInterval.TotalSeconds,
    };

    private void Evaluate(EvaluationRequest request)
    {
        Connection connection = ConnectedTo(Connection);
        ICmdletChannel? pipeline = null;
        var session = new EvaluationSession(request, connection)
        {
            Progress = progress => pipeline!.Report(new ProgressLine(
                $"Evaluation {progress.EvaluationId}", progress.ToString(), progress.Percent)),
        };
        if (session.MostQuestions > 0 && !(ShouldProcess($"{connection}", session.Describe()) && Consents(connection, session)))
            return;
        bool isOver = false;
        try
        {
            EvaluationOutcome outcome = Run(async (channel, stop) =>
            {
                pipeline = channel;
                EvaluationOutcome made = await session.RunAsync(
                    one => OpenClient(one, new GenieClientOptions(), channel.Log), stop).ConfigureAwait(false);
                isOver = true;
                return made;
            });
            WriteObject(outcome.Evaluation);
            if (outcome.Trouble is GenieLoadException trouble)
                WriteError(ErrorRecords.From(trouble));
        }
        catch (Exception e) when (e is PipelineStoppedException or OperationCanceledException
            && !isOver && session.EvaluationId is string)
        {
            // After a stop the streams take nothing any more; the host still does.
            Host.UI.WriteLine(
                $"Evaluation {session.EvaluationId} goes on in the service. To get it: Invoke-GenieEvaluation -EvaluationId "
                + $"{session.EvaluationId}");
            throw;
        }
    }

    private bool Consents(Connection connection, EvaluationSession session) =>
        Force || connection.IsSimulator || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || new Consent(MostWithoutConsent, TimeSpan.MaxValue).Given(
            this, session.MostQuestions, TimeSpan.Zero,
            FormattableString.Invariant($"The evaluation may ask {session.MostQuestions:#,0} questions"));
}
