namespace GenieLoad.Engine.Costs;

/// <summary>
/// What Genie itself charges for a question that a service principal asks. Databricks publishes no rate; this is the range of the means
/// that one public project measured with ten set-ups of a space, chat questions only.
/// </summary>
public static class QuestionCost
{
    /// <summary>The cheapest set-up, in DBU per question.</summary>
    public const decimal LowerDbu = 0.18m;

    /// <summary>The dearest set-up, in DBU per question.</summary>
    public const decimal UpperDbu = 0.86m;

    /// <summary>Who measured it, and when.</summary>
    public const string Source = "josh-melton-db/genie-cost-efficiency, measured 2026-07";

    /// <summary>The same, with what it does not say of agent mode.</summary>
    /// <param name="agent">Whether questions are asked in agent mode.</param>
    public static string SourceFor(bool agent) => agent ? Source + "; agent mode was not measured and may cost more" : Source;

    /// <summary>The range of some questions, in DBU.</summary>
    /// <param name="fewest">Questions that were certainly accepted, 0 or more.</param>
    /// <param name="most">Questions that may have been, at least as many.</param>
    public static (double Lower, double Upper) Of(int fewest, int most) => ((double)(fewest * LowerDbu), (double)(most * UpperDbu));

    /// <summary>Most questions that cost no more than an amount, each counted at the upper end of the range.</summary>
    /// <param name="dbu">The amount in DBU, 0 or more.</param>
    public static int MostWithin(double dbu) => (int)Math.Min(int.MaxValue, Math.Floor((decimal)Math.Min(dbu, 1e12) / UpperDbu));
}
