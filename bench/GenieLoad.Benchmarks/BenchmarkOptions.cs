using System.Globalization;

namespace GenieLoad.Benchmarks;

/// <summary>What to measure, from the command line.</summary>
/// <param name="Sections">Names of sections, in the order in which they run.</param>
/// <param name="Quick">Shorter and smaller, for a first look: the figures scatter more.</param>
/// <param name="Minutes">Length of the soak; <see langword="null"/> for its own.</param>
/// <param name="Check">Whether ratios are compared with those of the page.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Sections, bool Quick, double? Minutes, bool Check)
{
    public const string Usage =
        """
        Usage: dotnet run -c Release --project bench/GenieLoad.Benchmarks [-- SECTION... [--quick] [--check] [--minutes N]]
        Sections: requests, memory, streams, firing, overhead, metrics, mlflow, reading, merge, peers; all of them without a name.
        --check: fails when a ratio is more than a quarter below the one in docs/benchmarks.md.
        Only when named: soak, an hour of load in which nothing may grow (--minutes for another length).
        """;

    private static readonly string[] All =
        ["requests", "memory", "streams", "firing", "overhead", "metrics", "mlflow", "reading", "merge", "peers"];

    private static readonly string[] OnlyWhenNamed = ["soak"];

    /// <returns><see langword="null"/> when something in it is not understood.</returns>
    public static BenchmarkOptions? Parse(string[] args)
    {
        List<string> words = [.. args];
        bool quick = words.Remove("--quick");
        bool check = words.Remove("--check");
        double? minutes = null;
        if (words.IndexOf("--minutes") is >= 0 and int at)
        {
            if (at + 1 == words.Count || !double.TryParse(words[at + 1], CultureInfo.InvariantCulture, out double given)
                || given is not (> 0 and <= 1440))
                return null;
            minutes = given;
            words.RemoveRange(at, 2);
        }
        string[] known = [.. All, .. OnlyWhenNamed];
        return words.Except(known).Any()
            ? null
            : new BenchmarkOptions(words.Count == 0 ? All : [.. known.Where(words.Contains)], quick, minutes, check);
    }
}
