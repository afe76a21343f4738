using System.Globalization;
using System.Management.Automation;
using GenieLoad.Engine.Conversations;
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

/// <summary>Measures how people use a Genie space, from their recorded conversations, without asking anything.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GenieUsage", DefaultParameterSetName = SpaceSet)]
[OutputType(typeof(SpaceUsage))]
public sealed class MeasureGenieUsageCommand : ConnectedCmdlet
{
    private const string SpaceSet = "Space";
    private const string QuestionSet = "Question";
    private const int UsualDays = 14;

    private readonly List<Question> _questions = [];

    /// <summary>Recorded questions to measure instead of a space.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = QuestionSet,
        HelpMessage = "Recorded questions, from Import-GenieQuestion or Get-GenieQuestion -Source Conversation, or rows of them.")]
    [QuestionTransformation(RowsOnly = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    public Question[] InputObject { get; set; } = [];

    /// <summary>Spaces to measure; the connection's by default.</summary>
    [Parameter(Position = 0, ParameterSetName = SpaceSet, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the spaces, or the addresses of their pages. Default: the space of the connection.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string[] SpaceId { get; set; } = [];

    /// <summary>Instant from which on conversations count; 14 days ago by default.</summary>
    [Parameter(ParameterSetName = SpaceSet,
        HelpMessage = "Only conversations that began since then: a duration before now, such as '7d', or a date. Default '14d'.")]
    [SinceTransformation]
    [ArgumentCompleter(typeof(AgeCompleter))]
    public DateTime Since { get; set; }

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(ParameterSetName = SpaceSet, HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == QuestionSet)
        {
            _questions.AddRange(InputObject);
            return;
        }
        Connection connection = ConnectedTo(Connection);
        DateTime since = Given(nameof(Since)) ? Since.ToUniversalTime() : DateTime.UtcNow.AddDays(-UsualDays);
        // No id means the space of the connection.
        foreach (string? spaceId in SpaceId.DefaultIfEmpty())
            Attempt(() => Measure(connection, AskedSpace.Of(spaceId, connection), since));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == QuestionSet)
            Write(UsageFigures.Of(QuestionHistory.Of(_questions)));
    }

    private void Measure(Connection connection, string spaceId, DateTime since)
    {
        ConversationHistory history = Run(async (channel, stop) =>
        {
            using GenieApiClient client = OpenClient(connection, new GenieClientOptions(), channel.Log);
            var reader = new ConversationReader(client)
            {
                LoadTests = OwnConversations.In(RunStore.IfAny(), since),
                Progress = (read, of) => channel.Report(new ProgressLine(
                    $"Conversations of space {spaceId}", $"{read} of {of} read", 100 * read / Math.Max(1, of))),
            };
            return await reader.ReadAsync(spaceId, since, stop).ConfigureAwait(false);
        });
        Write(UsageFigures.Of(history, spaceId, since));
    }

    private void Write(SpaceUsage usage)
    {
        WriteObject(usage);
        // One call may measure several spaces.
        string of = usage.SpaceId is string space ? $"Space '{space}': " : "";
        if (usage.LeftOut is string leftOut)
            WriteWarning($"{of}{leftOut}");
        if (usage.Questions == 0)
            WriteWarning($"{of}Nobody asked anything in this time, so there are no figures.");
        else if (usage.QuestionsWithoutTime > 0)
        {
            WriteWarning(string.Create(CultureInfo.InvariantCulture,
                $"{of}When {usage.QuestionsWithoutTime:N0} of {usage.Questions:N0} questions were asked is not known; they are in no hour")
                + (usage.QuestionsWithoutTime == usage.Questions ? ", and there is no scenario to be made." : "."));
        }
    }
}
