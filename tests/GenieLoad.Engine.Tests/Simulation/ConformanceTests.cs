using System.Diagnostics;
using System.Text.Json;
using GenieLoad.Engine.Simulation;

namespace GenieLoad.Engine.Tests.Simulation;

/// <summary>The official Databricks SDK for JavaScript drives the simulator: <c>tests/conformance</c>.</summary>
[Trait("Category", "Conformance")]
public sealed class ConformanceTests
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TestLimit = TimeSpan.FromMinutes(3);

    [NodeFact]
    public async Task The_official_sdk_talks_to_the_simulator_as_to_the_service()
    {
        string folder = Path.Combine(NodeFactAttribute.RepositoryRoot, "tests", "conformance");
        await InstallAsync(folder);

        var options = new SimulatorOptions { TimeScale = 20 };
        using GenieSimulator answering = GenieSimulator.Start(options);
        using GenieSimulator failing = GenieSimulator.Start(options with { FailedShare = 1 });
        using GenieSimulator throttling = GenieSimulator.Start(
            options with { RateLimitPerMinute = 6, RateLimitBurst = 1, RetryAfterSeconds = null });
        string simulators = JsonSerializer.Serialize(new
        {
            answering = AddressOf(answering),
            failing = AddressOf(failing),
            throttling = AddressOf(throttling),
        });

        (int exitCode, string output) = await RunAsync(
            folder, TestLimit, new() { ["GENIELOAD_SIMULATORS"] = simulators }, NodeFactAttribute.Node!, "--test");
        Assert.True(exitCode == 0, $"node --test ended with {exitCode}:{Environment.NewLine}{output}");
        Assert.True(answering.Record.QuestionCount >= 4, "The SDK asked the simulator.");
        Assert.True(throttling.Record.ThrottledCount > 0, "The SDK met a 429.");
    }

    private static object AddressOf(GenieSimulator simulator) =>
        new { port = simulator.Uri.Port, token = simulator.Token, space = simulator.SpaceId };

    /// <summary>Installs what the lock file names, unless exactly that is there.</summary>
    private static async Task InstallAsync(string folder)
    {
        string installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        string wanted = Path.Combine(folder, "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted))
            return;
        (int exitCode, string output) = await RunAsync(
            folder, InstallLimit, [], NodeFactAttribute.Npm!, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.True(
            exitCode == 0,
            $"npm ci in tests/conformance ended with {exitCode}; {NodeFactAttribute.SkipVariable}=1 leaves this test out:"
                + Environment.NewLine + output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, TimeSpan limit, Dictionary<string, string> environment, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var tooLong = new CancellationTokenSource(limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(tooLong.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"Stopped after {limit}.{Environment.NewLine}{await output}{await error}");
        }

        return (process.ExitCode, await output + await error);
    }

    /// <summary>A test that needs Node.js with npm, and says so where they are missing.</summary>
    private sealed class NodeFactAttribute : FactAttribute
    {
        public const string SkipVariable = "GENIELOAD_SKIP_CONFORMANCE";

        public NodeFactAttribute()
        {
            if (Environment.GetEnvironmentVariable(SkipVariable) is { Length: > 0 })
                Skip = $"Left out because {SkipVariable} is set.";
            else if (Node is null || Npm is null)
                Skip = "Needs Node.js 18 or newer with npm on the PATH; see tests/conformance/README.md.";
        }

        public static string? Node { get; } = Find("node");

        public static string? Npm { get; } = Find("npm");

        public static string RepositoryRoot { get; } = FindRoot();

        private static string? Find(string name)
        {
            string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
            string path = Environment.GetEnvironmentVariable("PATH") ?? "";
            return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
                .FirstOrDefault(File.Exists);
        }

        private static string FindRoot()
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GenieLoad.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }
    }
}
