using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>What people copy that cannot be run here: the jobs of build servers, and the container.</summary>
public sealed class SampleTests
{
    private static readonly string Samples = Path.Combine(BuiltModule.RepositoryRoot, "samples");

    public static TheoryData<string> Workflows =>
    [
        "samples/ci/github-actions.yml", "samples/ci/azure-pipelines.yml", "samples/ci/github-actions-shards.yml",
        "samples/ci/azure-pipelines-shards.yml", ".github/workflows/ci.yml",
    ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_step_of_a_job_is_PowerShell_that_can_be_read(string path)
    {
        string[] steps = [.. Steps(File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, path)))];

        Assert.NotEmpty(steps);
        Assert.All(steps, step =>
        {
            Parser.ParseInput(step, out _, out ParseError[] errors);
            Assert.Empty(errors);
        });
    }

    [Theory]
    [InlineData("ci/github-actions.yml")]
    [InlineData("ci/azure-pipelines.yml")]
    [InlineData("ci/github-actions-shards.yml")]
    [InlineData("ci/azure-pipelines-shards.yml")]
    [InlineData("Dockerfile")]
    public void The_gate_is_called_with_parameters_that_it_has(string path)
    {
        ScriptBlockAst gate = Parser.ParseFile(Path.Combine(Samples, "gate.ps1"), out _, out ParseError[] errors);
        string[] known = [.. gate.ParamBlock.Parameters.Select(parameter => "-" + parameter.Name.VariablePath.UserPath)];
        string[] calls = [.. Regex.Matches(
            File.ReadAllText(Path.Combine(Samples, path)), @"gate\.ps1(?<words>.*)").Select(match => match.Groups["words"].Value)];

        Assert.Empty(errors);
        Assert.NotEmpty(calls);
        Assert.All(calls.SelectMany(call => Regex.Matches(call, @"(?<=[\s""])-[A-Z]\w+").Select(match => match.Value)),
            word => Assert.Contains(word, known));
    }

    [Theory]
    [InlineData("ci/github-actions-shards.yml", "strategy.job-total")]
    [InlineData("ci/azure-pipelines-shards.yml", "System.TotalJobsInPhase")]
    public void A_matrix_has_each_shard_once_and_all_have_one_plan_and_one_start(string path, string count)
    {
        string text = File.ReadAllText(Path.Combine(Samples, path));
        string[] steps = [.. Steps(text)];

        int[] numbers = [.. Regex.Matches(text, @"\{ number: (\d+),").Select(match => int.Parse(match.Groups[1].Value))];
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        Assert.Equal(4, numbers.Length);
        Assert.Matches($@"SHARD: .*number.*/.*{Regex.Escape(count)}", text);
        Assert.Single(steps, step => step.Contains("Export-GeniePlan", StringComparison.Ordinal));
        Assert.Single(steps, step => step.Contains("UtcNow.AddMinutes(5)", StringComparison.Ordinal));
        string test = Assert.Single(steps, step => step.Contains("Invoke-GenieLoadTest -Plan", StringComparison.Ordinal));
        Assert.All(new[] { "$env:SHARD", "$env:START_AT", "$env:PLACE" }, name => Assert.Contains(name, test, StringComparison.Ordinal));
        Assert.DoesNotContain("max-parallel:", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_the_container_copies_is_there()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Samples, "Dockerfile"));
        string[] sources = [.. lines.Where(
            line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1])];

        Assert.Contains("samples/gate.ps1", sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(BuiltModule.RepositoryRoot, source)), source));
        string build = Assert.Single(lines, line => line.StartsWith("RUN dotnet build ", StringComparison.Ordinal)).Split(' ')[3];
        Assert.True(Directory.Exists(Path.Combine(BuiltModule.RepositoryRoot, build)), build);
        Assert.Contains("STOPSIGNAL SIGINT", lines);
    }

    [Fact]
    public void Every_script_can_be_read_and_says_what_it_is_for()
    {
        string[] scripts = [.. Directory.GetFiles(Samples, "*.ps1", SearchOption.AllDirectories)];

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script =>
        {
            ScriptBlockAst ast = Parser.ParseFile(script, out _, out ParseError[] errors);
            Assert.Empty(errors);
            CommentHelpInfo help = ast.GetHelpContent();
            Assert.False(string.IsNullOrWhiteSpace(help.Synopsis), script);
            Assert.All(
                ast.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()),
                name => Assert.Contains(name, help.Parameters.Keys));
        });
    }

    // 'run:' and 'pwsh:' in one line, or a block below it that is indented deeper.
    private static IEnumerable<string> Steps(string yaml) =>
        Regex.Matches(yaml, @"^(?<margin> *)(- )?(run|pwsh): (?<line>(?!\|).+|\|\n(\k<margin>  .*\n?)+)", RegexOptions.Multiline)
            .Select(match => match.Groups["line"].Value.TrimStart('|').Replace("${{", "$(", StringComparison.Ordinal)
                .Replace("}}", ")", StringComparison.Ordinal));
}
