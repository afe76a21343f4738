using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>A process of its own that reads a run, or makes something of it, and tells what that took.</summary>
internal static class ReadingProbe
{
    /// <summary>The yardstick: every line through a parser that keeps nothing.</summary>
    public const string Bare = "bare";

    /// <summary>A run with its rows and figures.</summary>
    public const string Read = "read";

    /// <summary>The list of a store.</summary>
    public const string List = "list";

    /// <summary>The bytes of all manifests, plans, marks and rows of a store, through the same parser.</summary>
    public const string BareList = "bare-list";

    /// <summary>Page of a run that is read already.</summary>
    public const string Html = "html";

    /// <summary>Rows of a run that is read already, as CSV.</summary>
    public const string Csv = "csv";

    /// <summary>Writes seconds, CPU seconds, and the most bytes that were resident.</summary>
    public static int Run(string way, string folder)
    {
        Action work = way switch
        {
            Bare => () => ParseFolder(new RunFolder(folder)),
            Read => () => ReadWithFigures(folder),
            List => () => ReadAll(folder),
            BareList => () => Array.ForEach(Directory.GetDirectories(folder), run => ParseFolder(new RunFolder(run))),
            Html or Csv => Export(ReadWithFigures(folder), Path.Combine(folder, "..", $"export.{way}")),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "No such way."),
        };
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {cpuSeconds:R} {process.PeakWorkingSet64}"));
        return 0;
    }

    // Figures are worked out when somebody asks for them.
    private static LoadRun ReadWithFigures(string folder)
    {
        LoadRun run = RunReader.Read(folder);
        GC.KeepAlive((run.Latency, run.LimitBurst));
        return run;
    }

    private static Action Export(LoadRun run, string path) => () =>
    {
        RunExport.Write(run, path, overwrite: true);
        File.Delete(path);
    };

    private static void ReadAll(string runs)
    {
        foreach (RunReading reading in ReadAhead.Of(new RunStore(Path.GetDirectoryName(runs)!).List()))
            GC.KeepAlive(reading.Take());
    }

    private static void ParseFolder(RunFolder folder)
    {
        foreach (string path in (string[])[folder.ManifestPath, folder.PlanPath])
            Parse(File.ReadAllBytes(path));
        foreach (string path in (string[])[folder.StartedPath, folder.ResultsPath])
        {
            using FileStream file = File.OpenRead(path);
            BoundedLines lines = new(file, JsonLinesReader.MaximumLineBytes);
            while (lines.Next(out ReadOnlySpan<byte> line))
                Parse(line);
        }
    }

    private static void Parse(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
        }
    }
}
