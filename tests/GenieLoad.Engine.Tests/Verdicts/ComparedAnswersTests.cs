using System.Globalization;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public sealed class ComparedAnswersTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Questions_that_are_answered_otherwise_come_first_and_are_counted()
    {
        RunComparison comparison = Compare(
            [.. Question("a", "r"), .. Question("b", "r"), .. Question("c", "rrrrrrrrro"), .. Question("d", "rrrrro")],
            [.. Question("a", "r"), .. Question("b", "x"), .. Question("c", "roooooooooo"), .. Question("d", "rrrroo")]);
        Assert.Equal(
            [("b", AnswerVerdict.Different), ("c", AnswerVerdict.Shifted), ("a", AnswerVerdict.Same), ("d", AnswerVerdict.Same)],
            comparison.Answers.Select(answer => (answer.QuestionId, answer.Verdict)));
        Assert.Equal(2, comparison.ChangedAnswerCount);
        AnswerComparison other = comparison.Answers[0];
        Assert.Equal((1, 1, 0.0, null, null), (other.ReferenceCount, other.DifferenceCount, other.AcrossAgreement, other.PValue,
            other.ReferenceAgreement));
        AnswerComparison shifted = comparison.Answers[1];
        Assert.Equal((10, 11, 80.0), (shifted.ReferenceCount, shifted.DifferenceCount, shifted.ReferenceAgreement));
        Assert.Equal(100.0 * ((9 * 1) + (1 * 10)) / 110, shifted.AcrossAgreement!.Value, 9);
        Assert.InRange(shifted.PValue!.Value, 0.0001, 0.05);
    }

    [Fact]
    public void Another_favourite_that_may_be_chance_is_unclear()
    {
        AnswerComparison answer = Compare(Question("a", "rro"), Question("a", "roo")).Answers.Single();
        Assert.Equal((AnswerVerdict.Unclear, null), (answer.Verdict, answer.PValue));
    }

    [Fact]
    public void Runs_without_an_effect_are_seldom_called_changed()
    {
        int alarms = 0;
        for (int i = 0; i < 100; i++)
        {
            var random = Randomness.SeededRandom.For(i, "null", 0);
            string Draw() => new([.. Enumerable.Range(0, 15).Select(_ => random.NextDouble() < 0.6 ? 'r' : 'o')]);
            alarms += Compare([.. Question("a", Draw()), .. Question("b", Draw())], [.. Question("a", Draw()), .. Question("b", Draw())])
                .ChangedAnswerCount > 0 ? 1 : 0;
        }
        Assert.InRange(alarms, 0, 5);
    }

    [Fact]
    public void Among_many_questions_those_that_shifted_are_still_found()
    {
        QuestionResult[] before = [.. Enumerable.Range(0, 80).SelectMany(i => Question($"q{i}", "rrrrrrrrro"))];
        QuestionResult[] after = [.. Enumerable.Range(0, 80).SelectMany(i => Question($"q{i}", i < 5 ? "xxxxxxxxxo" : "rrrrrrrrro"))];
        Assert.Equal(5, Compare(before, after).Answers.Count(answer => answer.Verdict == AnswerVerdict.Shifted));
    }

    [Fact]
    public void Kinds_and_the_level_of_the_sql_are_told()
    {
        QuestionResult[] before = Question("a", "rr");
        QuestionResult[] after =
            [.. Question("a", "xx").Select(row => row with { SqlSignature = "s2", SqlLexicalSignature = "l2" })];
        AnswerComparison answer = Compare(before, after).Answers.Single();
        Assert.Equal(("Masked", AnswerKind.Sql, AnswerKind.Sql), (answer.SqlLevel, answer.ReferenceKind, answer.DifferenceKind));
        QuestionResult[] asked =
        [
            .. after.Select(row => row with
            {
                AnswerKind = AnswerKind.Clarification, SqlSignature = null, TextSignature = "t", ResultSignature = null,
            }),
        ];
        answer = Compare([.. before, .. Question("b", "r")], [.. asked, .. Question("b", "r")]).Answers[0];
        Assert.Equal(("no answer of before occurs again; mostly Sql before, Clarification now", null), (answer.Reason, answer.SqlLevel));
    }

    [Fact]
    public void Where_a_run_does_not_know_its_answers_nothing_is_said() => Assert.Empty(Compare(
        Question("a", "r"), [.. Question("a", "x").Select(row => row with { SqlSignature = null, ResultSignature = null })]).Answers);

    [Fact]
    public void Where_a_run_does_not_read_results_queries_are_compared() => Assert.Equal(
        AnswerVerdict.Same,
        Compare(Question("a", "rr"), [.. Question("a", "xx").Select(row => row with { ResultSignature = null })]).Answers.Single().Verdict);

    [Fact]
    public void Results_that_differ_by_rounding_alone_are_the_same_where_the_runs_keep_them()
    {
        QuestionResult[] before = Question("a", "r");
        QuestionResult[] after = Question("a", "x");
        string first = Folder("first", 1, "1.23449");
        Assert.Equal(AnswerVerdict.Same, Verdict(before, first, after, Folder("close", 1, "1.23451")));
        Assert.Equal(AnswerVerdict.Different, Verdict(before, first, after, Folder("far", 1, "1.3")));
        Assert.Equal(AnswerVerdict.Different, Verdict(before, first, after, null));
        Assert.Equal(AnswerVerdict.Different, Verdict(before, first, after, Folder("other-row", 2, "1.23451")));
        Assert.Equal(AnswerVerdict.Different, Verdict(before, first, after, Path.Combine(_temporary.Path, "gone")));
    }

    [Fact]
    public void Of_several_runs_a_side_no_p_value_is_claimed()
    {
        RunComparison comparison = RunComparer.Compare(
            [Run(Question("a", "rrrrro"), "1"), Run(Question("a", "rrrrro"), "2")], [Run(Question("a", "roooooo"), "3")]);
        Assert.Equal((AnswerVerdict.Unclear, null), (comparison.Answers.Single().Verdict, comparison.Answers.Single().PValue));
    }

    private static string Verdict(QuestionResult[] before, string? first, QuestionResult[] after, string? second) => RunComparer.Compare(
        AnswerFigureTests.RunOf(before, "1", first), AnswerFigureTests.RunOf(after, "2", second)).Answers.Single().Verdict;

    private static RunComparison Compare(QuestionResult[] before, QuestionResult[] after) =>
        RunComparer.Compare(Run(before, "1"), Run(after, "2"), new ComparisonOptions { MaximumResampleCount = 100 });

    private static LoadRun Run(QuestionResult[] rows, string id) =>
        AnswerFigureTests.RunOf([.. rows.Select((row, i) => row with { Index = i + 1 })], id);

    /// <summary>Answers to a question, a letter for each: the same letter is the same result.</summary>
    private static QuestionResult[] Question(string id, string answers) =>
    [
        .. answers.SelectMany((letter, i) => AnswerFigureTests.Rows(1, i + 1, letter.ToString())
            .Select(row => row with { QuestionId = id, Question = $"Question {id}?", ConversationId = $"{id}{i}" })),
    ];

    /// <summary>A folder of a run that keeps the result of one row.</summary>
    private string Folder(string name, int index, string cell)
    {
        string path = Path.Combine(_temporary.Path, name);
        Directory.CreateDirectory(path);
        string result = """{"statement_response":{"manifest":{"schema":{"columns":[{"name":"n","type_name":"DOUBLE"}]}},"""
            + $"\"result\":{{\"data_array\":[[\"{cell}\"]]}}}}}}";
        File.WriteAllText(
            Path.Combine(path, "responses.jsonl"),
            "not a line\n"
                + string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index},\"questionId\":\"a\",\"results\":[{result}]}}\n"));
        return path;
    }
}
