using System.Globalization;
using System.Runtime.InteropServices;

namespace GenieLoad.Benchmarks;

/// <summary>The machine in one line: figures mean nothing without it.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string load = LoadAverage() is string average ? $"; load average at the start {average}" : "";
        string gib = Number.Fixed(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 0);
        return $"Machine: {Processor()}, {Environment.ProcessorCount} cores, {gib} GiB; {RuntimeInformation.OSDescription}; "
            + $"{RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{load}";
    }

    private static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? model = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return model ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? LoadAverage()
    {
        const string Path = "/proc/loadavg";
        return File.Exists(Path) ? File.ReadAllText(Path).Split(' ')[0] : null;
    }
}
