namespace GenieLoad.Benchmarks;

/// <summary>What to measure, from the command line.</summary>
/// <param name="Sections">Names of sections, in the order in which they run.</param>
/// <param name="Quick">Shorter and smaller, for a first look: the figures scatter more.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Sections, bool Quick)
{
    public const string Usage =
        """
        Usage: dotnet run -c Release --project bench/GenieLoad.Benchmarks [-- SECTION... [--quick]]
        Sections: requests, memory, firing, overhead, mlflow, peers; all of them without a name.
        """;

    private static readonly string[] All = ["requests", "memory", "firing", "overhead", "mlflow", "peers"];

    /// <returns><see langword="null"/> when something in it is not understood.</returns>
    public static BenchmarkOptions? Parse(string[] args)
    {
        string[] named = [.. args.Where(arg => arg != "--quick")];
        if (named.Except(All).Any())
            return null;
        return new BenchmarkOptions([.. All.Where(section => named.Length == 0 || named.Contains(section))], args.Contains("--quick"));
    }
}
