using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Asks one question and returns the answer with all its times.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GenieQuestion", SupportsShouldProcess = true)]
[OutputType(typeof(QuestionResult))]
public sealed class InvokeGenieQuestionCommand : AskingCmdlet
{
    private int _asked;

    /// <summary>What to ask.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "Question to ask: a text, or a row from Import-GenieQuestion or Import-Csv.")]
    [QuestionTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    public Question[] Question { get; set; } = [];

    /// <summary>Conversation to ask in; a new one by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Id of the conversation, for a follow-up question. Default: a new "
        + "one.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ConversationId { get; set; }

    /// <summary>How to ask.</summary>
    [Parameter(HelpMessage = "Mode of Genie in which the question is asked: Chat (default) or Agent.")]
    [ValidateSet(QuestionMode.Chat, QuestionMode.Agent)]
    public string Mode { get; set; } = QuestionMode.Chat;

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>Space to ask; the connection's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the space to ask, or the address of its page. Default: the space of the connection.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string? SpaceId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        Connection connection = ConnectedTo(Connection);
        string space = AskedSpace.Of(SpaceId, connection);
        foreach (Question question in QuestionList.FromQuestions(Question, _asked + 1))
        {
            if (ShouldProcess($"Genie space {space}", $"Ask '{question.Text}'"))
                Ask(connection, space, question);
        }
    }

    private void Ask(Connection connection, string space, Question question)
    {
        OpenLog();
        LoadTestOptions runOptions = RunOptions(new LoadTestOptions());
        string mode = QuestionMode.All.First(known => known.Equals(Mode, StringComparison.OrdinalIgnoreCase));
        QuestionResult result = Run(async (channel, stop) =>
        {
            using GenieApiClient client = OpenClient(
                connection, new GenieClientOptions { Retry = runOptions.Retry }, LogSinks(channel));
            return await SingleQuestion.AskAsync(
                client, space, ++_asked, question, mode, ConversationId, runOptions,
                status => channel.Report(new ProgressLine($"Asking: {question.Text}", status)), stop).ConfigureAwait(false);
        });
        WriteObject(result);
        if (!result.Success)
            WriteError(ErrorRecords.From(LoadTestErrors.QuestionNotAnswered(result)));
    }
}
