using System.Diagnostics;
using GenieLoad.Benchmarks.Sections;
using GenieLoad.Benchmarks.Stub;

namespace GenieLoad.Benchmarks;

/// <summary>Runs the sections one after the other against one stub server and prints a table for each.</summary>
internal static class Benchmark
{
    /// <returns>Whether every section found what it should.</returns>
    public static async Task<bool> RunAsync(BenchmarkOptions options, TextWriter output, CancellationToken stop)
    {
        IReadOnlyDictionary<string, double>? page = options.Check ? RatioCheck.ReadPage() : null;
        long began = Stopwatch.GetTimestamp();
        string folder = Directory.CreateTempSubdirectory("genieload-bench-").FullName;
        try
        {
            using StubProcess stub = StubProcess.Start();
            var context = new SectionContext(stub, folder, options.Quick, stop) { Minutes = options.Minutes };
            output.WriteLine(Machine.Describe());
            foreach (string section in options.Sections)
            {
                output.WriteLine();
                foreach (string line in await RunAsync(section, context))
                    output.WriteLine(line);
            }
            output.WriteLine();
            string seconds = Number.Whole(Stopwatch.GetElapsedTime(began).TotalSeconds);
            output.WriteLine($"Measured in {seconds} s{(options.Quick ? " with --quick" : "")}.");
            if (page is not null && context.Ratios.Count > 0)
            {
                output.WriteLine();
                IReadOnlyList<string> compared = RatioCheck.Compare(context.Ratios, page, out bool isMet);
                foreach (string line in compared)
                    output.WriteLine(line);
                context.Failed |= !isMet;
            }
            return !context.Failed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<IReadOnlyList<string>> RunAsync(string section, SectionContext context) => section switch
    {
        "requests" => RequestsSection.RunAsync(context),
        "memory" => MemorySection.RunAsync(context),
        "streams" => StreamsSection.RunAsync(context),
        "firing" => FiringSection.RunAsync(context),
        "overhead" => OverheadSection.RunAsync(context),
        "metrics" => MetricsSection.RunAsync(context),
        "reading" => ReadingSection.RunAsync(context),
        "mlflow" => MlflowSection.RunAsync(context),
        "merge" => MergeSection.RunAsync(context),
        "soak" => SoakSection.RunAsync(context),
        "peers" => PeersSection.RunAsync(context),
        _ => throw new ArgumentOutOfRangeException(nameof(section), section, "No such section."),
    };
}
