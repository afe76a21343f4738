using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the questions that a Genie space itself holds (samples, benchmarks, examples), and those that people asked it.</summary>
[Cmdlet(VerbsCommon.Get, "GenieQuestion")]
[OutputType(typeof(Question))]
public sealed class GetGenieQuestionCommand : ConnectedCmdlet
{
    private QuestionSelection _selection = new([]);

    /// <summary>Which questions to get; samples and benchmarks by default.</summary>
    [Parameter(Position = 0, HelpMessage = "Sample, Benchmark, Example, Conversation: which questions to get. Default: Sample, Benchmark.")]
    [ValidateSet(QuestionOrigin.Sample, QuestionOrigin.Benchmark, QuestionOrigin.Example, QuestionOrigin.Conversation)]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary>Spaces whose questions to get; the connection's by default.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the spaces, or the addresses of their pages. Default: the space of the connection.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string[] SpaceId { get; set; } = [];

    /// <summary>Instant from which on conversations count; all by default.</summary>
    [Parameter(HelpMessage = "Only conversations that began since then: a duration before now, such as '7d', or a date. Default: all.")]
    [SinceTransformation]
    [ArgumentCompleter(typeof(AgeCompleter))]
    public DateTime Since { get; set; }

    /// <summary>Leaves out who asked.</summary>
    [Parameter(HelpMessage = "Leave out who asked, and the ids of conversations and messages.")]
    public SwitchParameter Anonymous { get; set; }

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _selection = new QuestionSelection(Source);
        string? stray = Given(nameof(Since)) ? nameof(Since) : Anonymous ? nameof(Anonymous) : null;
        if (stray is not null && !_selection.Wants(QuestionOrigin.Conversation))
            throw InputErrors.OnlyForConversations(stray);
    }

    // An error ends the pipeline: a load test further down must not ask half a list, or its sample questions instead.
    /// <inheritdoc/>
    protected override void Process()
    {
        Connection connection = ConnectedTo(Connection);
        // No id means the space of the connection.
        foreach (string? spaceId in SpaceId.DefaultIfEmpty())
        {
            string id = AskedSpace.Of(spaceId, connection);
            List<string> warnings = [];
            IReadOnlyList<Question> questions;
            try
            {
                questions = Run((channel, stop) => ReadAsync(connection, id, warnings.Add, channel, stop));
            }
            finally
            {
                warnings.ForEach(WriteWarning);
            }
            WriteObject(questions, enumerateCollection: true);
        }
    }

    private async Task<IReadOnlyList<Question>> ReadAsync(
        Connection connection, string spaceId, Action<string> warn, ICmdletChannel channel, CancellationToken stop)
    {
        // Many conversations are many calls: one that is refused for a moment must not end them all.
        GenieClientOptions options = _selection.Wants(QuestionOrigin.Conversation)
            ? new GenieClientOptions()
            : GenieClientOptions.WhileSomebodyWaits;
        using GenieApiClient client = OpenClient(connection, options, channel.Log);
        var questions = new SpaceQuestions(client)
        {
            Since = Given(nameof(Since)) ? Since.ToUniversalTime() : null,
            IsAnonymous = Anonymous,
            LoadTests = _selection.Wants(QuestionOrigin.Conversation)
                ? OwnConversations.In(RunStore.IfAny(), Given(nameof(Since)) ? Since.ToUniversalTime() : null)
                : new HashSet<string>(),
            Progress = (read, of) => channel.Report(new ProgressLine(
                $"Conversations of space {spaceId}", $"{read} of {of} read", 100 * read / Math.Max(1, of))),
        };
        return await questions.ReadAsync(spaceId, _selection, warn, stop).ConfigureAwait(false);
    }
}
