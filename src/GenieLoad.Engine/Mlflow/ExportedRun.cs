using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What one export is made from.</summary>
/// <param name="Run">The run, its texts removed where they are not wanted.</param>
/// <param name="Export">Identity of the export, by which its runs are found again.</param>
/// <param name="ExportedAt">Begin of the export, as a tag.</param>
/// <param name="User">Whom the user interface shows.</param>
/// <param name="Responses">The API responses; <see langword="null"/> to leave them out.</param>
/// <param name="ResponsesPerQuestion">Whether each nested run gets its own response.</param>
internal sealed record ExportedRun(
    LoadRun Run, string Export, string ExportedAt, string User, ResponseFile? Responses, bool ResponsesPerQuestion)
{
    /// <summary>The parent's record, without its files.</summary>
    public RunRecord Parent() => ParentRecord.Make(Run, Export, ExportedAt, User);

    /// <summary>The parent's files.</summary>
    public IEnumerable<Artifact> ParentFiles() => ParentRecord.Files(Run, Responses);

    /// <summary>A question's record.</summary>
    public RunRecord Child(QuestionResult row, string parentRunId) =>
        ChildRecord.Make(Run, row, Export, parentRunId, User, ResponsesPerQuestion ? Responses : null);
}
