using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The words a simulated space uses.</summary>
internal static class SimulatedTexts
{
    private static readonly Topic[] Topics =
    [
        new("customer", "main.crm.customers", "segment", "lifetime_value"),
        new("product", "main.sales.order_items", "product_name", "revenue"),
        new("region", "main.sales.orders", "region", "revenue"),
        new("store", "main.retail.store_sales", "store_name", "net_sales"),
        new("employee", "main.hr.employees", "department", "salary"),
        new("inventory", "main.supply.inventory", "warehouse_name", "units_on_hand"),
        new("ship", "main.supply.shipments", "carrier", "delivery_days"),
        new("campaign", "main.marketing.campaigns", "channel", "spend"),
        new("churn", "main.crm.subscriptions", "plan", "churn_rate"),
        new("order", "main.sales.orders", "order_status", "amount"),
        new("sales", "main.sales.orders", "region", "amount"),
        new("revenue", "main.finance.revenue", "business_unit", "revenue"),
    ];

    private static readonly string[] Members =
    [
        "North", "South", "East", "West", "Zürich", "Online", "Partner", "Enterprise", "Mid-market", "Small business", "Other", "O'Neill",
    ];

    /// <summary>What a question is about.</summary>
    /// <param name="Keyword">Word that leads to it.</param>
    /// <param name="Table">Table with the answer.</param>
    /// <param name="Dimension">Column to group by.</param>
    /// <param name="Measure">Column to add up.</param>
    internal sealed record Topic(string Keyword, string Table, string Dimension, string Measure);

    /// <summary>All topics, in the order in which their keywords are looked for.</summary>
    public static IReadOnlyList<Topic> AllTopics => Topics;

    /// <summary>The topic of a question: by keyword, and always the same one for the same question.</summary>
    public static Topic TopicOf(string question, ulong questionHash) =>
        Array.Find(Topics, topic => question.Contains(topic.Keyword, StringComparison.OrdinalIgnoreCase))
        ?? Topics[(int)(questionHash % (ulong)Topics.Length)];

    /// <summary>Genie's query.</summary>
    /// <param name="topic">What it is about.</param>
    /// <param name="version">Which try it is, from 0.</param>
    /// <param name="rowCount">Rows that it asks for.</param>
    /// <param name="drift">How it differs from the usual one.</param>
    public static string Sql(Topic topic, int version, int rowCount, SimulatedDrift? drift) => drift switch
    {
        SimulatedDrift.Wording => SqlInOtherWords(topic, version, rowCount),
        SimulatedDrift.Result => Sql(topic, version, rowCount).Replace(" IS NOT NULL", " > 0", StringComparison.Ordinal),
        _ => Sql(topic, version, rowCount),
    };

    private static string SqlInOtherWords(Topic topic, int version, int rowCount) =>
        $"""
        -- {topic.Measure} for each {topic.Dimension}
        select t.{topic.Dimension}, sum(t.{topic.Measure}) as sum_of_{topic.Measure}, count(*) as n
        from {topic.Table} t
        where t.{topic.Measure} is not null{(version == 0 ? "" : " and t.is_deleted = false")}
        group by t.{topic.Dimension}
        order by sum_of_{topic.Measure} desc
        limit {rowCount};
        """;

    public static string Sql(Topic topic, int version, int rowCount) =>
        $"""
        SELECT `{topic.Dimension}`, SUM(`{topic.Measure}`) AS `total_{topic.Measure}`, COUNT(*) AS `row_count`
        FROM {topic.Table}
        WHERE `{topic.Measure}` IS NOT NULL{Condition(version)}
        GROUP BY `{topic.Dimension}`
        ORDER BY `total_{topic.Measure}` DESC
        LIMIT {rowCount}
        """;

    /// <summary>What tells the tries and the statements of one answer apart.</summary>
    private static string Condition(int version) => version switch
    {
        0 => "",
        1 => " AND `is_deleted` = FALSE",
        _ => FormattableString.Invariant($" AND `is_deleted` = FALSE AND `year` = {2024 + version}"),
    };

    /// <summary>What an agent thinks.</summary>
    /// <param name="topic">What it is asked about.</param>
    /// <param name="number">Which thought it is, from 0.</param>
    public static string Reasoning(Topic topic, int number) => number == 0
        ? $"The question is about {topic.Measure}. I start with {topic.Dimension} in {topic.Table}."
        : $"With this I can go on to compare {topic.Measure} by {topic.Dimension}.";

    public static string QueryTitle(Topic topic) => $"{topic.Measure} by {topic.Dimension}";

    public static string QueryDescription(Topic topic) =>
        $"Adds up {topic.Measure} for each {topic.Dimension} of {topic.Table}, largest first.";

    public static string QueryAnswer(Topic topic) =>
        $"**{Members[0]}** has the highest total {topic.Measure} of all values of {topic.Dimension}.";

    public static string TextAnswer(Topic topic) =>
        $"This space covers {topic.Table}; I can describe its columns, such as {topic.Dimension} and {topic.Measure}, without a query.";

    public static string Clarification(Topic topic) =>
        $"Do you mean {topic.Measure} for the current year, or over all years?";

    public static string[] SuggestedQuestions(Topic topic) =>
    [
        $"How did {topic.Measure} change over the last 12 months?",
        $"Which {topic.Dimension} has the lowest {topic.Measure}?",
        $"What is the average {topic.Measure}?",
    ];

    /// <summary>What somebody asked before: the first question of a conversation names a topic, a further one goes on from there.</summary>
    public static string PastQuestion(SeededRandom random, int turn)
    {
        Topic topic = Topics[random.NextInt32(Topics.Length)];
        int year = 2020 + random.NextInt32(6);
        return turn == 0
            ? FormattableString.Invariant($"What was the {topic.Measure} for each {topic.Keyword} in {year}?")
            : FormattableString.Invariant($"And by {topic.Dimension}, since {year}?");
    }

    /// <summary>A cell of the first column.</summary>
    public static string Member(long row) =>
        row < Members.Length ? Members[row] : $"{Members[row % Members.Length]} {row / Members.Length}";

    public static string Error(string errorType) => errorType switch
    {
        "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION" => "The rate limit was exceeded. Please try again later.",
        "RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION" => "The rate limit was exceeded. Please try again in 60 seconds.",
        "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION" => "Another message of this conversation is still being processed.",
        "SQL_EXECUTION_EXCEPTION" => "[UNRESOLVED_COLUMN.WITH_SUGGESTION] Column `totl` cannot be resolved. SQLSTATE: 42703",
        "BUDGET_EXCEEDED_EXCEPTION" => "The budget for this workspace has been used up.",
        _ => $"Genie could not answer this question ({errorType}).",
    };
}
