using System.Management.Automation;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Reads questions from text, CSV, JSON Lines and JSON files.</summary>
[Cmdlet(VerbsData.Import, "GenieQuestion", DefaultParameterSetName = "Path")]
[OutputType(typeof(Question))]
public sealed class ImportGenieQuestionCommand : FileInputCmdlet
{
    // Counted over all files of the call, so that questions without an id get one that no other has.
    private int _read;

    // A load test further down must not ask half a list, or the sample questions in place of a list that was refused.
    /// <inheritdoc/>
    protected override bool EndsAtFirstError => true;

    /// <inheritdoc/>
    protected override void ReadFile(string path)
    {
        IReadOnlyList<Question> questions = QuestionFile.Read(path, _read + 1);
        _read += questions.Count;
        WriteObject(questions, enumerateCollection: true);
    }
}
