using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of run folders: a folder with one wrong file in it.</summary>
internal static class RunTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        yield return Folder("run.json", folder => folder.ManifestPath);
        yield return Folder("plan.json", folder => folder.PlanPath);
        yield return Folder("results.jsonl", folder => folder.ResultsPath, refuses: false);
        yield return Folder("started.jsonl", folder => folder.StartedPath, refuses: false);
        yield return Folder("evaluations.jsonl", folder => folder.EvaluationsPath, refuses: false);
        yield return Folder("responses.jsonl", folder => folder.ResponsesPath, refuses: false);
        string exported = FuzzSamples.Shared.FileFor("exported.json");
        yield return new FuzzTarget(
            "runs/exported.json", [JsonSerializer.SerializeToUtf8Bytes(Evaluated(FuzzSamples.Shared.Run), RunJson.Lines.LoadRun)],
            input =>
            {
                File.WriteAllBytes(exported, input);
                Use(BaselineRun.Read(exported));
                return true;
            },
            FuzzTargets.IsUserError)
        {
            Bytes = 30_000_000, Cost = 4,
        };
    }

    private static Evaluation[] Evaluations =>
    [
        SampleEvaluation.Of("e1") with { When = EvaluationTime.Before }, SampleEvaluation.Of("e2"),
    ];

    private static LoadRun Evaluated(LoadRun run) => EvaluationAccuracy.Add(run, Evaluations);

    private static FuzzTarget Folder(string name, Func<RunFolder, string> path, bool refuses = true)
    {
        var folder = new RunFolder(FuzzSamples.Shared.CopyOfRun(name.Split('.')[0]));
        string file = path(folder);
        if (name == "evaluations.jsonl")
            EvaluationFile.Write(folder, Evaluations);
        // For the rows a process died in: the marks must stand in for rows that are not there.
        if (name == "started.jsonl")
            File.WriteAllText(folder.ResultsPath, "");
        return new FuzzTarget(
            "runs/" + name, [File.ReadAllBytes(file)],
            input =>
            {
                File.WriteAllBytes(file, input);
                int warnings = 0;
                LoadRun run = RunReader.Read(folder.Path, _ => warnings++);
                Assert.Equal(run.Plan!.Questions.Count, run.Results.Count);
                Assert.Equal(run.Results.Count(row => !row.IsWarmUp), run.QuestionCount);
                Assert.Equal(run.Plan.Questions.Select(question => question.Index).Order(), run.Results.Select(row => row.Index));
                Use(run);
                return true;
            },
            FuzzTargets.IsUserError)
        {
            Refuses = refuses, Bytes = 30_000_000, BytesPerByte = 500, Cost = 4,
        };
    }

    /// <summary>What was read is not only there: it can be shown, exported, judged and compared.</summary>
    private static void Use(LoadRun run)
    {
        Assert.NotEmpty(SummaryText.Write(run));
        RowCsv<QuestionResult>.Write(run.Results, Stream.Null);
        JsonSerializer.Serialize(Stream.Null, run, RunJson.Pretty.LoadRun);
        foreach (Evaluation evaluation in run.Evaluations ?? new([]))
            Assert.Equal(EvaluationWords.Columns.Count, EvaluationWords.Cells(evaluation).Count);
        ThresholdJudge.Judge(run, ThresholdText.ParseAll(["P95ResponseSeconds < 30; SuccessRate >= 95%"]));
    }
}
