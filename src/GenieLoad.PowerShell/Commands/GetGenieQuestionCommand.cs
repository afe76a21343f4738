using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the questions that a Genie space itself holds: samples, benchmarks and examples.</summary>
[Cmdlet(VerbsCommon.Get, "GenieQuestion")]
[OutputType(typeof(Question))]
public sealed class GetGenieQuestionCommand : ConnectedCmdlet
{
    private QuestionSelection _selection = new([]);

    /// <summary>Which questions to get; samples and benchmarks by default.</summary>
    [Parameter(Position = 0, HelpMessage = "Sample, Benchmark, Example: which questions of the space to get. Default: Sample, Benchmark.")]
    [ValidateSet(QuestionOrigin.Sample, QuestionOrigin.Benchmark, QuestionOrigin.Example)]
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

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _selection = new QuestionSelection(Source);

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
                questions = Run(async (channel, stop) =>
                {
                    using GenieApiClient client = OpenClient(connection, GenieClientOptions.WhileSomebodyWaits, channel.Log);
                    return await new SpaceQuestions(client).ReadAsync(id, _selection, warnings.Add, stop).ConfigureAwait(false);
                });
            }
            finally
            {
                warnings.ForEach(WriteWarning);
            }
            WriteObject(questions, enumerateCollection: true);
        }
    }
}
