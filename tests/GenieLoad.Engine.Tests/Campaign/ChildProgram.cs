using System.Diagnostics;
using System.Globalization;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// The test assembly as a program: carries out a case of the campaign, tells each event on its standard output, and dies at the one that it
/// is told to, as by <c>kill -9</c>.
/// </summary>
internal static class ChildProgram
{
    /// <summary>
    /// Words: <c>handles</c> and a number of workers; or seed, event to die at (0 for never), address, space, token, store.
    /// </summary>
    public static async Task<int> Main(string[] words)
    {
        if (words is ["count", var folder, var times])
            return CountUnderLock(new RunFolder(folder), int.Parse(times, CultureInfo.InvariantCulture));
        if (words is ["hold", var held])
            return Hold(held);
        if (words is ["handles", var workers])
            return await AskAllAtOnceAsync(int.Parse(workers, CultureInfo.InvariantCulture)).ConfigureAwait(false);
        if (words is not [var seed, var dieAt, var address, var space, var token, var store])
            return 2;
        var plan = new KilledCase(int.Parse(seed, CultureInfo.InvariantCulture));
        var events = new Events(int.Parse(dieAt, CultureInfo.InvariantCulture));
        using HttpMessageHandler network = new Told(GenieApiClient.CreateHandler(new Uri(address), new GenieClientOptions()), events);
        using GenieApiClient client = KilledCase.Client(new Uri(address), token, network);
        var connection = new Connection
        {
            WorkspaceUrl = address, SpaceId = space, Credential = "campaign", ConnectedAt = DateTime.UtcNow, IsSimulator = true,
        };
        await LoadTest.RunAsync(
            client, connection, plan.Plan, KilledCase.Options, new RunStore(store), events, CancellationToken.None).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Starts this program as a process.</summary>
    public static Process Start(params string[] words) => Process.Start(StartInfo(words))!;

    /// <summary>How this program is started as a process.</summary>
    public static ProcessStartInfo StartInfo(params string[] words) =>
        new("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, .. words])
    {
        RedirectStandardOutput = true, RedirectStandardInput = true,
    };

    /// <summary>Counts on in a file, which is right only where one counts at a time.</summary>
    public static int CountUnderLock(RunFolder folder, int times)
    {
        string path = System.IO.Path.Combine(folder.Path, "count");
        for (int counted = 0; counted < times;)
        {
            try
            {
                using RunLock held = RunLock.Take(folder, TimeProvider.System);
                int count = File.Exists(path) ? int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : 0;
                Thread.Yield();
                File.WriteAllText(path, (count + 1).ToString(CultureInfo.InvariantCulture));
                counted++;
            }
            catch (GenieLoadException busy) when (busy.ErrorId == "RunStillRunning")
            {
                Thread.Yield();
            }
        }
        return 0;
    }

    /// <summary>Holds a run until its input ends.</summary>
    private static int Hold(string path)
    {
        using UnfinishedRun held = UnfinishedRun.Take(path, Console.Out.WriteLine);
        Console.Out.WriteLine("held");
        Console.In.ReadToEnd();
        return 0;
    }

    /// <summary>Starts this program where it may have few open files.</summary>
    public static Process StartUnderHandleLimit(int handles, params string[] words) => Process.Start(new ProcessStartInfo(
        "sh", ["-c", $"ulimit -n {handles}; exec dotnet exec \"$0\" \"$@\"", typeof(ChildProgram).Assembly.Location, .. words])
    {
        RedirectStandardOutput = true,
    })!;

    /// <summary>Tells warnings as a user sees them.</summary>
    private sealed class WarningsOut : ILogSink
    {
        public bool IsEnabled(LogSeverity severity) => severity == LogSeverity.Warning;

        public void Write(LogEvent logEvent) => Console.Out.WriteLine("WARNING: " + logEvent.Line);
    }

    /// <summary>
    /// A test with a worker for each question, against a simulator in this process; tells how many questions had which outcome.
    /// </summary>
    private static async Task<int> AskAllAtOnceAsync(int workers)
    {
        string folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;
        try
        {
            using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { TimeScale = 5, LatencySpread = 0 });
            using var pacing = new PacingClock();
            using var client = new GenieApiClient(
                simulator.Uri, TokenCredential.Create(simulator.Token, "test"),
                new GenieClientOptions { AttemptTimeoutSeconds = 120 }, pacing, new EngineLog(pacing, new WarningsOut()));
            var connection = new Connection
            {
                WorkspaceUrl = simulator.Uri.ToString(), SpaceId = simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UtcNow,
                IsSimulator = true,
            };
            Plan plan = Tests.Running.SimulatedRun.Plan(workers, 0, workers);
            LoadRun run = await LoadTest.RunAsync(
                client, connection, plan, new LoadTestOptions(), new RunStore(folder), QuietWatcher.Instance,
                CancellationToken.None).ConfigureAwait(false);
            Console.Out.WriteLine(
                string.Join(", ", run.Results.GroupBy(row => row.Outcome).Select(group => $"{group.Key} {group.Count()}")));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Counts and tells the events.</summary>
    private sealed class Events(int dieAt) : IRunWatcher
    {
        private int _count;

        public void Add(string what)
        {
            if (Interlocked.Increment(ref _count) == dieAt)
                Process.GetCurrentProcess().Kill();
            Console.Out.WriteLine(what);
        }

        public void OnBegin(string runId, string runPath) => Add("begin");

        public void OnFinished(QuestionResult result) => Add("finished");

        public void OnNotKept(GenieLoadException failure)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }
    }

    private sealed class Told(HttpMessageHandler inner, Events events) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            events.Add("sending");
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            events.Add("answered");
            return response;
        }
    }
}
