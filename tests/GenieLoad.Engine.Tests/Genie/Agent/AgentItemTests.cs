using System.Text.Json;
using GenieLoad.Engine.Genie.Agent;

namespace GenieLoad.Engine.Tests.Genie.Agent;

public sealed class AgentItemTests
{
    [Theory]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":"{\"sql\":\"SELECT 1\",\"title\":\"One\"}"}""", "SELECT 1")]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":"{\"Query\":\"SELECT 1\"}"}""", "SELECT 1")]
    [InlineData("""{"type":"function_call","name":"run","arguments":"{\"title\":\"One\",\"text\":\"with a as b\"}"}""", "with a as b")]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":{"sql":"SELECT 1"}}""", "SELECT 1")]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":"SELECT 1"}""", "SELECT 1")]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":"{\"sql\":\"SELECT '\\ud83d'\"}"}""", "SELECT '\ufffd'")]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":"{\"sql\":7}"}""", null)]
    [InlineData("""{"type":"function_call","name":"execute_sql","arguments":""}""", null)]
    [InlineData("""{"type":"function_call","name":"execute_sql"}""", null)]
    public void A_call_for_sql_is_told_by_its_name_or_by_its_arguments(string json, string? sql)
    {
        AgentItem item = Of(json);

        Assert.Equal((AgentItemKind.SqlCall, sql), (item.Kind, item.Sql));
    }

    [Theory]
    [InlineData("""{"type":"function_call","name":"read_file","arguments":"{\"path\":\"a.pdf\"}"}""", "Thought")]
    [InlineData("""{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]}""", "Thought")]
    [InlineData("""{"type":"something_new"}""", "Thought")]
    [InlineData("""{"type":7}""", "Thought")]
    [InlineData("""[]""", "Thought")]
    [InlineData("""{"type":"function_call_output","output":"| a |"}""", "CallOutput")]
    [InlineData("""{"type":"message","role":"user","content":"Why?"}""", "Question")]
    [InlineData("""{"type":"message","role":"assistant","content":[]}""", "Answer")]
    [InlineData("""{"type":"message","content":null}""", "Answer")]
    public void Everything_else_is_what_it_says_or_a_thought(string json, string kind) => Assert.Equal(kind, Of(json).Kind.ToString());

    [Theory]
    [InlineData("""{"type":"message","content":[{"type":"output_text","text":"Two."},{"type":"x"},{"text":"Yes."}]}""", "Two.\n\nYes.")]
    [InlineData("""{"type":"message","content":"One text."}""", "One text.")]
    [InlineData("""{"type":"message","content":["a","b"]}""", "a\n\nb")]
    [InlineData("""{"type":"message","content":{"text":"odd"}}""", null)]
    [InlineData("""{"type":"message"}""", null)]
    public void The_text_of_an_answer_is_found_in_any_of_its_forms(string json, string? text) => Assert.Equal(text, Of(json).Text);

    [Fact]
    public void The_rows_that_an_answer_shows_are_a_table()
    {
        AgentItem lists = Of("""
            {"type":"message","metadata":{"columns":[{"name":"City","type_name":"STRING"},{"name":"Sum","type":"LONG"}],
            "preview_rows":[["Bern","3"],["Rom",null]],"total_row_count":2,"sql":"SELECT 2","statement_id":"st-1"}}
            """);
        AgentItem objects = Of("""
            {"type":"message","metadata":{"columns":["Sum","City"],
            "preview_rows":[{"City":"Rom"},{"City":"Bern","Sum":3}],"total_row_count":"2"}}
            """);
        AgentItem cut = Of("""{"type":"message","metadata":{"columns":["City"],"preview_rows":[["Rom"]],"total_row_count":300}}""");

        Assert.Equal((2L, "SELECT 2", false), (lists.Preview!.RowCount, lists.Sql, lists.Preview.IsCut));
        Assert.Equal(["st-1"], lists.StatementIds);
        Assert.Equal([["Bern", "3"], ["Rom", null]], lists.Preview.Rows);
        Assert.Equal([("City", "STRING"), ("Sum", "LONG")], lists.Preview.Columns);
        Assert.Equal([[null, "Rom"], ["3", "Bern"]], objects.Preview!.Rows);
        Assert.Equal((true, 300L), (cut.Preview!.IsCut, cut.Preview.RowCount));
        Assert.Null(Of("""{"type":"message","metadata":{"columns":[],"preview_rows":[]}}""").Preview);
        Assert.Null(Of("""{"type":"message","metadata":"none"}""").Preview);
        Assert.Null(Of("""{"type":"message","metadata":{"columns":["City"],"preview_rows":[],"status":"fetch_failed"}}""").Preview);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void As_many_rows_as_are_shown_may_not_be_all(int rows, bool isCut)
    {
        string shown = string.Join(',', Enumerable.Repeat("[1]", rows));

        Assert.Equal(isCut, Of($$$"""{"type":"message","metadata":{"columns":["a"],"preview_rows":[{{{shown}}}]}}""").Preview!.IsCut);
    }

    [Fact]
    public void Statements_are_found_where_they_stand_and_what_can_be_no_id_is_passed_over()
    {
        AgentItem item = Of("""
            {"type":"function_call_output","metadata":{"a":{"statement_id":"st-1"},"statement_id":"st-2"},"statement_id":"st-1",
            "b":{"statement_id":"../x","statement_id":7},"content":[{"statement_id":"st-3"}]}
            """);

        Assert.Equal(["st-1", "st-2", "st-3"], item.StatementIds);
    }

    [Fact]
    public void Items_of_one_id_are_one_and_items_without_are_told_by_their_call_or_place()
    {
        Assert.Equal(Of("""{"type":"reasoning","id":"a"}""").Key, Of("""{"type":"reasoning","id":"a","status":"completed"}""", 3).Key);
        Assert.NotEqual(Of("""{"type":"reasoning","id":"a"}""").Key, Of("""{"type":"message","id":"a"}""").Key);
        Assert.NotEqual(Of("""{"type":"function_call","call_id":"1"}""").Key, Of("""{"type":"function_call","call_id":"2"}""").Key);
        Assert.NotEqual(Of("""{"type":"reasoning"}""", 1).Key, Of("""{"type":"reasoning"}""", 2).Key);
    }

    private static AgentItem Of(string json, long? place = null)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return AgentItem.Of(document.RootElement, place);
    }
}
