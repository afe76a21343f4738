using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

/// <summary>
/// What a space said of a question, through files and rows. How PowerShell writes them is tested in <c>Question.Tests.ps1</c>.
/// </summary>
public sealed class KnownFieldsTests : IDisposable
{
    private const string Line =
        """{"id":"c7","question":"How many?","origin":"CONVERSATION","sourceId":"0a1b","expectedSql":"SELECT 1,\n2","""
        + """ "askedAt":"2026-11-03 09:04:05.25","recordedSeconds":"12.345","user":"u@x.org"}""";

    private static readonly DateTime Asked = new(2026, 11, 3, 9, 4, 5, 250, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("q.csv",
        "Id,Text,Origin,SourceId,ExpectedSql,AskedAt,AskedAtUtc,RecordedSeconds,User\n"
        + "c7,How many?,Conversation,0a1b,\"SELECT 1,\n2\",03.11.2026 09:04:05,2026-11-03T09:04:05.2500000Z,\"12,345\",u@x.org\n")]
    [InlineData("q.json",
        """
        [{"Id":"c7","Text":"How many?","Weight":1,"Origin":"conversation","SourceId":"0a1b","ExpectedSql":"SELECT 1,\n2",
          "AskedAt":"2026-11-02T23:04:05.25-10:00","AskedAtUtc":null,"RecordedSeconds":12.345,"User":"u@x.org"}]
        """)]
    [InlineData("q.jsonl", Line)]
    public void A_question_file_keeps_what_a_space_said_of_its_questions(string name, string text) =>
        Assert.Equal(
            new Question
            {
                Id = "c7", Text = "How many?", Origin = QuestionOrigin.Conversation, SourceId = "0a1b", ExpectedSql = "SELECT 1,\n2",
                AskedAt = Asked, RecordedSeconds = 12.345, User = "u@x.org",
            },
            Assert.Single(Read(name, text)));

    /// <summary>As <c>Export-Csv</c> writes 9.939 and 0.000001 in ar-SA, fa-IR and sv-SE.</summary>
    [Theory]
    [InlineData("9\u066B939", 9.939)]
    [InlineData("1E\u200E\u221206", 1e-6)]
    [InlineData("1E\u061C-06", 1e-6)]
    [InlineData("1E\u200F-06", 1e-6)]
    [InlineData("1E\u221206", 1e-6)]
    public void Numbers_are_read_with_the_signs_of_every_country(string written, double number)
    {
        Question question = Assert.Single(Read("q.csv", $"question,recordedSeconds,weight\nHow many?,{written},{written}\n"));

        Assert.Equal((number, number), (question.RecordedSeconds, question.Weight));
    }

    [Fact]
    public void A_row_keeps_it_too_and_dates_as_they_are()
    {
        Question question = QuestionList.FromRow(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Text"] = "How many?", ["Origin"] = "Benchmark", ["ExpectedSql"] = " SELECT 1 ", ["AskedAt"] = Asked, ["RecordedSeconds"] = 3,
        });

        Assert.Equal(
            (QuestionOrigin.Benchmark, "SELECT 1", Asked, 3.0),
            (question.Origin, question.ExpectedSql, question.AskedAt!.Value.ToUniversalTime(), question.RecordedSeconds));
        Assert.Equal("2026-11-03T09:04:05.2500000Z", question.AskedAtUtc);
    }

    [Fact]
    public void Another_ones_columns_of_these_names_are_left_alone_where_they_can_mean_something_else()
    {
        Question question = Assert.Single(Read("q.csv", "question,origin,sourceId,user\nHow many?,France,\"a\nb\",\"c\nd\"\n"));

        Assert.Equal((null, null, null), (question.Origin, question.SourceId, question.User));
    }

    [Theory]
    [InlineData("InvalidAskedAt", "question,askedAt\nA,03.11.2026 09:04:05", "askedAt is '03.11.2026 09:04:05'")]
    [InlineData("InvalidAskedAt", "question,askedAt\nA,yesterday", "askedAt is 'yesterday'")]
    [InlineData("InvalidAskedAt", "question,askedAtUtc\nA,2026-13-03T09:04:05Z", "askedAt is '2026-13-03T09:04:05Z'")]
    [InlineData("InvalidRecordedSeconds", "question,recordedSeconds\nA,-1", "recordedSeconds is '-1'")]
    [InlineData("InvalidRecordedSeconds", "question,recordedSeconds\nA,soon", "recordedSeconds is 'soon'")]
    [InlineData("InvalidRecordedSeconds", "question,recordedSeconds\nA,1e999", "recordedSeconds is '1e999'")]
    public void A_time_that_can_mean_anything_is_refused_with_file_and_line(string errorId, string csv, string word) =>
        ErrorAssert.Refused(errorId, () => Read("q.csv", csv), $"{_folder.File("q.csv")}, line 2: ", word);

    [Fact]
    public void The_questions_of_one_origin_can_be_taken_from_a_list()
    {
        const string Csv = "question,origin\nA,Benchmark\nB,\nC,Sample\n";
        string path = _folder.File("q.csv");
        File.WriteAllText(path, Csv);

        Assert.Equal(["A"], QuestionFile.Read(path, selection: new QuestionSelection(["benchmark"])).Select(question => question.Text));
        Assert.Equal(["A", "B", "C"], QuestionFile.Read(path).Select(question => question.Text));
        ErrorAssert.Refused(
            "NoQuestionsOfSource", () => QuestionFile.Read(path, selection: new QuestionSelection(["Example"])), path, "Example");
    }

    private IReadOnlyList<Question> Read(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return QuestionFile.Read(_folder.File(name));
    }
}
