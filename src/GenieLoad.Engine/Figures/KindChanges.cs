using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// What sort of answer questions get under load, by what they get when it is quiet: the coarsest sign that load costs answers.
/// </summary>
internal static class KindChanges
{
    /// <summary>The kinds of answers in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Order { get; } =
        [AnswerKind.Sql, AnswerKind.Text, AnswerKind.Clarification, AnswerKind.Empty, AnswerIdentities.Error];

    /// <summary>The changes, in the order of the kinds; questions that were not asked in both parts are left out.</summary>
    /// <param name="questions">The questions of the run.</param>
    /// <param name="part">What of the run was quiet.</param>
    public static IEnumerable<KindChange> Of(AnsweredQuestions questions, QuietPart part)
    {
        Dictionary<(int From, int To), int> counts = [];
        Dictionary<(int From, int To), int> quiet = [];
        foreach (AnsweredQuestion question in questions.All)
        {
            (int[] ofQuiet, int[] ofBusy) = CountsOf(question, part, questions.Kinds.Count);
            if (ofQuiet.Sum() == 0)
                continue;
            int from = Enumerable.Range(0, ofQuiet.Length).OrderByDescending(kind => ofQuiet[kind]).ThenBy(Rank).First();
            Add(counts, from, ofBusy);
            // Questions of which only one part knows anything would set the shares apart.
            if (ofBusy.Sum() > 0)
                Add(quiet, from, ofQuiet);
        }
        return counts.OrderBy(change => Rank(change.Key.From)).ThenBy(change => Rank(change.Key.To))
            .Select(change => new KindChange
            {
                From = questions.Kinds[change.Key.From],
                To = questions.Kinds[change.Key.To],
                Count = change.Value,
                Percent = 100.0 * change.Value / Total(counts, change.Key.From),
                QuietPercent = 100.0 * quiet.GetValueOrDefault(change.Key) / Total(quiet, change.Key.From),
            });
    }

    // Those that only a file names come before the others.
    private static int Rank(int kind) => kind < Order.Count ? kind : -1;

    private static (int[] Quiet, int[] Busy) CountsOf(AnsweredQuestion question, QuietPart part, int kinds)
    {
        var quiet = new int[kinds];
        var busy = new int[kinds];
        foreach (SeenAnswer answer in question.Answers)
        {
            if (answer.Kind >= 0 && part.IsBusy(answer.Place) is bool isBusy)
                (isBusy ? busy : quiet)[answer.Kind]++;
        }
        return (quiet, busy);
    }

    private static void Add(Dictionary<(int, int), int> counts, int from, int[] to)
    {
        for (int kind = 0; kind < to.Length; kind++)
        {
            if (to[kind] > 0)
                counts[(from, kind)] = counts.GetValueOrDefault((from, kind)) + to[kind];
        }
    }

    private static int Total(Dictionary<(int From, int To), int> counts, int from) =>
        counts.Where(one => one.Key.From == from).Sum(one => one.Value);
}
