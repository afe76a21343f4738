using System.Globalization;
using GenieLoad.Engine.Costs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>What a plan may cost, from what is known before anything is sent.</summary>
/// <param name="warehouses">The warehouses of the spaces that are asked, each once.</param>
/// <param name="prices">What the user pays for a DBU.</param>
/// <param name="mostQuestions">Questions that the budget of the test allows; <see langword="null"/> for all.</param>
public sealed class PlanCost(IReadOnlyList<WarehouseSpec> warehouses, CostPrices prices, int? mostQuestions = null)
{
    private const double SecondsPerMinute = 60;

    /// <summary>Nothing is known of warehouses and prices.</summary>
    public static PlanCost Unknown { get; } = new([], CostPrices.None);

    /// <summary>A preview with what its plan may cost.</summary>
    /// <param name="preview">A preview that nobody else has seen yet.</param>
    internal PlanPreview Add(PlanPreview preview)
    {
        // No sooner, whatever the limit turns out to be; a test of one instant tells nothing.
        double arrivals = preview.LastSeconds - preview.FirstSeconds;
        int questions = Math.Min(preview.QuestionCount, mostQuestions ?? int.MaxValue);
        (double genieLower, double genieUpper) = QuestionCost.Of(questions, questions);
        bool areKnown = warehouses.Count > 0;
        double? lower = areKnown ? Sum(warehouse => warehouse.LowerDbu(arrivals)) : null;
        double? upper = areKnown ? Sum(warehouse => warehouse.UpperDbu(AwakeSeconds(warehouse, preview.LeastSeconds))) : null;
        return preview with
        {
            GenieDbuLower = genieLower,
            GenieDbuUpper = genieUpper,
            GenieDbuSource = QuestionCost.SourceFor(QuestionModes.HaveAgent(preview.Questions)),
            WarehouseDbuLower = lower,
            WarehouseDbuUpper = upper,
            WarehouseBasis = Basis(arrivals, preview.LeastSeconds),
            GeniePriceLower = genieLower * prices.PerGenieDbu,
            GeniePriceUpper = genieUpper * prices.PerGenieDbu,
            WarehousePriceLower = lower * prices.PerWarehouseDbu,
            WarehousePriceUpper = upper * prices.PerWarehouseDbu,
            PriceLower = prices.Of(genieLower, lower),
            PriceUpper = prices.Of(genieUpper, upper),
        };
    }

    /// <summary>Names and texts of the lines that say it.</summary>
    /// <param name="preview">The preview.</param>
    internal static IEnumerable<(string Name, string Text)> Rows(PlanPreview preview)
    {
        yield return ("Genie:", $"{Range(preview.GenieDbuLower, preview.GenieDbuUpper)} DBU for a service principal, "
            + $"{Range((double)QuestionCost.LowerDbu, (double)QuestionCost.UpperDbu)} a question ({preview.GenieDbuSource})");
        yield return ("Warehouse:", preview.WarehouseDbuLower is not double lower ? preview.WarehouseBasis
            : preview.WarehouseDbuUpper is double upper ? $"{Range(lower, upper)} DBU: {preview.WarehouseBasis}"
            : $"at least {Number(lower)} DBU: {preview.WarehouseBasis}");
        string[] prices =
        [
            .. Price("Genie", preview.GeniePriceLower, preview.GeniePriceUpper),
            .. Price("warehouse", preview.WarehousePriceLower, preview.WarehousePriceUpper),
            .. Price("together", preview.PriceLower, preview.PriceUpper),
        ];
        if (prices.Length > 0)
            yield return ("Price:", string.Join(", ", prices));
    }

    /// <summary>What Genie itself costs, such as <c>6.3 to 30.1 DBU for a service principal</c>.</summary>
    /// <param name="questions">Number of questions.</param>
    public static string GenieText(int questions)
    {
        (double lower, double upper) = QuestionCost.Of(questions, questions);
        return $"{Range(lower, upper)} DBU for a service principal";
    }

    private static IEnumerable<string> Price(string what, double? lower, double? upper) =>
        lower is not double least ? [] : [upper is double most ? $"{what} {Range(least, most)}" : $"{what} at least {Number(least)}"];

    private static string Range(double lower, double upper) => $"{Number(lower)} to {Number(upper)}";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double? AwakeSeconds(WarehouseSpec warehouse, double seconds) =>
        warehouse.AutoStopMinutes is > 0 and int minutes ? seconds + (minutes * SecondsPerMinute) : null;

    private double? Sum(Func<WarehouseSpec, double?> dbu) =>
        warehouses.All(warehouse => dbu(warehouse) is not null) ? warehouses.Sum(dbu) : null;

    private string Basis(double arrivals, double least)
    {
        if (warehouses.Count == 0)
            return "not known: connect to the space with Connect-Genie";
        string? unbounded = warehouses.Select(warehouse => warehouse.WhyUnbounded()).FirstOrDefault(reason => reason is not null);
        if (warehouses.Any(warehouse => warehouse.DbuPerHour is null))
            return $"not known: {unbounded}";
        string fewest = "the fewest clusters";
        string most = "all clusters";
        string stop = "the auto stop";
        string which = string.Create(CultureInfo.InvariantCulture, $"{warehouses.Count} warehouses");
        if (warehouses is [var one])
        {
            fewest = Clusters(Math.Max(1, one.MinimumClusters ?? 1));
            most = Clusters(one.MaximumClusters ?? 1);
            stop = string.Create(CultureInfo.InvariantCulture, $"the auto stop after {one.AutoStopMinutes} min");
            which = string.Create(CultureInfo.InvariantCulture, $"{one.Size}, {one.DbuPerHour} DBU an hour and cluster");
        }
        return $"{which}; at least {fewest} for the {PlanPreviewText.Span(arrivals)} in which questions arrive, "
            + (unbounded ?? $"at most {most} for {PlanPreviewText.Span(least)} and until {stop}");
    }

    private static string Clusters(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "cluster" : "clusters")}");
}
