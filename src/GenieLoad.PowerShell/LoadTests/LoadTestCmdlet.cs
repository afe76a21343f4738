using System.Management.Automation;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A cmdlet that carries out a load test: what may end it early, what it writes, and whether it runs as a job.</summary>
public abstract partial class LoadTestCmdlet : AskingCmdlet
{
    private LoadTestWork? _work;
    private RunDisplay? _display;

    /// <summary>How the test polls, tries again and stops; an explicit parameter takes precedence.</summary>
    [Parameter(HelpMessage = "Options from New-GenieLoadTestOption, or a hashtable of them; explicit parameters take precedence.")]
    [LoadTestOptionTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LoadTestOptionCompleter))]
    public LoadTestOption? Option { get; set; }

    /// <summary>Most questions asked.</summary>
    [Parameter(HelpMessage = "Maximum number of questions: the test ends after that many. No limit by default.")]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int MaximumQuestion { get; set; }

    /// <summary>Most DBU of Genie.</summary>
    [Parameter(HelpMessage = "Maximum DBU of Genie: the test ends before a question that might exceed it. Each question sent counts as "
        + "0.86 DBU, the most that was measured; the warehouse is not counted. No limit by default.")]
    [ArgumentCompleter(typeof(DbuCompleter))]
    public double MaximumCostDbu { get; set; }

    /// <summary>Longest time.</summary>
    [Parameter(HelpMessage = "Maximum time of the test, such as 600 or '10m'; then no more questions are sent. No limit by default.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.001, 2_678_400)]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>Most questions that may fail.</summary>
    [Parameter(HelpMessage = "Number of failed questions that ends the test, as a count such as 5 or a share such as '10%'. "
        + "No limit by default.")]
    [ArgumentCompleter(typeof(FailureLimitCompleter))]
    [FailureLimitTransformation]
    [ValidateNotNull]
    public FailureLimit? MaximumFailure { get; set; }

    /// <summary>Most seconds lost to the rate limit.</summary>
    [Parameter(HelpMessage = "Maximum number of seconds that all questions together may wait after 429s. No limit by default.")]
    [ValidateRange(0.001, 2_678_400)]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double MaximumThrottleSeconds { get; set; }

    /// <summary>Time that questions in flight have to come to their end when the test ends early.</summary>
    [Parameter(HelpMessage = "Time for questions in flight to finish when the test ends early. Default: 5 seconds after Ctrl+C, 30 after a "
        + "stop rule.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan StopGrace { get; set; }

    /// <summary>Goes on although the service refuses for good.</summary>
    [Parameter(HelpMessage = "Continue even if the service refuses permanently: credential, permission, space, warehouse or budget "
        + "missing.")]
    public SwitchParameter SkipStopRule { get; set; }

    /// <summary>Deletes the conversations of the test after it.</summary>
    [Parameter(HelpMessage = "After the test, delete the conversations that it created.")]
    public SwitchParameter RemoveConversation { get; set; }

    /// <summary>Reads the statements of the test from the query history after it.</summary>
    [Parameter(HelpMessage = "After the test, read its statements from the query history: how long they waited, compiled and executed.")]
    public SwitchParameter IncludeStatement { get; set; }

    /// <summary>Writes each question's row as it finishes, instead of the run.</summary>
    [Parameter(HelpMessage = "Return each question's row as it finishes, instead of the run at the end.")]
    public SwitchParameter PassThruResult { get; set; }

    /// <summary>Runs the test as a job.</summary>
    [Parameter(HelpMessage = "Run the test as a job in this session and return the job.")]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    private protected sealed override TimeSpan LongestStop => _work?.LongestStop ?? base.LongestStop;

    /// <summary>Takes over what the options set and no parameter does.</summary>
    protected override void Begin()
    {
        if (Option is null)
            return;
        GivenParameters.Set(this, GivenParameters.Of(Option)
            .Where(option => !base.Given(option.Key)).ToDictionary(option => option.Key, option => (object?)option.Value));
    }

    /// <inheritdoc/>
    private protected override bool Given(string parameter) =>
        base.Given(parameter) || (Option is not null && GivenParameters.Of(Option).ContainsKey(parameter));

    /// <summary>How the test is carried out: as set, and where nothing is set by default.</summary>
    /// <param name="defaults">The defaults.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>InvalidOtlpEndpoint</c>, <c>InvalidOtlpVariable</c>, <c>OtlpProtocolNotSupported</c>.
    /// </exception>
    private protected SessionOptions SessionOptions(LoadTestOptions defaults)
    {
        SessionOptions options = PlainOptions(defaults);
        return Live ? WithLiveView(options) : options;
    }

    private SessionOptions PlainOptions(LoadTestOptions defaults) => new()
    {
        Run = RunOptions(Given(nameof(StopGrace)) ? defaults with { StopGraceSeconds = StopGrace.TotalSeconds } : defaults),
        Budget = WithGivenGrace(new RunBudget
        {
            MaximumQuestions = Given(nameof(MaximumQuestion)) ? MaximumQuestion : null,
            MaximumCostDbu = Given(nameof(MaximumCostDbu)) ? MaximumCostDbu : null,
            MaximumDurationSeconds = Given(nameof(MaximumDuration)) ? MaximumDuration.TotalSeconds : null,
            MaximumFailures = MaximumFailure?.Count,
            MaximumFailurePercent = MaximumFailure?.Percent,
            MaximumThrottleSeconds = Given(nameof(MaximumThrottleSeconds)) ? MaximumThrottleSeconds : null,
        }),
        SkipsServiceRule = SkipStopRule,
        RemovesConversations = RemoveConversation,
        IncludesStatements = IncludeStatement,
        Companions = [.. new IRunCompanion?[] { WithMetrics(), WithDashboard() }.OfType<IRunCompanion>()],
    };

    /// <summary>Takes a session to its end, or as far as it is wanted.</summary>
    /// <param name="session">The session, which is no longer the caller's.</param>
    /// <param name="connections">The connections that were given.</param>
    /// <param name="isInOwnFolder">Whether the run is kept where its id alone does not find it.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotConnected</c>, <c>TokenProviderInJob</c>, <c>ConnectionClosed</c>, <c>FileNotWritable</c> for the log file,
    /// <c>DashboardPortInUse</c>, those of <see cref="LoadTestSession.Use"/>, and what the test throws, unless it is a job.
    /// </exception>
    private protected void Carry(LoadTestSession session, Connection[] connections, bool isInOwnFolder)
    {
        bool begun = false;
        // Each test has its own.
        Dashboard? dashboard = _dashboard;
        _dashboard = null;
        try
        {
            if (!IsWanted(session))
                return;
            session.Use(connections.Length > 0 ? connections : [ConnectedTo(null)]);
            // A job has no pipeline on which a script could give it tokens.
            if (AsJob && session.Connections.Any(
                connection => OpenConnections.Access(connection).Credential is TokenProviderCredential))
                throw LoadTestErrors.TokenProviderInJob();
            if (!Consents(session))
                return;
            OpenLog();
            Uri? address = Listen(dashboard);
            LoadTestWork work = WorkOf(session, isInOwnFolder, out RunDisplay display);
            begun = true;
            if (AsJob)
                StartJob(session, work, address);
            else
                RunHere(work, display);
        }
        finally
        {
            if (!begun)
            {
                session.Dispose();
                dashboard?.Dispose();
            }
        }
    }

    /// <summary>Whether the user wants it, after what <c>-WhatIf</c> and <c>-Confirm</c> show.</summary>
    /// <param name="session">The session.</param>
    private protected abstract bool IsWanted(LoadTestSession session);

    /// <summary>Whether the user consents to a test of this size.</summary>
    /// <param name="session">The session.</param>
    private protected virtual bool Consents(LoadTestSession session) => true;

    private LoadTestWork WorkOf(LoadTestSession session, bool isInOwnFolder, out RunDisplay display)
    {
        if (Placed(session) is PlacedLoadTest placed)
            return _work = WorkOf(placed, session, isInOwnFolder, out display);
        var options = new GenieClientOptions { Retry = session.Retry, ClientCount = session.Connections.Count() };
        display = _display = new RunDisplay(session.Plan)
        {
            IsInOwnFolder = isInOwnFolder, FinishedBefore = session.FinishedBefore, StreamsRows = PassThruResult,
        };
        // Each test has its own.
        MetricsPush? metrics = _metrics;
        if (metrics is not null)
            WriteVerbose($"Metrics are sent to {metrics.Location} while the test runs.");
        RunDisplay watcher = display;
        return _work = new LoadTestWork(session, session.LongestStop, display, (sinks, stop) => session.RunAsync((connection, time) =>
        {
            if (metrics is not null)
                metrics.Log = new EngineLog(time, sinks);
            return OpenClient(connection, options, time, sinks);
        }, watcher, stop), TakeLog());
    }

    private void StartJob(LoadTestSession session, LoadTestWork work, Uri? address)
    {
        var job = new LoadTestJob(MyInvocation.Line.Trim(), session.Plan.Name, work, Shows("Verbose"), Shows("Debug"))
        {
            DashboardUri = address,
        };
        JobRepository.Add(job);
        job.Start();
        WriteObject(job);
    }

    private void RunHere(LoadTestWork work, RunDisplay display)
    {
        using LoadTestWork owned = work;
        try
        {
            using Ending? leaving = LeavesAtSecondStop();
            Run(work.CarryOutAsync);
        }
        catch (Exception exception) when (
            exception is PipelineStoppedException or OperationCanceledException && display.StopNotice is not null)
        {
            // After a stop the streams take nothing any more; the host still does, and somebody wants to know where the answers are.
            Host.UI.WriteLine(display.StopNotice!);
            throw;
        }
    }

    private RunBudget WithGivenGrace(RunBudget budget) =>
        Given(nameof(StopGrace)) ? budget with { GraceSeconds = StopGrace.TotalSeconds } : budget;
}
