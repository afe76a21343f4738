using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The modes of a plan: which question is asked in which, and what a plan says of them.</summary>
internal static class QuestionModes
{
    /// <summary>
    /// Assigns a mode to every question: a user, a conversation and a question that stands alone each stay in one. Their numbers are in
    /// proportion to the weights as nearly as whole numbers allow, over all and, within one, on each connection; which go where is drawn.
    /// </summary>
    /// <param name="planned">The questions of a plan, their connections assigned.</param>
    /// <param name="modes">The modes, each once.</param>
    /// <param name="seed">Seed of the run.</param>
    public static PlannedQuestion[] Assign(PlannedQuestion[] planned, IReadOnlyList<ModeShare> modes, int seed)
    {
        var random = SeededRandom.For(seed, "mode", 0);
        double[] weights = [.. modes.Select(share => share.Weight)];
        Dictionary<string, string> byUnit = new(StringComparer.Ordinal);
        foreach (IGrouping<string?, PlannedQuestion> connection in planned.DistinctBy(WeightedUnits.Of).GroupBy(first => first.Connection))
        {
            // What a connection adds to the quotas of those before it: of two modes neither quota ever falls. Rounded for each connection
            // by itself, many small ones would all leave out the same mode.
            int[] before = WeightedUnits.Quotas(byUnit.Count, weights);
            int[] quotas = [.. WeightedUnits.Quotas(byUnit.Count + connection.Count(), weights).Zip(before, (all, own) => all - own)];
            foreach ((PlannedQuestion first, int mode) in connection.Zip(WeightedUnits.Draw(quotas, random)))
                byUnit.Add(WeightedUnits.Of(first), modes[mode].Mode);
        }
        // Nothing is said of chat mode, so that the plans of earlier versions keep their text and hash.
        return
        [
            .. planned.Select(question => byUnit[WeightedUnits.Of(question)] is not QuestionMode.Chat and string mode
                ? question with { Mode = mode }
                : question),
        ];
    }

    /// <summary>The modes of a plan and their numbers of questions, in the order of <see cref="QuestionMode.All"/>.</summary>
    /// <param name="questions">Its questions.</param>
    public static IReadOnlyList<ModeShare> Of(IReadOnlyCollection<PlannedQuestion> questions) =>
    [
        .. questions.GroupBy(question => question.Mode ?? QuestionMode.Chat, StringComparer.Ordinal)
            .Select(mode => new ModeShare(mode.Key, mode.Count()))
            .OrderBy(share => share.Mode != QuestionMode.Chat),
    ];

    /// <summary>
    /// Such as <c>in agent mode</c> or <c>30 in chat mode, 10 in agent mode</c>; <see langword="null"/> where all are in chat mode.
    /// </summary>
    /// <param name="questions">The questions of a plan.</param>
    public static string? InWords(IReadOnlyCollection<PlannedQuestion> questions) => Of(questions) switch
    {
        [] or [{ Mode: QuestionMode.Chat }] => null,
        [{ Mode: string mode }] => $"in {mode.ToLowerInvariant()} mode",
        var shares => string.Join(", ", shares.Select(share =>
            string.Create(CultureInfo.InvariantCulture, $"{share.Weight:0} in {share.Mode.ToLowerInvariant()} mode"))),
    };

    /// <summary>Whether any question is asked in chat mode: only those are polled for.</summary>
    /// <param name="plan">The plan.</param>
    public static bool HaveChat(Plan plan) => plan.QuestionCount == 0 || plan.Questions.Any(question => !IsAgent(question));

    /// <summary>Whether any question is asked in agent mode.</summary>
    /// <param name="questions">The questions of a plan.</param>
    public static bool HaveAgent(IEnumerable<PlannedQuestion> questions) => questions.Any(IsAgent);

    /// <summary>Such as <c>Agent</c> or <c>Chat 75 %, Agent 25 %</c>: alike for plans of different length.</summary>
    /// <param name="plan">The plan.</param>
    public static string Name(Plan plan) => Of(plan.Questions) switch
    {
        [] => QuestionMode.Chat,
        [{ Mode: string mode }] => mode,
        var shares => string.Join(", ", shares.Select(share =>
            string.Create(CultureInfo.InvariantCulture, $"{share.Mode} {100 * share.Weight / plan.QuestionCount:0.#} %"))),
    };

    /// <summary>The same; <see langword="null"/> where all are in chat mode.</summary>
    /// <param name="plan">The plan.</param>
    public static string? NameUnlessChat(Plan plan) => Name(plan) is not QuestionMode.Chat and string name ? name : null;

    private static bool IsAgent(PlannedQuestion question) => question.Mode == QuestionMode.Agent;
}
