using System.Globalization;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What a run cost, from its own records: nothing is sent.</summary>
public static class RunCosts
{
    /// <summary>Works it out.</summary>
    /// <param name="run">The run; its statements are read from its folder.</param>
    /// <param name="prices">What the user pays for a DBU.</param>
    /// <param name="warn">Told of lines of the folder that cannot be used.</param>
    /// <exception cref="GenieLoadException"><c>RunUnreadable</c>.</exception>
    public static RunCost Of(LoadRun run, CostPrices prices, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(prices);
        int asked = run.Results.Count(AskedQuestions.IsAsked);
        int answered = run.Results.Count(row => row.Success);
        (double genieLower, double genieUpper) = QuestionCost.Of(
            run.Results.Count(row => row.MessageId is not null),
            run.Results.Sum(row => RecordedSends.MostAccepted(row, RetryOptions.SendAmbiguousAgain(run.RetryPolicy))));
        var warehouse = RunWarehouseUse.Of(run, Statements(run, warn));
        string[] reasons =
            [.. run.State == RunState.Running ? ["The run is still being carried out: this is its cost so far."] : Array.Empty<string>(),
            .. warehouse.Reasons];
        return new RunCost
        {
            RunId = run.RunId,
            Name = run.Name,
            StartedAt = run.StartedAt,
            QuestionCount = asked,
            AnsweredCount = answered,
            GenieDbuLower = genieLower,
            GenieDbuUpper = genieUpper,
            GenieDbuSource = (run.IsSimulator ? "simulator, which costs nothing; " : "") + string.Create(
                CultureInfo.InvariantCulture,
                $"estimate for a service principal: {QuestionCost.LowerDbu} to {QuestionCost.UpperDbu} DBU a question, ")
                + QuestionCost.SourceFor(run.Results.Any(row => row.Mode == QuestionMode.Agent)),
            GenieDbuPerAnswerLower = answered > 0 ? genieLower / answered : null,
            GenieDbuPerAnswerUpper = answered > 0 ? genieUpper / answered : null,
            StatementCount = warehouse.StatementCount,
            WarehouseSize = warehouse.Sizes,
            StatementSeconds = warehouse.StatementSeconds,
            AwakeSeconds = warehouse.AwakeSeconds,
            WarehouseDbuLower = warehouse.LowerDbu,
            WarehouseDbuUpper = warehouse.UpperDbu,
            PricePerDbu = prices.PerGenieDbu,
            WarehousePricePerDbu = prices.PerWarehouseDbu,
            GeniePriceLower = genieLower * prices.PerGenieDbu,
            GeniePriceUpper = genieUpper * prices.PerGenieDbu,
            WarehousePriceLower = warehouse.LowerDbu * prices.PerWarehouseDbu,
            WarehousePriceUpper = warehouse.UpperDbu * prices.PerWarehouseDbu,
            PriceLower = prices.Of(genieLower, warehouse.LowerDbu),
            PriceUpper = prices.Of(genieUpper, warehouse.UpperDbu),
            Reason = reasons.Length == 0 ? null : string.Join(' ', reasons),
        };
    }

    /// <summary>What the query history said; <see langword="null"/> where nobody has asked it, or the run is in no folder.</summary>
    private static Dictionary<string, StatementRecord>.ValueCollection? Statements(LoadRun run, Action<string>? warn)
    {
        if (run.RunPath is not string path)
            return null;
        var folder = new RunFolder(path);
        try
        {
            return StatementFile.Read(folder, warn)?.Values;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunUnreadable(folder.StatementsPath, e.Message, e);
        }
    }
}
