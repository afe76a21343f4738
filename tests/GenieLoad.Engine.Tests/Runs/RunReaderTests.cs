using System.Text.RegularExpressions;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class RunReaderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private async Task<RunFolder> WriteRun(int questions = 3)
    {
        RunFolder folder = new(_temporary.File("run"));
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(questions));
        for (int index = 1; index <= questions; index++)
        {
            await journal.Started(index, index);
            journal.Append(SampleRun.Success(index, index + 1));
        }

        await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(9), 9));
        return folder;
    }

    [Fact]
    public async Task The_manifest_file_names_the_run_as_well_as_its_folder()
    {
        RunFolder folder = await WriteRun();

        Assert.Equal(3, RunReader.Read(folder.ManifestPath).SuccessfulCount);
        Assert.Equal(folder.Path, RunReader.Read(folder.ManifestPath).RunPath);
    }

    [Fact]
    public async Task A_torn_last_line_is_dropped_with_a_warning_wherever_it_is_torn()
    {
        RunFolder folder = await WriteRun();
        byte[] whole = File.ReadAllBytes(folder.ResultsPath);
        int lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (int end = lastLine + 1; end < whole.Length - 1; end += 37)
        {
            File.WriteAllBytes(folder.ResultsPath, whole[..end]);
            List<string> warnings = [];
            LoadRun run = RunReader.Read(folder.Path, warnings.Add);

            Assert.Equal(2, run.SuccessfulCount);
            Assert.Equal(Outcome.Interrupted, run.Results[2].Outcome);
            Assert.Contains("last line", Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_last_line_that_lacks_only_its_line_break_counts()
    {
        RunFolder folder = await WriteRun();
        byte[] whole = File.ReadAllBytes(folder.ResultsPath);
        File.WriteAllBytes(folder.ResultsPath, whole[..^1]);

        Assert.Equal(3, RunReader.Read(folder.Path, warning => Assert.Fail(warning)).SuccessfulCount);
    }

    [Fact]
    public async Task A_bad_line_in_the_middle_costs_that_line_only()
    {
        RunFolder folder = await WriteRun();
        string[] lines = File.ReadAllLines(folder.ResultsPath);
        lines[1] = "{\"index\":2,\"outcome\":null}";
        File.WriteAllLines(folder.ResultsPath, lines);
        List<string> warnings = [];

        Assert.Equal(2, RunReader.Read(folder.Path, warnings.Add).SuccessfulCount);
        Assert.Contains("Line 2", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_line_of_a_question_replaces_an_earlier_one()
    {
        RunFolder folder = await WriteRun();
        string[] lines = File.ReadAllLines(folder.ResultsPath);
        File.WriteAllLines(folder.ResultsPath, [lines[0].Replace("\"Completed\"", "\"Interrupted\"", StringComparison.Ordinal), .. lines]);

        LoadRun run = RunReader.Read(folder.Path);
        Assert.Equal(3, run.SuccessfulCount);
        Assert.Equal(3, run.Results.Count);
    }

    [Theory]
    [InlineData("startedOffsetSeconds")]
    [InlineData("responseSeconds")]
    [InlineData("workerWaitSeconds")]
    public async Task A_row_with_an_endless_time_is_left_out_with_a_warning(string field)
    {
        RunFolder folder = await WriteRun();
        string[] lines = File.ReadAllLines(folder.ResultsPath);
        lines[0] = $"{lines[0][..^1]},\"{field}\":1e999}}";
        File.WriteAllLines(folder.ResultsPath, lines);
        List<string> warnings = [];

        LoadRun run = RunReader.Read(folder.Path, warnings.Add);

        Assert.Single(warnings);
        Assert.Equal(2, run.SuccessfulCount);
    }

    [Fact]
    public async Task A_row_that_nobody_planned_is_left_out_with_a_warning()
    {
        RunFolder folder = await WriteRun();
        string line = File.ReadAllLines(folder.ResultsPath)[0].Replace("{\"index\":1,", "{\"index\":99,", StringComparison.Ordinal);
        File.AppendAllLines(folder.ResultsPath, [line]);
        List<string> warnings = [];

        Assert.Equal(3, RunReader.Read(folder.Path, warnings.Add).QuestionCount);
        Assert.Contains("99", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_a_later_version_are_no_obstacle()
    {
        RunFolder folder = await WriteRun();
        string text = File.ReadAllText(folder.ResultsPath)
            .Replace("{\"index\"", "{\"mood\":{\"a\":[1]},\"index\"", StringComparison.Ordinal);
        File.WriteAllText(folder.ResultsPath, text);

        Assert.Equal(3, RunReader.Read(folder.Path, warning => Assert.Fail(warning)).SuccessfulCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_newer_format_is_refused_and_said_to_be_newer(bool hasWhatThisVersionWants)
    {
        RunFolder folder = await WriteRun();
        File.WriteAllText(folder.ManifestPath, hasWhatThisVersionWants
            ? Regex.Replace(File.ReadAllText(folder.ManifestPath), "\"formatVersion\": *1", "\"formatVersion\":2")
            : "{ \"formatVersion\": 2, \"layout\": \"other\" }");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunReader.Read(folder.Path));

        Assert.Equal("RunFormatTooNew", error.ErrorId);
        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.json", "")]
    [InlineData("run.json", "{}")]
    [InlineData("run.json", "null")]
    [InlineData("run.json", "{\"formatVersion\":1,\"state\":\"Completed\",\"header\":null}")]
    [InlineData("plan.json", "[")]
    [InlineData("plan.json", "{\"name\":\"n\",\"scenarioName\":\"s\",\"workerCount\":1,\"seed\":1,\"questions\":null}")]
    [InlineData("plan.json", "{\"name\":\"n\",\"scenarioName\":\"s\",\"workerCount\":1,\"seed\":1,\"questions\":[null]}")]
    public async Task A_broken_manifest_or_plan_is_named_in_the_error(string file, string content)
    {
        RunFolder folder = await WriteRun();
        File.WriteAllText(Path.Combine(folder.Path, file), content);

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunReader.Read(folder.Path));

        Assert.Equal("RunUnreadable", error.ErrorId);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A path may name any folder of the machine, and what stands in its files is not for whoever reads the error.</summary>
    [Theory]
    [InlineData("run.json", "hush-hush")]
    [InlineData("run.json", "true-hush")]
    [InlineData("run.json", "{\"hush\" \"hush\"}")]
    [InlineData("run.json", "{\"header\":{\"startedAt\":\"hush\"}}")]
    [InlineData("plan.json", "{\"name\":\"n\",\"seed\":\"hush\"}")]
    [InlineData("plan.json", "nullhush")]
    public async Task A_broken_manifest_or_plan_is_not_repeated_nor_is_a_type_of_ours(string file, string content)
    {
        RunFolder folder = await WriteRun();
        File.WriteAllText(Path.Combine(folder.Path, file), content);

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunReader.Read(folder.Path));

        Assert.Contains("line 1, byte ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", $"{error.Message} {error.InnerException}", StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_run_is_said_to_be_none() =>
        Assert.Equal("NotARunFolder", Assert.Throws<GenieLoadException>(() => RunReader.Read(_temporary.Path)).ErrorId);

    [Fact]
    public async Task Damaged_files_give_a_run_or_an_error_never_a_crash()
    {
        RunFolder folder = await WriteRun();
        string[] files = [folder.ManifestPath, folder.PlanPath, folder.ResultsPath, folder.StartedPath];
        for (int seed = 0; seed < 500; seed++)
        {
            SeededRandom random = new((ulong)seed);
            string file = files[random.NextInt32(files.Length)];
            byte[] whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, Damage(whole, random));
            try
            {
                Assert.Equal(RunReader.Read(folder.Path).QuestionCount, RunReader.Read(folder.Path).Results.Count);
            }
            catch (GenieLoadException)
            {
                // An error is an answer.
            }

            File.WriteAllBytes(file, whole);
        }
    }

    private static byte[] Damage(byte[] whole, SeededRandom random)
    {
        byte[] damaged = whole[..(whole.Length - (random.NextInt32(3) == 0 ? random.NextInt32(whole.Length) : 0))];
        for (int change = random.NextInt32(4); change > 0 && damaged.Length > 0; change--)
        {
            int at = random.NextInt32(damaged.Length);
            damaged[at] = random.NextInt32(2) == 0 ? (byte)random.NextInt32(256) : (byte)"019-eE.,:{}[]\"n"[random.NextInt32(15)];
        }

        return damaged;
    }
}
