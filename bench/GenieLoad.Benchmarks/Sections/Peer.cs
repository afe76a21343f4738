using System.Diagnostics;
using GenieLoad.Benchmarks.Stub;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>Another load generator, as installed on this machine.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Package">Debian package that brings it.</param>
/// <param name="Arguments">Its arguments for a number of seconds.</param>
internal sealed record Peer(string Name, string Package, Func<int, string[]> Arguments)
{
    // From the start of the program to the first measured request, and the time that is left over at its end.
    private const double SettleSeconds = 0.7;

    /// <summary>The three that issue and documents name.</summary>
    /// <param name="url">What each asks for, again and again.</param>
    /// <param name="folder">Where Locust's script is put.</param>
    public static IReadOnlyList<Peer> All(Uri url, string folder)
    {
        string callers = RequestLoads.Callers.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string header = $"Authorization: Bearer {SpaceClient.Token}";
        string script = Path.Combine(folder, "locustfile.py");
        File.WriteAllText(script, LocustScript(url.AbsolutePath));
        return
        [
            new Peer("wrk", "wrk", seconds => ["-t1", $"-c{callers}", $"-d{seconds}s", "-H", header, url.ToString()]),
            new Peer("hey", "hey", seconds => ["-z", $"{seconds}s", "-c", callers, "-H", header, url.ToString()]),
            new Peer("locust", "python3-locust", seconds =>
            [
                "-f", script, "--headless", "-u", callers, "-r", callers, "-t", $"{seconds}s", "-H", url.GetLeftPart(UriPartial.Authority),
                "--only-summary",
            ]),
        ];
    }

    public bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Name)));

    /// <summary>
    /// Runs it and looks in the middle, where it is neither starting nor ending: requests by the stub's count, CPU time by the operating
    /// system's account of its process.
    /// </summary>
    public async Task<Cost> RunAsync(StubProcess stub, double seconds, CancellationToken stop)
    {
        int total = (int)Math.Ceiling(seconds + (2 * SettleSeconds));
        var info = new ProcessStartInfo(Name) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in Arguments(total))
            info.ArgumentList.Add(argument);
        using Process process = Process.Start(info)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
            Task<string> errors = process.StandardError.ReadToEndAsync(stop);
            long idle = stub.Count();
            // Locust takes a while to begin.
            for (int waits = 0; stub.Count() == idle && waits < 100 && !process.HasExited; waits++)
                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            await Task.Delay(TimeSpan.FromSeconds(SettleSeconds), stop);
            if (process.HasExited)
                throw new InvalidOperationException($"{Name} has ended before its time: {await errors}{await output}");
            Cost cost = await MeasureAsync(process, stub, seconds, stop);
            await process.WaitForExitAsync(stop);
            await Task.WhenAll(output, errors);
            return cost;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Cost> MeasureAsync(Process process, StubProcess stub, double seconds, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        double cpu = CpuSeconds(process);
        long requests = stub.Count();
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop);
        return new Cost(stub.Count() - requests, CpuSeconds(process) - cpu, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static double CpuSeconds(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    // The faster of its two clients, without waits between requests.
    private static string LocustScript(string path) =>
        $$"""
        from locust import FastHttpUser, constant, task

        class Poller(FastHttpUser):
            wait_time = constant(0)

            @task
            def poll(self):
                self.client.get("{{path}}", headers={"Authorization": "Bearer {{SpaceClient.Token}}"})
        """;
}
