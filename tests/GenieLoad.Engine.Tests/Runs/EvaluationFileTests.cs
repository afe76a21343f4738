using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class EvaluationFileTests : IDisposable
{
    private const string Token = "dapi0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Evaluations_are_written_line_by_line_in_place_of_those_before()
    {
        var folder = new RunFolder(_temporary.Path);
        Assert.Empty(EvaluationFile.Read(folder, null));

        EvaluationFile.Write(folder, [Of("old")]);
        EvaluationFile.Write(folder, [Of("e1"), Of("e2")]);

        Assert.Equal(2, File.ReadAllLines(folder.EvaluationsPath).Length);
        Assert.Equal(["e1", "e2"], EvaluationFile.Read(folder, null).Select(one => one.EvaluationId));
    }

    [Fact]
    public void A_line_that_makes_no_sense_is_left_out_with_a_warning_and_the_rest_is_read()
    {
        var folder = new RunFolder(_temporary.Path);
        EvaluationFile.Write(folder, [Of("good")]);
        string good = File.ReadAllText(folder.EvaluationsPath);
        string[] bad =
        [
            good.Replace("\"goodCount\":1", "\"goodCount\":-1", StringComparison.Ordinal),
            good.Replace("\"goodCount\":1", "\"goodCount\":3", StringComparison.Ordinal),
            good.Replace("\"needsReviewCount\":0", "\"needsReviewCount\":-1", StringComparison.Ordinal),
            good.Replace("2026-11-23", "9999-11-23", StringComparison.Ordinal),
            good.Replace("\"status\":\"DONE\"", "\"status\":null", StringComparison.Ordinal),
            good.Replace("\"results\":[", "\"results\":[null,", StringComparison.Ordinal),
            good.Replace("\"durationSeconds\":5", "\"durationSeconds\":\"NaN\"", StringComparison.Ordinal),
            good.Replace("\"underLoadPercent\":50", "\"underLoadPercent\":101", StringComparison.Ordinal),
            "{}\n",
        ];
        Assert.All(bad, line => Assert.NotEqual(good, line));
        File.WriteAllText(folder.EvaluationsPath, string.Concat(bad) + good);
        List<string> warnings = [];

        Assert.Equal("good", Assert.Single(EvaluationFile.Read(folder, warnings.Add)).EvaluationId);
        Assert.Equal(bad.Length, warnings.Count);
    }

    [Fact]
    public void The_interval_follows_from_the_counts_and_not_from_the_file()
    {
        var folder = new RunFolder(_temporary.Path);
        EvaluationFile.Write(folder, [Of("e1") with { AccuracyLower = -7, AccuracyUpper = 700 }]);

        Evaluation read = EvaluationFile.Read(folder, null)[0];

        Assert.InRange(read.AccuracyLower!.Value, 0, 10);
        Assert.InRange(read.AccuracyUpper!.Value, 90, 100);
    }

    [Fact]
    public void Secrets_in_a_file_are_not_handed_out_nor_those_of_an_export()
    {
        var folder = new RunFolder(_temporary.Path);
        EvaluationFile.Write(folder, [Of("e1", Token)]);

        Assert.Equal("Is *** mine?", EvaluationFile.Read(folder, null)[0].Results[0].Question);

        string exported = _temporary.File("exported.json");
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 2)) with { Evaluations = new RowList<Evaluation>([Of("e1", Token)]) };
        RunExport.Write(run, exported, overwrite: false);
        Evaluation read = Assert.Single(BaselineRun.Read(exported).Evaluations);
        Assert.Equal(("Is *** mine?", 1, 1), (read.Results[0].Question, read.GoodCount, read.BadCount));
    }

    [Fact]
    public void An_export_of_a_version_without_evaluations_is_read()
    {
        string exported = _temporary.File("exported.json");
        RunExport.Write(SampleRun.Summarize(1, SampleRun.Success(1, 2)), exported, overwrite: false);
        string json = File.ReadAllText(exported);
        string old = System.Text.RegularExpressions.Regex.Replace(json, @"\s*""(evaluations|accuracyChanges)"": \[\],", "");
        Assert.NotEqual(json, old);
        File.WriteAllText(exported, old);

        LoadRun run = BaselineRun.Read(exported);
        foreach (string type in (string[])[".md", ".html", ".json"])
            RunExport.Write(run, _temporary.File("again" + type), overwrite: false);

        Assert.Equal(1, run.SuccessfulCount);
    }

    [Fact]
    public void Without_texts_ids_and_verdicts_are_left()
    {
        string exported = _temporary.File("exported.json");
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 2)) with { Evaluations = new RowList<Evaluation>([Of("e1")]) };

        RunExport.Write(TextRemoval.From(run), exported, overwrite: false);

        string json = File.ReadAllText(exported);
        Assert.DoesNotContain("mine?", json, StringComparison.Ordinal);
        Assert.Contains("RESULT_MISSING_ROWS", json, StringComparison.Ordinal);
    }

    private static Evaluation Of(string id, string word = "this") => SampleEvaluation.Of(id, word);
}
