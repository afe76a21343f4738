using System.Management.Automation;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.SampleCmdlets;

/// <summary>Gives back the scenario it was given.</summary>
[Cmdlet(VerbsCommon.Get, "SampleScenario")]
[OutputType(typeof(Scenario))]
public sealed class GetSampleScenarioCommand : GenieCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [ScenarioTransformation]
    [ArgumentCompleter(typeof(ScenarioNameCompleter))]
    public Scenario? Scenario { get; set; }

    protected override void Process() => WriteObject(Scenario);
}

/// <summary>Gives back the questions it was given, as one list.</summary>
[Cmdlet(VerbsCommon.Get, "SampleQuestion")]
[OutputType(typeof(Question))]
public sealed class GetSampleQuestionCommand : GenieCmdlet
{
    private readonly List<Question> _questions = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [QuestionTransformation]
    public Question[] Question { get; set; } = [];

    protected override void Process() => _questions.AddRange(Question);

    protected override void End() => WriteObject(QuestionList.FromQuestions(_questions), enumerateCollection: true);
}
