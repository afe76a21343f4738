using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Plans in files, and load tests that run a part of one.</summary>
[Collection(ModuleCollection.Name)]
public sealed class ShardCommandTests : IDisposable
{
    private const string Start = "-StartAt ([DateTime]::UtcNow.AddSeconds(1))";

    private readonly SimulatedSession _simulated = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    public void Dispose()
    {
        _simulated.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("plan.json")]
    [InlineData("plan.json.gz")]
    public void A_plan_goes_into_a_file_and_is_run_from_there(string file)
    {
        const string Planned = "New-GenieScenario parted 5 1s | Get-GenieScenario -Plan -Seed 1";
        dynamic written = Run($"{Planned} | Export-GeniePlan ./{file} -PassThru").Only;
        Assert.Equal(file, (string)written.Name);

        dynamic run = Run($"$run = Invoke-GenieLoadTest -Plan ./{file} @fast -Confirm:$false; $run").Only;

        dynamic preview = Run(Planned).Only;
        Assert.Equal((string)preview.Hash, (string)run.PlanHash);
        Assert.Null((string?)run.Shard);
        // What a run has asked goes into a file too.
        Run("$run | Export-GeniePlan ./again.json").Clean();
        Assert.Contains($"\"hash\": \"{preview.Hash}\"", File.ReadAllText(Path.Combine(_folder, "again.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_share_the_plan_and_show_which_part_they_ran()
    {
        Run("New-GenieScenario parted 5 1s | Get-GenieScenario -Plan | Export-GeniePlan ./plan.json").Clean();

        dynamic[] runs = [.. Run("1..2 | ForEach-Object { "
            + $"Invoke-GenieLoadTest -Plan ./plan.json -Shard \"$_/2\" {Start} -Place \"p$_\" @fast }}").Clean().Output];

        Assert.Equal(new[] { 3, 2 }, runs.Select(run => (int)run.QuestionCount));
        Assert.Equal(new[] { "1/2", "2/2" }, runs.Select(run => (string)run.Shard));
        Assert.Equal(new[] { "p1", "p2" }, runs.Select(run => (string)run.Place));
        Assert.All(runs, run => Assert.InRange((double)run.StartLagSeconds, 0, 60));
        Assert.Equal(5, _simulated.QuestionCount);
        string shown = (string)_simulated.Run("[GenieLoad.PowerShell.Formatting.RunSummaryView]::Text((Get-GenieRun -Latest))").Only;
        Assert.Contains("Shard: 2/2 of the plan, from p2", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_shows_the_part_and_its_start()
    {
        Run("Get-GenieScenario high_load -Plan | Export-GeniePlan ./plan.json").Clean();

        // However wide the lines are.
        string text = string.Join(' ', Run("Invoke-GenieLoadTest -Plan ./plan.json -Shard 2/4 "
            + "-StartAt ([DateTime]::UtcNow.Date.AddDays(2)) -Place westeurope -WhatIf").Clean().Text
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains("shard 2/4", text, StringComparison.Ordinal);
        Assert.Contains(" 00:00:00 UTC, from westeurope", text, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData("Invoke-GenieLoadTest -Plan ./plan.json -Shard 2/4", "ShardWithoutStart", "StartAt is not given")]
    [InlineData("Invoke-GenieLoadTest -Plan ./plan.json -Shard two", "InvalidShard", "Shard is 'two'")]
    [InlineData("Invoke-GenieLoadTest high_load -Shard 1/1", "ShardWithoutPlan", "Shard is 1/1")]
    [InlineData("Invoke-GenieLoadTest high_load -Plan ./plan.json", "PlanConflict", "-Scenario")]
    [InlineData("'How many?' | Invoke-GenieLoadTest -Plan ./plan.json", "PlanConflict", "-Question")]
    [InlineData("Invoke-GenieLoadTest -Plan ./plan.json -WorkerCount 3", "PlanConflict", "overrides")]
    [InlineData("Invoke-GenieLoadTest -Plan ./plan.json -StartAt 2020-01-01", "InvalidStartAt", "StartAt is 2020-01-01")]
    [InlineData("Invoke-GenieLoadTest -Plan ./none.json", "ParameterArgumentTransformationError", "none.json")]
    [InlineData("Invoke-GenieLoadTest -Plan 5", "ParameterArgumentTransformationError", "where a plan is wanted")]
    [InlineData("Export-GeniePlan ./plan.json (Get-GenieScenario high_load -Plan)", "FileExists", "plan.json")]
    [InlineData("Get-GenieScenario light_load, high_load -Plan | Export-GeniePlan ./two.json", "SeveralPlans", "light_load")]
    public void What_cannot_be_is_refused_and_nothing_is_asked(string script, string errorId, string said)
    {
        Run("Get-GenieScenario high_load -Plan | Export-GeniePlan ./plan.json").Clean();

        ScriptOutcome outcome = Run(script);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
        Assert.False(File.Exists(Path.Combine(_folder, "two.json")));
    }

    /// <summary>Runs a script in which <c>./</c> is the folder of the test.</summary>
    private ScriptOutcome Run(string script) => _simulated.Run(script.Replace("./", _folder + "/", StringComparison.Ordinal));
}
