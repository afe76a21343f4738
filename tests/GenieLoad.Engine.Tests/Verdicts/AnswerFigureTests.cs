using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public sealed class AnswerFigureTests
{
    [Theory]
    [InlineData("AnswerAgreement >= 90", 0, Verdict.Pass)]
    [InlineData("AnswerAgreement >= 90", 40, Verdict.Fail)]
    [InlineData("AnswerAgreement >= 90", 8, Verdict.Undecided)]
    [InlineData("AnswerAgreement < 50", 0, Verdict.Fail)]
    public void Agreement_is_judged_by_its_interval(string threshold, int others, string verdict)
    {
        ThresholdResult result = Judge(
            threshold, [.. Rows(100).Select((row, i) => i < others ? row with { ResultSignature = $"o{i}" } : row)]);
        Assert.Equal((verdict, "AnswerAgreement", "%", 100), (result.Verdict, result.Figure, result.Unit, result.Count));
    }

    [Fact]
    public void The_agreement_is_that_of_the_run()
    {
        QuestionResult[] rows =
            [.. Rows(40).Select((row, i) => row with { QuestionId = $"q{i % 3}", ResultSignature = i % 5 == 0 ? "o" : "r" })];
        LoadRun run = RunOf(rows);
        ThresholdResult result = Judge("AnswerAgreement >= 90", rows);
        Assert.Equal(
            (run.Agreement!.PairwiseAgreement, run.Agreement.PairwiseAgreementLower, run.Agreement.PairwiseAgreementUpper),
            (result.Value, result.Lower, result.Upper));
        // Of one question alone: 14 answers, of which 3 are others.
        Assert.Equal(100.0 * ((11 * 10) + (3 * 2)) / (14 * 13), Judge("AnswerAgreement{question=q0} >= 90", rows).Value!.Value, 9);
    }

    [Fact]
    public void Undecided_agreement_says_how_many_answers_would_do()
    {
        ThresholdResult result = Judge("AnswerAgreement >= 90", Rows(20));
        Assert.Equal(Verdict.Undecided, result.Verdict);
        Assert.True(result.AdditionalCount > 0);
        Assert.Contains("more would decide it", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_share_of_right_answers_is_of_those_that_could_be_compared()
    {
        QuestionResult[] rows =
        [
            .. Rows(120).Select((row, i) => row with
            {
                Expectation = i % 30 == 0 ? Expectation.Wrong : i % 15 < 3 ? Expectation.NotComparable : Expectation.Right,
            }),
            .. Rows(3, first: 200).Select(row => row with { Outcome = Outcome.Failed }),
        ];
        ThresholdResult result = Judge("ExpectedAnswerShare >= 85", rows);
        Assert.Equal((Verdict.Pass, 100, 96.0), (result.Verdict, result.Count, result.Value));
        Assert.EndsWith("; 20 answers could not be compared; 3 of 123 failed and are not in this figure; FailureRate counts them",
            result.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, Judge("ExpectedAnswerShare >= 100", rows).Verdict);
    }

    [Theory]
    [InlineData("AnswerAgreement >= 90")]
    [InlineData("ExpectedAnswerShare >= 95")]
    public void Without_anything_to_compare_nothing_is_decided(string threshold)
    {
        ThresholdResult result = Judge(threshold, [.. Rows(5).Select(row => row with { SqlSignature = null, ResultSignature = null })]);
        Assert.Equal((Verdict.Undecided, "no answers"), (result.Verdict, result.Reason));
    }

    internal static QuestionResult[] Rows(int count, int first = 1, string result = "r") =>
    [
        .. Enumerable.Range(first, count).Select(i => new QuestionResult
        {
            Index = i, QuestionId = "q0", Question = "How much?", Outcome = Outcome.Completed, Status = MessageStatus.Completed,
            PlannedAt = DateTime.UnixEpoch, PlannedOffsetSeconds = i, StartedOffsetSeconds = i, CompletedOffsetSeconds = i + 5,
            ResponseSeconds = 5, DurationSeconds = 5, ServiceSeconds = 5, Attempts = 1, AnswerKind = AnswerKind.Sql, SqlSignature = "s",
            SqlLexicalSignature = "l", SqlMaskedSignature = "m", SqlShapeSignature = "h", ResultSignature = result,
            ConversationId = $"c{i}",
        }),
    ];

    internal static LoadRun RunOf(QuestionResult[] rows, string id = "r", string? path = null) => RunSummarizer.Summarize(
        new RunHeader
        {
            RunId = id, Name = "n", ScenarioName = "s", WorkspaceUrl = "https://w", SpaceId = "sp", StartedAt = DateTime.UnixEpoch,
        },
        new Plan
        {
            Name = "n", ScenarioName = "s", WorkerCount = 1, Seed = 1,
            Questions = new RowList<PlannedQuestion>(
            [
                .. rows.Select(row => new PlannedQuestion
                {
                    Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
                }),
            ]),
        },
        rows, new RunStatus(RunState.Completed, DateTime.UnixEpoch.AddHours(1), 3600), path);

    private static ThresholdResult Judge(string threshold, QuestionResult[] rows) =>
        ThresholdJudge.Judge(RunOf(rows), ThresholdText.ParseAll([threshold])).Single();
}
