using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public sealed class RunExportTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private List<string[]> WriteCsv(params QuestionResult[] rows)
    {
        string path = _temporary.File("run.csv");
        RunExport.Write(SampleRun.Summarize(rows.Length, rows), path, overwrite: true);
        using CsvReader csv = CsvReader.Create(new MemoryStream(File.ReadAllBytes(path)), new CsvReaderOptions { HasHeader = false });
        List<string[]> records = [];
        while (csv.Read())
            records.Add([.. Enumerable.Range(0, csv.FieldCount).Select(field => csv.GetString(field))]);
        return records;
    }

    [Fact]
    public void Csv_has_a_column_per_property_in_their_order()
    {
        List<string[]> records = WriteCsv(SampleRun.Success(1, 4));

        Assert.Equal(typeof(QuestionResult).GetProperties().Select(property => property.Name), records[0]);
        Assert.Equal(["Index", "QuestionId", "Question", "Outcome", "Success", "ResponseSeconds"], records[0].Take(6));
    }

    [Fact]
    public void Csv_has_every_row_once_and_in_its_place_however_many_there_are()
    {
        int count = 256 * ((3 * Environment.ProcessorCount) + 4);

        List<string[]> records = WriteCsv([.. Enumerable.Range(1, count).Select(index => SampleRun.Success(index, 4))]);

        Assert.Equal(
            Enumerable.Range(1, count).Select(index => index.ToString(CultureInfo.InvariantCulture)),
            records.Skip(1).Select(row => row[0]));
    }

    [Fact]
    public void Csv_writes_instants_in_iso_8601_and_numbers_with_a_point_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            List<string[]> records = WriteCsv(SampleRun.Success(1, 4.125));
            Dictionary<string, string> row = records[0].Zip(records[1]).ToDictionary(pair => pair.First, pair => pair.Second);

            Assert.Equal("4.125", row["ResponseSeconds"]);
            Assert.Equal("0.001", row["LagSeconds"]);
            Assert.Equal("2026-11-23T19:24:55.250Z", row["PlannedAt"]);
            Assert.Equal("2026-11-23T19:24:59.375Z", row["CompletedAt"]);
            Assert.Equal("True", row["Success"]);
            Assert.Equal("False", row["Truncated"]);
            Assert.Equal("", row["ServerSeconds"]);
            Assert.Equal("12", row["RowCount"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "⟨U+000D⟩=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("\r\n=1", "'\n=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\u3000＝1", "'\u3000＝1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("\u001b[2J\u0007", "⟨U+001B⟩[2J⟨U+0007⟩")]
    [InlineData("\u0000", "⟨U+0000⟩")]
    [InlineData("=HYPERLINK(\"http://x\",\"a, b\")", "'=HYPERLINK(\"http://x\",\"a, b\")")]
    [InlineData("Sales, \"net\"\nper month", "Sales, \"net\"\nper month")]
    [InlineData("a=1", "a=1")]
    public void Csv_keeps_a_text_from_being_taken_for_a_formula(string error, string cell)
    {
        List<string[]> records = WriteCsv(SampleRun.Failure(1, Outcome.Failed, "X", error));

        Assert.Equal(cell, records[1][Array.IndexOf(records[0], "ErrorText")]);
    }

    [Fact]
    public void Csv_leaves_a_negative_number_a_number()
    {
        QuestionResult early = new()
        {
            Index = 1, QuestionId = "q1", Question = "?", Outcome = Outcome.Completed, LagSeconds = -0.5,
            PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0,
        };
        List<string[]> records = WriteCsv(early);

        Assert.Equal("-0.5", records[1][Array.IndexOf(records[0], "LagSeconds")]);
    }

    [Fact]
    public void Json_holds_the_whole_run_and_reads_back()
    {
        LoadRun run = SampleRun.Summarize(3, SampleRun.Success(1, 4.000000000000001), SampleRun.Failure(2, Outcome.Failed, "X", "=ä"));
        string path = _temporary.File("run.JSON");

        RunExport.Write(run, path, overwrite: false);

        JsonElement root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        Assert.Equal("20261123-192455-high_load-3f9a", root.GetProperty("runId").GetString());
        Assert.Equal(3, root.GetProperty("results").GetArrayLength());
        Assert.Equal("=ä", root.GetProperty("results")[1].GetProperty("errorText").GetString());
        Assert.False(root.GetProperty("results")[1].TryGetProperty("sql", out _));
        Assert.Equal("1 of 3 not asked", root.GetProperty("leftOut").GetString());
        Assert.Equal(50, root.GetProperty("successRate").GetDouble());
        Assert.Equal(32, root.GetProperty("latency").GetArrayLength());
        Assert.Equal(7, root.GetProperty("plan").GetProperty("seed").GetInt32());
        Assert.Equal(
            JsonSerializer.Serialize(run, RunJson.Lines.LoadRun),
            JsonSerializer.Serialize(root.Deserialize(RunJson.Lines.LoadRun)!, RunJson.Lines.LoadRun));
    }

    [Fact]
    public async Task Responses_are_copied_from_the_run_folder_without_a_torn_last_line()
    {
        RunFolder folder = new(_temporary.File("run"));
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)))
            journal.Append(SampleRun.Success(1, 4), SampleRun.Responses("{\"a\":1}", "{\"b\":2}"));
        File.AppendAllText(folder.ResponsesPath, "{\"index\":2,\"mess" + new string('x', 100_000));

        RunExport.Write(RunReader.Read(folder.Path), _temporary.File("out.jsonl"), overwrite: false);

        JsonElement line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(_temporary.File("out.jsonl")))).RootElement;
        Assert.Equal(
            ["index", "questionId", "conversationId", "messageId", "message", "results"],
            line.EnumerateObject().Select(property => property.Name));
        Assert.Equal(2, line.GetProperty("results")[0].GetProperty("b").GetInt32());
    }

    [Fact]
    public void Responses_of_a_run_without_a_folder_are_an_error_and_leave_no_file()
    {
        string path = _temporary.File("out.jsonl");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunExport.Write(SampleRun.Summarize(1), path, overwrite: false));

        Assert.Equal("NoResponses", error.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
    }

    [Theory]
    [InlineData("run.xlsx")]
    [InlineData("run")]
    public void An_unknown_extension_is_refused_with_the_known_ones(string name)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => RunExport.Write(SampleRun.Summarize(1), _temporary.File(name), overwrite: false));

        Assert.Equal("UnknownExportFormat", error.ErrorId);
        Assert.Contains(".csv, .json, .otlp.json, .jsonl, .xml, .md, .prom, .html", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_are_of_runs_alone()
    {
        Assert.Equal(".otlp.json", ReportFile.Check(_temporary.File("run.OTLP.json"), RunExport.Extensions, overwrite: false));
        Assert.All(new[] { CapacityExport.Extensions, ComparisonExport.Extensions }, extensions => Assert.Equal(
            "UnknownExportFormat",
            Assert.Throws<GenieLoadException>(
                () => ReportFile.Check(_temporary.File("x.otlp.json"), extensions, overwrite: false)).ErrorId));
    }

    [Fact]
    public void A_file_that_exists_is_replaced_only_when_asked()
    {
        string path = _temporary.File("run.csv");
        File.WriteAllText(path, "mine");
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 4));

        Assert.Equal("FileExists", Assert.Throws<GenieLoadException>(() => RunExport.Write(run, path, overwrite: false)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(path));

        RunExport.Write(run, path, overwrite: true);
        Assert.StartsWith("Index,", File.ReadAllText(path, Encoding.UTF8), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named_also_before_anything_is_written()
    {
        string path = _temporary.File("nowhere/run.csv");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunExport.Write(SampleRun.Summarize(1), path, overwrite: false));

        Assert.Equal("FolderNotFound", error.ErrorId);
        Assert.Equal(
            $"The folder '{Path.GetDirectoryName(path)}' does not exist, so 'run.csv' cannot be written there.", error.Message);
        Assert.Equal(
            "FolderNotFound",
            Assert.Throws<GenieLoadException>(() => RunExport.Check(SampleRun.Summarize(1), path, overwrite: true)).ErrorId);
    }
}
