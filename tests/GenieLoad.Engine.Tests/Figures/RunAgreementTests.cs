using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class RunAgreementTests
{
    /// <summary>Ten questions at a time for the second half: each has three answers, the busy ones are others as told.</summary>
    private static QuestionResult[] Rows(int questions, Func<int, bool, string> resultOf, Func<int, bool, string>? kindOf = null)
    {
        List<QuestionResult> rows = [];
        for (int i = 0; i < 40; i++)
        {
            bool isBusy = i >= 20;
            // Quiet ones follow each other, busy ones are in flight together.
            double start = isBusy ? 1000 + i : 10 * i;
            string kind = kindOf?.Invoke(i, isBusy) ?? AnswerKind.Sql;
            rows.Add(new QuestionResult
            {
                Index = i + 1, QuestionId = $"q{i % questions}", Question = $"Question {i % questions}?",
                Outcome = kind == "Error" ? Outcome.Failed : Outcome.Completed,
                Status = kind == "Error" ? MessageStatus.Failed : MessageStatus.Completed,
                PlannedAt = DateTime.UnixEpoch, PlannedOffsetSeconds = start, StartedOffsetSeconds = start,
                CompletedOffsetSeconds = isBusy ? 2000 : start + 5, ResponseSeconds = 5, Attempts = 1,
                AnswerKind = kind == "Error" ? null : kind, SqlMaskedSignature = "m", SqlSignature = kind == AnswerKind.Sql ? "s" : null,
                ResultSignature = kind == AnswerKind.Sql ? resultOf(i, isBusy) : null,
                TextSignature = kind is AnswerKind.Text or AnswerKind.Clarification ? "t" : null,
            });
        }
        return [.. rows];
    }

    private static (IReadOnlyList<QuestionConsistency> Questions, RunAgreement Run) Of(QuestionResult[] rows)
    {
        // A question that only warms up is load too.
        QuestionResult other = rows[0] with { Index = 99, IsWarmUp = true, StartedOffsetSeconds = 990, CompletedOffsetSeconds = 2000 };
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement? run) = RunAgreementCalculator.Of([.. rows, other], rows, 1, []);
        return (questions, run!);
    }

    [Fact]
    public void Load_that_changes_answers_is_shown()
    {
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement run) = Of(Rows(2, (_, isBusy) => isBusy ? "b" : "a"));
        Assert.Equal((AgreementVerdict.Changed, 1, 20, 20), (run.Verdict, run.QuietUpTo, run.QuietCount, run.BusyCount));
        Assert.Equal((100.0, 100.0, 0.0), (run.QuietAgreement, run.BusyAgreement, run.AcrossAgreement));
        Assert.Equal((10, 10, 100.0, 100.0, 0.0), (questions[0].QuietCount, questions[0].BusyCount, questions[0].QuietAgreement,
            questions[0].BusyAgreement, questions[0].AcrossAgreement));
        // 20 answers of which 10 are one: 2 * 10 * 9 / (20 * 19).
        Assert.Equal(100 * 180 / 380.0, run.PairwiseAgreement!.Value, 9);
        Assert.Equal((50.0, 0, 2, 40), (run.ModalShare, run.SameCount, run.QuestionCount, run.AnswerCount));
        Assert.Equal(
            "busy answers differ from quiet ones: 100 % of quiet pairs agree, 100 % of busy pairs, 0 % across (p 0.001)", run.Reason);
    }

    [Fact]
    public void Answers_that_differ_at_any_load_are_not_blamed_on_it()
    {
        RunAgreement run = Of(Rows(2, (i, _) => (i / 2 % 2).ToString(System.Globalization.CultureInfo.InvariantCulture))).Run;
        Assert.Equal(AgreementVerdict.NotShown, run.Verdict);
        Assert.True(run.PValue > 0.05);
    }

    [Fact]
    public void Too_few_answers_are_called_that()
    {
        RunAgreement run = Of(Rows(2, (_, isBusy) => isBusy ? "b" : "a")[11..30]).Run;
        Assert.Equal(AgreementVerdict.TooFew, run.Verdict);
        Assert.Equal("9 quiet and 10 busy answers to questions that were asked in both parts; 10 of each are needed", run.Reason);
    }

    [Fact]
    public void The_same_load_all_the_time_parts_nothing()
    {
        RunAgreement run = Of(Rows(2, (_, isBusy) => isBusy ? "b" : "a")[..20]).Run;
        Assert.Equal((AgreementVerdict.TooFew, null, 0), (run.Verdict, run.QuietUpTo, run.Kinds.Count));
        Assert.StartsWith("the load was the same all the time", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_under_load_are_told_by_what_they_are_when_it_is_quiet()
    {
        RunAgreement run = Of(Rows(
            2, (_, _) => "a",
            (i, isBusy) => (isBusy ? i % 4 : 3) switch { 0 => "Error", 1 => AnswerKind.Clarification, _ => AnswerKind.Sql })).Run;
        Assert.Equal(
            [
                "Sql -> Sql: 10 (50.0 %, quiet 100.0 %)", "Sql -> Clarification: 5 (25.0 %, quiet 0.0 %)",
                "Sql -> Error: 5 (25.0 %, quiet 0.0 %)",
            ],
            run.Kinds.Select(change => change.ToString()));
        // Later turns say nothing.
        QuestionResult[] later =
        [
            .. Rows(2, (_, _) => "a", (i, _) => i >= 30 ? AnswerKind.Clarification : AnswerKind.Sql)
                .Select(row => row.Index > 30 ? row with { Turn = 2 } : row),
        ];
        Assert.Equal(["Sql -> Sql: 10 (100.0 %, quiet 100.0 %)"], Of(later).Run.Kinds.Select(change => change.ToString()));
    }

    [Fact]
    public void Each_space_answers_for_itself()
    {
        QuestionResult[] rows = [.. Rows(2, (i, _) => i % 4 < 2 ? "a" : "b").Select(row => row with { Connection = row.ResultSignature })];
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement run) = Of(rows);
        Assert.Equal((100.0, 4, 4), (run.PairwiseAgreement, run.QuestionCount, run.SameCount));
        Assert.Equal(["a q0", "a q1", "b q0", "b q1"], questions.Select(one => $"{one.Connection} {one.QuestionId}").Order());
    }

    [Fact]
    public void Where_the_data_changed_load_is_not_blamed()
    {
        QuestionResult[] rows = Rows(2, (_, isBusy) => isBusy ? "b" : "a");
        ExpectedAnswer Changed(string id) => new() { QuestionId = id, State = ExpectedState.Changed };
        QuestionResult other = rows[0] with { Index = 99, IsWarmUp = true, StartedOffsetSeconds = 990, CompletedOffsetSeconds = 2000 };
        RunAgreement run = RunAgreementCalculator.Of([.. rows, other], rows, 1, [Changed("q0"), Changed("q1")]).Run!;
        Assert.Equal((AgreementVerdict.TooFew, 0), (run.Verdict, run.QuietCount));
        Assert.StartsWith("the data of 2 questions changed during the run", run.Confounders[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_that_comes_with_time_is_said_to()
    {
        Assert.Equal(
            "quiet answers came mostly before busy ones: what changes with time, such as the data, looks the same as load",
            Of(Rows(2, (_, isBusy) => isBusy ? "b" : "a")).Run.Confounders.Single());
    }

    [Fact]
    public void Questions_that_each_part_has_once_decide_nothing_and_that_is_said() => Assert.Equal(
        "no question has two answers in each part: ask fewer questions more often", Of(Rows(20, (_, _) => "a")).Run.Reason);

    [Fact]
    public void What_is_not_known_is_not_compared()
    {
        QuestionResult[] rows = Rows(1, (i, _) => i < 2 ? "a" : "b");
        rows[0] = rows[0] with { ResultSignature = null };
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement run) = Of(rows);
        Assert.Equal((39, 39, 40), (run.AnswerCount, questions[0].AnswerCount, questions[0].SqlCount));
    }

    [Fact]
    public void A_run_without_signatures_says_nothing()
    {
        QuestionResult[] rows =
        [
            .. Rows(1, (_, _) => "a").Select(row => row with { SqlSignature = null, SqlMaskedSignature = null, ResultSignature = null }),
        ];
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement? run) = RunAgreementCalculator.Of(rows, rows, 1, []);
        Assert.Empty(questions);
        Assert.Null(run);
    }

    [Fact]
    public void Expected_answers_are_counted()
    {
        QuestionResult[] rows = Rows(2, (_, _) => "a");
        for (int i = 0; i < 10; i++)
        {
            rows[i] = rows[i] with
            {
                Expectation = (i % 5) switch { 0 => Expectation.Wrong, 1 => Expectation.NotComparable, _ => Expectation.Right },
            };
        }
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement run) = Of(rows);
        Assert.Equal((6, 2, 2, 75.0), (run.RightCount, run.WrongCount, run.NotComparableCount, run.ExpectedAnswerShare));
        Assert.Equal(6, questions.Sum(question => question.RightCount));
        Assert.Null(Of(Rows(2, (_, _) => "a")).Run.RightCount);
    }

    [Fact]
    public void What_was_judged_by_a_result_that_changed_is_not_comparable()
    {
        QuestionResult[] rows = [.. Rows(2, (_, _) => "a").Select(row => row with { Expectation = Expectation.Wrong, Connection = "one" })];
        ExpectedAnswer Changed(string? connection, string state) => new() { QuestionId = "q1", Connection = connection, State = state };
        Assert.Equal(20, Count(null, ExpectedState.Changed));
        Assert.Equal(20, Count("one", ExpectedState.Changed));
        Assert.Equal(0, Count("two", ExpectedState.Changed));
        Assert.Equal(0, Count(null, ExpectedState.Stable));
        Assert.Equal(0, Count(null, ExpectedState.Unconfirmed));

        int Count(string? connection, string state) =>
            CheckedAnswers.Of(rows, [Changed(connection, state)]).Count(row => row.Expectation == Expectation.NotComparable);
    }
}
