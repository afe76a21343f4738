using System.Globalization;
using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

/// <summary>Tables as Excel saves them, in any country.</summary>
public sealed class ExcelFileTests : IDisposable
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly Encoding Polish = CodePagesEncodingProvider.Instance.GetEncoding(1250)!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("q.csv", "question;id;weight\r\nA, b?;x;2,5\r\nC?;;1\r\n")]
    [InlineData("q.csv", "question\tid\tweight\r\nA, b?\tx\t2,5\r\nC?\t\t1\r\n")]
    [InlineData("q.csv", "Weight | ID | Question\r\n2.5|x|A, b?\r\n1||C?\r\n")]
    [InlineData("q.csv", "sep=;\r\nquestion;id;weight\r\nA, b?;x;2,5\r\nC?;;1\r\n")]
    [InlineData("q.csv", "sep=^\r\nquestion^id^weight\r\nA, b?^x^2.5\r\nC?^^1\r\n")]
    [InlineData("q.csv", "question,id,weight\r\n\"A, b?\",x,\"2,5\"\r\nC?,,1\r\n")]
    [InlineData("q.tsv", "question\tid\tweight\r\nA, b?\tx\t2.5\r\nC?\t\t1\r\n")]
    [InlineData("q.txt", "id\tquestion\tweight\r\nx\t\"A, b?\"\t2,5\r\n\tC?\t1\r\n")]
    // A name of a column that is no column: the reading with more of the known ones is meant.
    [InlineData("q.csv", "question;id;weight;note,text,a,b,c,d\r\nA, b?;x;2,5;\r\nC?;;1;\r\n")]
    public void The_delimiter_is_seen_from_the_column_names(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);

        Assert.Equal(
            [("x", "A, b?", 2.5), ("q2", "C?", 1.0)],
            QuestionFile.Read(_folder.File(name)).Select(q => (q.Id, q.Text, q.Weight)));
    }

    [Fact]
    public void Delimiters_in_questions_decide_nothing()
    {
        File.WriteAllText(_folder.File("q.csv"), "question,id\n\"a; b; c; d\",1\ne;f;g;h,2\n");

        Assert.Equal(["a; b; c; d", "e;f;g;h"], QuestionFile.Read(_folder.File("q.csv")).Select(q => q.Text));
    }

    [Fact]
    public void A_text_file_is_no_table_for_a_word_in_its_first_line()
    {
        File.WriteAllText(_folder.File("q.txt"), "question\nA\tb?\n");

        Assert.Equal(["question", "A\tb?"], QuestionFile.Read(_folder.File("q.txt")).Select(q => q.Text));
    }

    [Fact]
    public void A_delimiter_that_is_said_is_meant()
    {
        File.WriteAllText(_folder.File("q.csv"), "question\nA, b?\n");
        File.WriteAllText(_folder.File("q.txt"), "question;id\nA, b?;x\n");
        TableFormat semicolons = new() { Delimiter = ';' };

        Assert.Equal("A, b?", Assert.Single(QuestionFile.Read(_folder.File("q.csv"), format: semicolons)).Text);
        Assert.Equal("x", Assert.Single(QuestionFile.Read(_folder.File("q.txt"), format: semicolons)).Id);
    }

    [Theory]
    [InlineData("question\nA, b?\n", "A, b?")]
    [InlineData("question\nA, b; c?\n", "A, b; c?")]
    [InlineData("Question\r\nA, b;\tc|d?\r\n", "A, b;\tc|d?", true)]
    [InlineData("question\n\"A, b?\"\n", "A, b?")]
    [InlineData("question\n\"A\nb, c?\"\n", "A\nb, c?")]
    [InlineData("question;\nA, b?;\n", "A, b?")]
    [InlineData("question;seen,id,weight\nA, b?;x\n", "A, b?")]
    public void A_file_of_one_column_holds_whole_questions(string csv, string question, bool hasEveryDelimiter = false)
    {
        File.WriteAllText(_folder.File("q.csv"), csv);

        if (hasEveryDelimiter)
            ErrorAssert.Refused("TooManyFields", () => QuestionFile.Read(_folder.File("q.csv")), "separated by commas");
        else
            Assert.Equal(question, Assert.Single(QuestionFile.Read(_folder.File("q.csv"))).Text);
    }

    [Fact]
    public void One_column_of_another_name_is_told_as_it_is()
    {
        File.WriteAllText(_folder.File("q.csv"), "frage\nA, b?\n");

        ErrorAssert.Refused("MissingQuestionColumn", () => QuestionFile.Read(_folder.File("q.csv")), "(separated by commas)");
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void A_delimiter_that_cannot_be_one_is_refused(char delimiter)
    {
        File.WriteAllText(_folder.File("q.csv"), "question\nA?\n");

        TableFormat format = new() { Delimiter = delimiter };

        ErrorAssert.Refused("InvalidDelimiter", () => QuestionFile.Read(_folder.File("q.csv"), format: format), "delimiter");
    }

    [Theory]
    [InlineData(';', ',', "2,5")]
    [InlineData(';', ',', "2.5")]
    [InlineData(',', '.', "2.5")]
    public void A_culture_gives_delimiter_and_decimal_sign(char delimiter, char decimalSign, string weight)
    {
        TableFormat format = TableFormat.Of(Culture(delimiter, decimalSign));
        File.WriteAllText(_folder.File("q.csv"), $"question{delimiter}weight\nA?{delimiter}{weight}\n");

        Assert.Equal(delimiter, format.Delimiter);
        Assert.Equal(2.5, Assert.Single(QuestionFile.Read(_folder.File("q.csv"), format: format)).Weight);
    }

    [Fact]
    public void A_culture_decides_where_a_comma_could_be_of_thousands()
    {
        File.WriteAllText(_folder.File("q.csv"), "question,weight\nA?,\"1,500\"\n");
        TableFormat format = TableFormat.Of(Culture(';', ',')) with { Delimiter = ',' };

        Assert.Equal(1.5, Assert.Single(QuestionFile.Read(_folder.File("q.csv"), format: format)).Weight);
    }

    [Fact]
    public void A_culture_whose_list_separator_is_no_character_is_refused() =>
        ErrorAssert.Refused("InvalidDelimiter", () => TableFormat.Of(Culture("; -", '.')), "'; -'");

    [Theory]
    [InlineData("q.csv", "question;id\r\nUmsatz über alle Länder – 5 €?;x\r\n")]
    [InlineData("q.txt", "Umsatz über alle Länder – 5 €?\r\n")]
    public void What_is_not_UTF8_is_ANSI(string name, string content)
    {
        File.WriteAllBytes(_folder.File(name), Western.GetBytes(content));
        List<string> told = [];

        Assert.Equal("Umsatz über alle Länder – 5 €?", Assert.Single(QuestionFile.Read(_folder.File(name), tell: told.Add)).Text);
        Assert.Contains("Windows-1252", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_UTF8_in_part_is_damaged_and_not_ANSI()
    {
        byte[] good = Encoding.UTF8.GetBytes("Umsatz für Köln?\n");
        File.WriteAllBytes(_folder.File("q.txt"), [.. good, 0xE4, .. "?\n"u8]);

        ErrorAssert.Refused("BadEncoding", () => QuestionFile.Read(_folder.File("q.txt")), "q.txt, line 2: ", "UTF-8");
    }

    [Fact]
    public void Bytes_that_stand_for_nothing_are_refused_with_the_way_out_of_Excel()
    {
        File.WriteAllBytes(_folder.File("q.csv"), [.. "question\nA"u8, 0x81, .. "?\n"u8]);

        GenieLoadException error = ErrorAssert.Refused("BadEncoding", () => QuestionFile.Read(_folder.File("q.csv")), "line 2");

        Assert.Contains("CSV UTF-8", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoding_that_is_said_is_meant_where_no_mark_says_another()
    {
        TableFormat polish = new() { Encoding = TextEncoding.Of("windows-1250") };
        File.WriteAllBytes(_folder.File("q.csv"), Polish.GetBytes("question;id\nŁódź?;x\n"));
        Assert.Equal("Łódź?", Assert.Single(QuestionFile.Read(_folder.File("q.csv"), format: polish)).Text);

        File.WriteAllText(_folder.File("q.csv"), "question;id\nŁódź?;x\n", Encoding.Unicode);
        Assert.Equal("Łódź?", Assert.Single(QuestionFile.Read(_folder.File("q.csv"), format: polish)).Text);

        // PowerShell's own encodings put a question mark where they know nothing.
        File.WriteAllBytes(_folder.File("q.csv"), Western.GetBytes("question;id\nüber?;x\n"));
        ErrorAssert.Refused(
            "BadEncoding", () => QuestionFile.Read(_folder.File("q.csv"), format: new TableFormat { Encoding = Encoding.UTF8 }), "line 2");
    }

    [Theory]
    [InlineData("utf8", 65001)]
    [InlineData("UTF8BOM", 65001)]
    [InlineData("unicode", 1200)]
    [InlineData("1250", 1250)]
    [InlineData("windows-1252", 1252)]
    [InlineData("ibm850", 850)]
    public void An_encoding_is_known_by_its_names(string name, int codePage) => Assert.Equal(codePage, TextEncoding.Of(name).CodePage);

    [Theory]
    [InlineData("utf7")]
    [InlineData("win-12")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void An_encoding_that_does_not_exist_is_refused(string name) =>
        ErrorAssert.Refused("UnknownEncoding", () => TextEncoding.Of(name), $"'{name}'");

    [Fact]
    public void Rows_of_empty_cells_and_the_end_of_an_old_file_are_no_questions()
    {
        File.WriteAllText(_folder.File("q.csv"), ";;\nquestion;id;weight\n;;\nA?;;\n\" \";\t; \n;;;;;;\nB?;;\n;;\n\u001a");
        File.WriteAllText(_folder.File("q.txt"), "A?\nB?\n\u001a\r\n");

        Assert.Equal(["A?", "B?"], QuestionFile.Read(_folder.File("q.csv")).Select(q => q.Text));
        Assert.Equal(["A?", "B?"], QuestionFile.Read(_folder.File("q.txt")).Select(q => q.Text));
    }

    [Fact]
    public void A_file_that_cannot_be_understood_says_how_to_save_it()
    {
        File.WriteAllText(_folder.File("q.csv"), "Frage;Gewicht\nA?;1\n");

        GenieLoadException error = ErrorAssert.Refused(
            "MissingQuestionColumn", () => QuestionFile.Read(_folder.File("q.csv")), "semicolons");

        Assert.Contains("CSV UTF-8", error.Recommendation, StringComparison.Ordinal);
    }

    private static CultureInfo Culture(char delimiter, char decimalSign) => Culture($"{delimiter}", decimalSign);

    // The tests run without the cultures of the machine.
    private static CultureInfo Culture(string listSeparator, char decimalSign)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.TextInfo.ListSeparator = listSeparator;
        culture.NumberFormat.NumberDecimalSeparator = $"{decimalSign}";
        return culture;
    }
}
