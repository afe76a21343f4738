using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public sealed class AnswerTextTests
{
    private const string Query = """{"attachment_id":"a1","query":{"query":"SELECT 1","description":"One."}}""";

    [Theory]
    [InlineData("", null, AnswerKind.Empty)]
    [InlineData("T:First.", "First.", AnswerKind.Text)]
    [InlineData("T: First.\n ", " First.\n ", AnswerKind.Text)]
    [InlineData("T:First.|T:Second.", "First.\n\nSecond.", AnswerKind.Text)]
    [InlineData("T:First.\n|T:\nSecond.", "First.\n\nSecond.", AnswerKind.Text)]
    [InlineData("T:Sales and stores.|F:Which one?", "Sales and stores.\n\nWhich one?", AnswerKind.Clarification)]
    [InlineData("F:Which one?|T:Sales and stores.", "Which one?\n\nSales and stores.", AnswerKind.Clarification)]
    [InlineData("T:Same.|T:Same.|T:Other.", "Same.\n\nOther.", AnswerKind.Text)]
    [InlineData("P:I think.|T:First.|T:  ", "First.", AnswerKind.Text)]
    [InlineData("P:I think.", null, AnswerKind.Empty)]
    [InlineData("Q|T:First.|T:Second.", "First.\n\nSecond.", AnswerKind.Sql)]
    [InlineData("T:First.|Q|F:More?", "First.\n\nMore?", AnswerKind.Sql)]
    [InlineData("Q|P:I think.", "One.", AnswerKind.Sql)]
    public async Task An_answer_is_all_its_texts_in_their_order(string parts, string? text, string kind)
    {
        string attachments = string.Join(',', parts.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Attachment));
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json($$"""{"status":"COMPLETED","attachments":[{{attachments}}]}"""));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, kind), (row.Outcome, row.AnswerKind));
        Assert.Equal(text, row.Answer);
    }

    [Fact]
    public async Task A_text_of_any_length_becomes_a_row_of_a_length_that_can_be_held()
    {
        string huge = new('a', 3_000_000);
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json($$$"""
            {"status":"COMPLETED","attachments":[{"text":{"content":"{{{huge}}}"}},{"text":{"content":"{{{huge}}}b"}},{"query":{"query":"{{{huge}}}"}}]}
            """));

        QuestionResult row = await space.Ask();

        Assert.Equal(WireText.Longest + 1, row.Answer!.Length);
        Assert.Equal(WireText.Longest + 1, row.Sql!.Length);
        Assert.EndsWith("a…", row.Sql, StringComparison.Ordinal);
    }

    private static string Attachment(string part)
    {
        string text = System.Text.Json.JsonSerializer.Serialize(part.Length > 1 ? part[2..] : "");
        return part[0] switch
        {
            'Q' => Query,
            'F' => $$$"""{"text":{"content":{{{text}}},"purpose":"FOLLOW_UP_QUESTION"}}""",
            'P' => $$$"""{"text":{"content":{{{text}}},"phase":"RESPONSE_PHASE_THINKING"}}""",
            _ => $$$"""{"text":{"content":{{{text}}},"purpose":"TEXT_ATTACHMENT_PURPOSE_ANSWER","phase":null}}""",
        };
    }
}
