using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

public class QuestionListTests
{
    [Fact]
    public void Texts_are_trimmed_and_numbered() =>
        Assert.Equal([("q1", "A"), ("q2", "B"), ("q3", "A")], QuestionList.FromTexts([" A ", "B", "A"]).Select(q => (q.Id, q.Text)));

    [Fact]
    public void A_question_without_an_id_gets_one_by_its_place_and_keeps_everything_else()
    {
        Question loose = QuestionList.FromRow(Row(("Question", "What?"), ("WEIGHT", "2.5"), ("conversation", "talk"), ("other", 1)));

        IReadOnlyList<Question> list = QuestionList.FromQuestions([new Question { Id = "own", Text = "First" }, loose]);

        Assert.Equal(
            [("own", "First", 1.0, null), ("q2", "What?", 2.5, "talk")],
            list.Select(q => (q.Id, q.Text, q.Weight, q.Conversation)));
    }

    [Fact]
    public void A_bad_list_is_refused_and_the_place_is_named()
    {
        ErrorAssert.Refused("NoQuestions", () => QuestionList.FromTexts([]));
        ErrorAssert.Refused("EmptyQuestion", () => QuestionList.FromTexts(["A", null]), "question 2 of the list");
        ErrorAssert.Refused("QuestionTooLong", () => QuestionList.FromTexts([new string('x', 10_001)]), "question 1 of the list");
        ErrorAssert.Refused(
            "DuplicateQuestionId",
            () => QuestionList.FromQuestions([new Question { Id = "a", Text = "A" }, new Question { Id = "A", Text = "B" }]),
            "question 2 of the list", "question 1 of the list", "'A'");
        ErrorAssert.Refused(
            "InvalidWeight", () => QuestionList.FromQuestions([new Question { Id = "a", Text = "A", Weight = double.NaN }]), "question 1");
        ErrorAssert.Refused("InvalidWeight", () => QuestionList.FromRow(Row(("text", "What?"), ("weight", "x"))), "'What?'", "'x'");
        ErrorAssert.Refused("NotAQuestion", () => QuestionList.FromRow(Row(("frage", "What?"), ("id", 1))), "only 'frage', 'id'");
        ErrorAssert.Refused("NotAQuestion", () => QuestionList.FromRow(Row(("question", 7))), "7");
        ErrorAssert.Refused("EmptyQuestion", () => QuestionList.FromRow(Row(("question", null))));
    }

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
}
