using System.Management.Automation;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Measures how many questions a minute a workspace accepts, or reads it off a run that met the limit.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GenieRateLimit", SupportsShouldProcess = true, DefaultParameterSetName = AskSet)]
[OutputType(typeof(RateLimit))]
public sealed class MeasureGenieRateLimitCommand : ConnectedCmdlet
{
    private const string AskSet = "Ask";
    private const string RunSet = "Run";

    // What a load test of the defaults needs no consent for either.
    private const int MostWithoutConsent = 100;

    /// <summary>The run whose sends are looked at, without asking anything.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RunSet,
        HelpMessage = "A run that met the limit, its id or its folder: its sends are looked at, and nothing is asked.")]
    [Alias("Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNull]
    public LoadRun InputObject { get; set; } = null!;

    /// <summary>Connection to measure; the session's current one by default.</summary>
    [Parameter(ParameterSetName = AskSet, HelpMessage = "Connection to measure, or its name; the session's current one by default.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>Other connections, to find whom the limit belongs to.</summary>
    [Parameter(ParameterSetName = AskSet,
        HelpMessage = "Connections of another user or to another space: whether they share the limit shows whom it belongs to.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public Connection[] SecondConnection { get; set; } = [];

    /// <summary>Most questions accepted.</summary>
    [Parameter(ParameterSetName = AskSet,
        HelpMessage = "Maximum number of questions that may be accepted, 2 to 1,000; refused ones cost nothing. Default 30.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    [ValidateRange(2, 1000)]
    public int MaximumQuestion { get; set; } = 30;

    /// <summary>Longest time after the rest.</summary>
    [Parameter(ParameterSetName = AskSet, HelpMessage = "Longest time, such as 600 or '10m', the rest not counted. Default 10 minutes.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(10, 86_400)]
    public TimeSpan MaximumDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time without a question before the first.</summary>
    [Parameter(ParameterSetName = AskSet,
        HelpMessage = "Time without a question before the first, so that the limit is at rest. Default 2 minutes.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 3600)]
    public TimeSpan RestDuration { get; set; } = TimeSpan.FromSeconds(RateLimitRequest.DefaultRestSeconds);

    /// <summary>What is asked.</summary>
    [Parameter(ParameterSetName = AskSet, HelpMessage = "What is asked, as cheap as can be. Default 'Hello'.")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string Question { get; set; } = RateLimitRequest.DefaultQuestion;

    /// <summary>Leaves the conversations in the space.</summary>
    [Parameter(ParameterSetName = AskSet, HelpMessage = "Leave the conversations in the space; they are deleted otherwise.")]
    public SwitchParameter KeepConversation { get; set; }

    /// <summary>Asks without consent, however many questions it may take.</summary>
    [Parameter(ParameterSetName = AskSet, HelpMessage = "Do not ask for consent to more than 100 questions.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override TimeSpan LongestStop => base.LongestStop + RateLimitSession.LongestStop;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == RunSet)
            WriteObject(LimitSeen.Of(InputObject));
        else
            Measure([ConnectedTo(Connection), .. SecondConnection]);
    }

    private void Measure(IReadOnlyList<Connection> connections)
    {
        ICmdletChannel? pipeline = null;
        var session = new RateLimitSession(
            new RateLimitRequest
            {
                MaximumQuestions = MaximumQuestion,
                MaximumSeconds = MaximumDuration.TotalSeconds,
                RestSeconds = RestDuration.TotalSeconds,
                Question = Question,
                KeepsConversations = KeepConversation,
            },
            connections)
        {
            Progress = progress => pipeline!.Report(new ProgressLine(
                "Measuring the rate limit", progress.Status, 100 * progress.Spent / progress.Allowed)),
            Warn = text => pipeline!.WriteWarningAsync(text).AsTask(),
        };
        string what = $"Ask '{Question}' at most {MaximumQuestion} times, as fast as the limit allows";
        if (!ShouldProcess(string.Join(", ", connections), what) || !Consents(connections))
            return;
        WriteObject(Run(async (channel, stop) =>
        {
            pipeline = channel;
            return await session.RunAsync(
                connection => OpenClient(connection, new GenieClientOptions { ClientCount = connections.Count }, channel.Log),
                TimeProvider.System, stop).ConfigureAwait(false);
        }));
    }

    private bool Consents(IReadOnlyList<Connection> connections) =>
        Force || connections.All(connection => connection.IsSimulator)
        || new Consent(MostWithoutConsent, TimeSpan.MaxValue).Given(
            this, MaximumQuestion, RestDuration,
            FormattableString.Invariant($"The measurement may spend {MaximumQuestion:#,0} questions"));
}
