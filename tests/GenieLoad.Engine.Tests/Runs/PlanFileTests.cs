using System.Text.Json.Nodes;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class PlanFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static Plan Whole
    {
        get
        {
            Plan plan = SimulatedRun.Plan(9, 30, workers: 3, conversation: i => i < 4 ? "c" : null) with
            {
                QuestionsPerMinute = 12, Thresholds = "SuccessRate >= 95",
            };
            return plan with { Hash = PlanHash.Of(plan) };
        }
    }

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plan_comes_back_as_it_was(bool compresses)
    {
        string path = Written(Whole, compresses);

        Plan read = PlanFile.Read(path);

        Assert.Equal(Whole.Questions, read.Questions);
        Assert.Equal(Whole with { Questions = read.Questions }, read);
    }

    [Fact]
    public void A_plan_that_was_changed_is_refused()
    {
        string path = Written(Whole, compresses: false);
        JsonNode plan = JsonNode.Parse(File.ReadAllText(path))!;
        plan["questions"]![0]!["text"] = "Another question?";
        File.WriteAllText(path, plan.ToJsonString());

        ErrorAssert.Refused("PlanFileChanged", () => PlanFile.Read(path));

        plan.AsObject().Remove("hash");
        File.WriteAllText(path, plan.ToJsonString());
        ErrorAssert.Refused("PlanFileChanged", () => PlanFile.Read(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"name\":\"a\",\"scenarioName\":\"a\",\"workerCount\":1,\"seed\":1,\"questions\":[]}")]
    public void What_is_no_plan_is_refused_with_its_path(string text)
    {
        string path = _temporary.File("plan.json");
        File.WriteAllText(path, text);

        GenieLoadException failure = ErrorAssert.Refused("PlanFileUnreadable", () => PlanFile.Read(path));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_or_is_none_is_refused()
    {
        string path = Written(Whole, compresses: true);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        ErrorAssert.Refused("PlanFileUnreadable", () => PlanFile.Read(path));
        File.WriteAllBytes(path, [0x1f, 0x8b, 1, 2, 3]);
        ErrorAssert.Refused("PlanFileUnreadable", () => PlanFile.Read(path));
    }

    [Fact]
    public void A_part_of_a_plan_or_one_without_texts_is_not_written()
    {
        ErrorAssert.Refused("PlanNotWhole", () => Written(PlanShards.Of(Whole, new Shard(1, 2)), compresses: false), "shard 1/2");
        ErrorAssert.Refused("PlanNotWhole", () => Written(TextRemoval.From(Whole), compresses: true), "-ExcludeText");
    }

    private string Written(Plan plan, bool compresses)
    {
        string path = _temporary.File("plan.json");
        using FileStream stream = File.Create(path);
        PlanFile.Write(stream, plan, compresses);
        return path;
    }
}
