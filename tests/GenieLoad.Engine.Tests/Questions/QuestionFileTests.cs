using System.Text;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

public sealed class QuestionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_file_has_one_question_a_line_without_blanks_and_remarks()
    {
        IReadOnlyList<Question> questions = Read("q.txt", "# remark\r\n\r\n  First, or not?  \r\n \t\r\n#x\r\nSecond \"two\"\n");

        Assert.Equal([("q1", "First, or not?"), ("q2", "Second \"two\"")], questions.Select(q => (q.Id, q.Text)));
        Assert.All(questions, q => Assert.Equal((1.0, null), (q.Weight, q.Conversation)));
    }

    [Fact]
    public void A_CSV_file_keeps_quotes_commas_line_breaks_and_columns_in_any_order()
    {
        IReadOnlyList<Question> questions = Read(
            "q.csv",
            "Weight,ignored, QUESTION ,Id,conversation\r\n"
            + "2.5,x,\"One, \"\"two\"\"\nand three\",a,\r\n,,Plain,,talk\r\n\r\n1,,Short row\r\n");

        Assert.Equal(
            [("a", "One, \"two\"\nand three", 2.5, null), ("q2", "Plain", 1.0, "talk"), ("q3", "Short row", 1.0, null)],
            questions.Select(q => (q.Id, q.Text, q.Weight, q.Conversation)));
    }

    [Fact]
    public void JSON_Lines_hold_objects_or_plain_texts()
    {
        IReadOnlyList<Question> questions = Read(
            "q.jsonl",
            "\"Plain\"\n\n{\"question\":\"One\\nline\",\"id\":7,\"weight\":2,\"conversation\":\"talk\",\"other\":[1]}\n{\"Text\":\"T\"}");

        Assert.Equal(
            [("q1", "Plain", 1.0, null), ("7", "One\nline", 2.0, "talk"), ("q3", "T", 1.0, null)],
            questions.Select(q => (q.Id, q.Text, q.Weight, q.Conversation)));
        Assert.Equal(["A"], Read("q.ndjson", "{\"question\":\"A\"}").Select(q => q.Text));
    }

    [Fact]
    public void A_JSON_file_holds_a_list() =>
        Assert.Equal(["A", "B"], Read("q.json", "[\"A\", {\"question\": \"B\"}, ]").Select(q => q.Text));

    [Theory]
    [InlineData("question\nWie groß?")]
    [InlineData("id,question\n1,Wie groß?")]
    public void A_byte_order_mark_does_not_hide_the_first_column(string csv)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode })
        {
            File.WriteAllText(_folder.File("q.csv"), csv, encoding);
            Assert.Equal("Wie groß?", Assert.Single(QuestionFile.Read(_folder.File("q.csv"))).Text);
        }
    }

    [Theory]
    [InlineData("MissingQuestionColumn", "id,frage\n1,A", 1, "only 'id', 'frage' (separated by commas)")]
    [InlineData("MissingQuestionColumn", "frage\nA", 1, "only 'frage' (separated")]
    [InlineData("MissingQuestionColumn", "id;frage\n1;A", 1, "separated by semicolons")]
    [InlineData("MissingQuestionColumn", "id\tfrage\n1\tA", 1, "separated by tabs")]
    [InlineData("DuplicateColumn", "question,Question\nA,B", 1, "'Question'")]
    [InlineData("EmptyQuestion", "question,id\nA,1\n\n\"two\nlines\",2\n  ,3", 6, "empty")]
    [InlineData("EmptyQuestion", "question,id,weight\nA,,\n , ,\n,x,", 4, "empty")]
    [InlineData("TooManyFields", "question,id\nA\nWell, what, then?", 3, "3 fields")]
    [InlineData("TooManyFields", "question;id\nA;1\nWell; what; then?", 3, "separated by semicolons")]
    [InlineData("InvalidWeight", "question,weight\n\"A\nB\",1\nC,heavy", 4, "'heavy'")]
    [InlineData("InvalidWeight", "question,weight\nA,0", 2, "'0'")]
    [InlineData("InvalidWeight", "question,weight\nA,-1", 2, "'-1'")]
    [InlineData("InvalidWeight", "question,weight\nA,NaN", 2, "'NaN'")]
    [InlineData("InvalidWeight", "question,weight\nA,1e999", 2, "'1e999'")]
    [InlineData("InvalidWeight", "question,weight\nA,\"1,500\"", 2, "'1,500'")]
    [InlineData("InvalidWeight", "question;weight\nA;1.234,5", 2, "'1.234,5'")]
    [InlineData("DuplicateQuestionId", "question,id\nA,x\nB,y\nC,X", 4, "q.csv, line 2")]
    [InlineData("InvalidCsv", "question\nA\n\"never closed\nB", 3, "CSV")]
    [InlineData("InvalidCsv", "question\nA 24\" screen", 2, "CSV")]
    [InlineData("UnevenConversation", "question,weight,conversation\nA,1,t\nB,2,t", 3, "'t'")]
    public void A_bad_CSV_file_is_refused_with_file_and_line(string errorId, string csv, int line, string word) =>
        ErrorAssert.Refused(errorId, () => Read("q.csv", csv), $"{_folder.File("q.csv")}, line {line}: ", word);

    [Theory]
    [InlineData("InvalidJson", "{\"question\":\"A\"}\n\n{\"question\":", 3)]
    [InlineData("InvalidJson", "{\"question\":\"A\"}\n\"B\" \"C\"", 2)]
    [InlineData("NotAQuestion", "\"A\"\n{\"frage\":\"B\"}", 2)]
    [InlineData("NotAQuestion", "\"A\"\n7", 2)]
    [InlineData("DuplicateKey", "\"A\"\n{\"question\":\"A\",\"Question\":\"B\"}", 2)]
    [InlineData("DuplicateKey", "\"A\"\n{\"question\":\"A\",\"more\":{\"a\":1,\"a\":2}}", 2)]
    [InlineData("NotAQuestion", "{\"question\":[\"A\"]}", 1)]
    [InlineData("EmptyQuestion", "\"A\"\n{\"question\":null}", 2)]
    [InlineData("ZeroInQuestion", "\"A\"\n\"B\\u0000\"", 2)]
    [InlineData("EmptyQuestion", "\"A\"\n\" \"", 2)]
    [InlineData("InvalidWeight", "{\"question\":\"A\",\"weight\":{}}", 1)]
    [InlineData("InvalidQuestionId", "{\"question\":\"A\",\"id\":\"a\\nb\"}", 1)]
    [InlineData("InvalidConversation", "{\"question\":\"A\",\"conversation\":\"a\\tb\"}", 1)]
    public void A_bad_JSON_Lines_file_is_refused_with_file_and_line(string errorId, string lines, int line) =>
        ErrorAssert.Refused(errorId, () => Read("q.jsonl", lines), $"{_folder.File("q.jsonl")}, line {line}: ");

    /// <summary>What a questions file holds may stand in an error about it: on one line, and not all of a long one.</summary>
    [Theory]
    [InlineData("InvalidWeight", "{\"question\":\"A\",\"weight\":\"@\"}")]
    [InlineData("InvalidQuestionId", "{\"question\":\"A\",\"id\":\"@\"}")]
    [InlineData("InvalidConversation", "{\"question\":\"A\",\"conversation\":\"@\"}")]
    [InlineData("DuplicateKey", "{\"question\":\"A\",\"@\":1,\"@\":2}")]
    [InlineData("DuplicateColumn", "question,\"@\",\"@\"\nA,1,2")]
    [InlineData("DuplicateQuestionId", "question,id\nA,=\nB,=")]
    [InlineData("UnevenConversation", "question,weight,conversation\nA,1,=\nB,2,=")]
    public void A_value_in_an_error_is_bounded_and_fit_to_be_shown(string errorId, string content)
    {
        string name = content[0] == '{' ? "q.jsonl" : "q.csv";
        string steering = name == "q.csv" ? "\u001b[2J\u202e\n" : "\\u001b[2J\\u202e\\n";
        // Ids and conversations that hold such characters, or are longer, are refused before.
        string allowed = "\u202e" + new string('x', 150);

        content = content.Replace("@", steering + new string('x', 5000)).Replace("=", allowed);

        GenieLoadException error = ErrorAssert.Refused(errorId, () => Read(name, content), "\u27E8U+202E\u27E9", "xxx...'");

        Assert.DoesNotContain(error.Message, c => char.IsControl(c) || c == '\u202e');
        Assert.InRange(error.Message.Length, 1, 400 + _folder.Path.Length);
    }

    [Theory]
    [InlineData("q.txt", "# only a remark\n\n")]
    [InlineData("q.txt", "")]
    [InlineData("q.csv", "")]
    [InlineData("q.csv", "question,id\n")]
    [InlineData("q.csv", "question,id\n,\n ,\t\n")]
    [InlineData("q.txt", "\u001a")]
    [InlineData("q.csv", "question,id\n\u001a\r\n")]
    [InlineData("q.jsonl", "\n")]
    [InlineData("q.json", "[]")]
    [InlineData("q.json", "")]
    public void A_file_without_a_question_is_refused(string name, string content) =>
        ErrorAssert.Refused("NoQuestions", () => Read(name, content), name);

    [Fact]
    public void A_file_that_cannot_be_read_says_why()
    {
        ErrorAssert.Refused("FileNotFound", () => QuestionFile.Read(_folder.File("none.csv")), "none.csv");
        ErrorAssert.Refused("UnknownQuestionFormat", () => QuestionFile.Read(_folder.File("q.xlsx")), "q.xlsx");
        Directory.CreateDirectory(_folder.File("folder.txt"));
        ErrorAssert.Refused("FileNotReadable", () => QuestionFile.Read(_folder.File("folder.txt")), "folder.txt");
        File.WriteAllBytes(_folder.File("latin.jsonl"), [.. "\"A\"\n\"Wie gro"u8, 0xDF, .. "?\"\n"u8]);
        ErrorAssert.Refused("BadEncoding", () => QuestionFile.Read(_folder.File("latin.jsonl")), "latin.jsonl, line 2: ");
        File.WriteAllBytes(_folder.File("utf16.txt"), new UnicodeEncoding(false, false).GetBytes("A\nB"));
        ErrorAssert.Refused("BadEncoding", () => QuestionFile.Read(_folder.File("utf16.txt")), "utf16.txt, line 1: ");
    }

    [Fact]
    public void Ten_thousand_characters_are_allowed_and_one_more_is_not()
    {
        string longest = new('x', 10_000);

        Assert.Equal(10_000, Assert.Single(Read("q.txt", longest)).Text.Length);
        ErrorAssert.Refused("QuestionTooLong", () => Read("q.txt", $"A\n{longest}x"), "q.txt, line 2: ", "10,001");
    }

    [Fact]
    public void A_number_from_another_file_goes_on_and_an_own_id_keeps_its_name()
    {
        File.WriteAllText(_folder.File("q.csv"), "question,id\nA,\nB,q11\nC,q10\nD,");

        Assert.Equal(["q10_", "q11", "q10", "q13"], QuestionFile.Read(_folder.File("q.csv"), firstNumber: 10).Select(q => q.Id));
    }

    [Fact]
    public void Random_questions_survive_CSV_quoting()
    {
        SeededRandom random = new(11);
        for (int round = 0; round < 100; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 1 + random.NextInt32(8)).Select(_ => RandomText(random))];
            string csv = "question,id\r\n" + string.Concat(texts.Select((text, i) => $"{Quote(text)},i{i}\r\n"));
            Assert.Equal(texts, Read("q.csv", csv).Select(q => q.Text));
        }
    }

    [Fact]
    public void The_samples_are_good_and_the_ten_built_in_questions_are_those_of_the_text_file()
    {
        string samples = Path.Combine(RepositoryRoot(), "samples");

        Assert.Equal(10, SampleQuestions.All.Count);
        Assert.Equal(
            QuestionFile.Read(Path.Combine(samples, "questions.txt")).Select(q => q.Text), SampleQuestions.All.Select(q => q.Text));
        Assert.Equal(10, SampleQuestions.All.Select(q => q.Text).Distinct().Count());
        Assert.Equal(8, QuestionFile.Read(Path.Combine(samples, "questions.csv")).Count);
        Assert.Equal(5, QuestionFile.Read(Path.Combine(samples, "questions.jsonl")).Count);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GenieLoad.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string RandomText(SeededRandom random)
    {
        const string Letters = "ab ,\"\n;'é漢";
        return "q" + string.Concat(Enumerable.Range(0, random.NextInt32(20)).Select(_ => Letters[random.NextInt32(Letters.Length)])) + "?";
    }

    private IReadOnlyList<Question> Read(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        return QuestionFile.Read(_folder.File(name));
    }
}
