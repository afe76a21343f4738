using System.Globalization;

namespace GenieLoad.Benchmarks;

/// <summary>
/// Compares ratios of this run with those that <c>docs/benchmarks.md</c> names. All of them are the greater the better, and each is of two
/// things measured in the same run, so that another machine, or a busy one, changes little.
/// </summary>
internal static class RatioCheck
{
    private const string Head = "| checked ratio";

    // What a busy machine may take from a ratio.
    private const double LeastShare = 0.75;

    /// <summary>The ratios of a page, by name: the rows of its table of checked ratios.</summary>
    /// <param name="lines">The lines of the page.</param>
    public static IReadOnlyDictionary<string, double> Read(IEnumerable<string> lines) => lines
        .SkipWhile(line => !line.StartsWith(Head, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1], cells => double.Parse(cells[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The page, found from the program upwards.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static IReadOnlyDictionary<string, double> ReadPage()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string page = Path.Combine(folder.FullName, "docs", "benchmarks.md");
            if (File.Exists(page))
                return Read(File.ReadLines(page));
        }
        throw new FileNotFoundException("docs/benchmarks.md is not above the program: run the benchmarks from a clone.");
    }

    /// <summary>What was measured beside what the page says, as a table.</summary>
    /// <param name="measured">Ratios of this run.</param>
    /// <param name="page">Those of the page.</param>
    /// <param name="isMet">Whether none is more than a quarter below its own on the page.</param>
    public static IReadOnlyList<string> Compare(
        IReadOnlyDictionary<string, double> measured, IReadOnlyDictionary<string, double> page, out bool isMet)
    {
        isMet = true;
        var table = new Table("checked ratio", "measured", "page", "least", "verdict");
        foreach ((string name, double value) in measured)
        {
            if (!page.TryGetValue(name, out double wanted))
            {
                table.Add(name, Show(value), "-", "-", "not on the page");
                continue;
            }
            bool isEnough = value >= LeastShare * wanted;
            isMet &= isEnough;
            table.Add(name, Show(value), Show(wanted), Show(LeastShare * wanted), isEnough ? "ok" : "too low");
        }
        return table.ToLines();
    }

    private static string Show(double ratio) => Number.Fixed(ratio, 3);
}
