using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What is said of the answers of a run, in words.</summary>
internal static class AnswerWords
{
    private const int MostNamed = 5;

    /// <summary>How alike they are; <see langword="null"/> where no question has two.</summary>
    public static string? Agreement(LoadRun run) => run.Agreement is { PairwiseAgreement: double value } agreement
        ? Text($"{value:0.#} % agree (95 % interval {agreement.PairwiseAgreementLower:0.#}-{agreement.PairwiseAgreementUpper:0.#}), ")
            + Text($"{agreement.SameCount} of {agreement.QuestionCount} questions always got the same answer")
            + (agreement.Verdict != AgreementVerdict.Changed ? ""
                : Text($"; busy answers differ from quiet ones (p {agreement.PValue:0.000})"))
        : null;

    /// <summary>How many are the expected ones; <see langword="null"/> where nothing was checked.</summary>
    public static string? Expected(LoadRun run)
    {
        if (run.Agreement is not { RightCount: int right, WrongCount: int wrong } agreement)
            return null;
        string rest = agreement.NotComparableCount > 0 ? Text($", {agreement.NotComparableCount} not comparable") : "";
        return agreement.ExpectedAnswerShare is double share
            ? Text($"{share:0.#} % as expected, {right} of {right + wrong}{rest}")
            : $"none could be compared{rest}";
    }

    /// <summary>Kinds of answers under load, by what they are when it is quiet, where that is ever another; otherwise nothing.</summary>
    public static IEnumerable<string> Kinds(LoadRun run) => run.Agreement?.Kinds.Where(change => change.From != change.To)
        .Select(change => $"{Kind(change.To)} instead of {Kind(change.From)}: "
            + Text($"{change.Percent:0.#} % of busy answers, {change.QuietPercent:0.#} % of quiet ones"))
        ?? [];

    /// <summary>The questions with different answers, the least alike first, and how many more there are.</summary>
    public static (IReadOnlyList<QuestionConsistency> Shown, int More) Differing(LoadRun run, int most = MostNamed)
    {
        QuestionConsistency[] differing =
        [
            .. run.Consistency.Where(question => question.DifferentCount > 1 || question.WrongCount > 0)
                .OrderBy(question => question.PairwiseAgreement ?? 100).ThenByDescending(question => question.WrongCount ?? 0),
        ];
        return ([.. differing.Take(most)], Math.Max(0, differing.Length - most));
    }

    /// <summary>What a question got, in short.</summary>
    public static string Of(QuestionConsistency question) =>
        Text($"{question.DifferentCount} different of {question.AnswerCount}")
        + (question.WrongCount > 0 ? Text($", {question.WrongCount} wrong") : "")
        + (question.Remarks.Length > 0 ? $" ({question.Remarks})" : "");

    /// <summary>A kind of answer in words.</summary>
    public static string Kind(string kind) => kind switch
    {
        AnswerKind.Sql => "query",
        AnswerKind.Text => "text",
        AnswerKind.Clarification => "question back",
        AnswerKind.Empty => "nothing",
        _ => "error",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
