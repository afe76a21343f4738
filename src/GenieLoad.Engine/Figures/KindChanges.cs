using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// What sort of answer questions get under load, by what they get when it is quiet: the coarsest sign that load costs answers.
/// </summary>
internal static class KindChanges
{
    private static readonly string[] Order =
        [AnswerKind.Sql, AnswerKind.Text, AnswerKind.Clarification, AnswerKind.Empty, AnswerIdentities.Error];

    /// <summary>The changes, in the order of the kinds; questions that were not asked in both parts are left out.</summary>
    /// <param name="measured">Rows that count.</param>
    /// <param name="part">What of the run was quiet.</param>
    public static IEnumerable<KindChange> Of(IEnumerable<QuestionResult> measured, QuietPart part)
    {
        Dictionary<(string From, string To), int> counts = [];
        Dictionary<(string From, string To), int> quiet = [];
        IEnumerable<QuestionResult> known = measured.Where(row => row.Turn == 1 && AnswerIdentities.KindOf(row) is not null);
        foreach (IGrouping<(string?, string), QuestionResult> question in known.GroupBy(AnswerIdentities.QuestionOf))
        {
            string? from = question.Where(row => part.IsBusy(row) == false).GroupBy(row => AnswerIdentities.KindOf(row)!)
                .OrderByDescending(kind => kind.Count()).ThenBy(kind => Array.IndexOf(Order, kind.Key)).FirstOrDefault()?.Key;
            if (from is null)
                continue;
            QuestionResult[] busy = [.. question.Where(row => part.IsBusy(row) == true)];
            Count(counts, from, busy);
            // Questions of which only one part knows anything would set the shares apart.
            Count(quiet, from, busy.Length == 0 ? [] : question.Where(row => part.IsBusy(row) == false));
        }
        return counts.OrderBy(change => Array.IndexOf(Order, change.Key.From)).ThenBy(change => Array.IndexOf(Order, change.Key.To))
            .Select(change => new KindChange
            {
                From = change.Key.From,
                To = change.Key.To,
                Count = change.Value,
                Percent = 100.0 * change.Value / Total(counts, change.Key.From),
                QuietPercent = 100.0 * quiet.GetValueOrDefault(change.Key) / Total(quiet, change.Key.From),
            });
    }

    private static void Count(Dictionary<(string, string), int> counts, string from, IEnumerable<QuestionResult> rows)
    {
        foreach (QuestionResult row in rows)
        {
            (string, string) change = (from, AnswerIdentities.KindOf(row)!);
            counts[change] = counts.GetValueOrDefault(change) + 1;
        }
    }

    private static int Total(Dictionary<(string From, string To), int> counts, string from) =>
        counts.Where(one => one.Key.From == from).Sum(one => one.Value);
}
