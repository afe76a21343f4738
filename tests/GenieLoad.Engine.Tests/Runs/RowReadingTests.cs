using System.Reflection;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Rows are read as the serializer reads them, line by line, whatever the file holds.</summary>
public sealed class RowReadingTests : IDisposable
{
    private const int Count = 4000;

    private static readonly PropertyInfo[] Columns = [.. typeof(QuestionResult).GetProperties()];

    private static readonly string[] Ids = ["conversationId", "messageId", "statementId", "statementIds"];

    private static readonly string[] Texts =
    [
        "", " ", "COMPLETED", "Sql", "say \"x\" \\ / \n\t\u0001 end", "Größe 😀 \u2028", "0123456789abcdef0123456789abcdef",
        "0123456789ABCDEF0123456789abcdef", "e6ce88cb-072a-4c47-ac12-cc8b4ff48fe5", "E6CE88CB-072a-4c47-ac12-cc8b4ff48fe5",
        "e6ce88cb072a-4c47-ac12-cc8b4ff48fe5-", "{e6ce88cb072a4c47ac12cc8b4ff48fe5}", "01ef", "12.031-12.214=429/60 72.3-72.5=200",
        "token dapi0123456789abcdef0123456789abcdef was refused", "password=hunter22; Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
        "https://user:secret99@host/path?sig=abcdef", "null", "NaN", "=1+1",
    ];

    // Each stands behind whole rows; none of them is one, or each is read in its own way.
    private static readonly string[] OddLines =
    [
        "{\"index\":1}",
        "{\"index\":2,\"questionId\":\"q\",\"question\":\"x\",\"outcome\":\"Failed\",\"plannedAt\":\"2026-01-02T03:04:05Z\"}",
        "[]", "17", "{\"index\":1,\"questionId\":null,\"question\":\"x\",\"outcome\":\"Failed\"}", "{", "", "   ",
        Line("\"polls\":1.5"), Line("\"polls\":\"1\""), Line("\"polls\":null"), Line("\"fetchSeconds\":\"NaN\""),
        Line("\"fetchSeconds\":1e300"), Line("\"fetchSeconds\":1e3"), Line("\"fetchSeconds\":-0"),
        Line("\"fetchSeconds\":0.1234567890123456789"),
        Line("\"fetchSeconds\":123456789012345678"), Line("\"fetchSeconds\":null"), Line("\"truncated\":1"), Line("\"truncated\":null"),
        Line("\"later\":{\"a\":[1,{\"b\":2}]},\"polls\":3"), Line("\"polls\":1,\"polls\":2"),
        Line("\"\\u0070olls\":7"), Line("\"Polls\":7"),
        Line("\"sql\":\"\\ud83d\\ude00 \\u00e9\""), Line("\"sql\":\"half \\ud83d\""), Line("\"sql\":17"),
        Line("\"startedAt\":\"2026-01-02T03:04:05\""),
        Line("\"startedAt\":\"2026-01-02T03:04:05.1234567+02:00\""), Line("\"startedAt\":\"yesterday\""), Line("\"rowCount\":9999999999"),
        Line("\"isWarmUp\":null"), Line("\"success\":{}"), Line("\"polls\":1,"), Line("\"polls\":1") + "}", Line("\"polls\":1") + "  \r",
        Line("\"sql\":\"a\tb\""), Line("\"sql\":\"\\q\""), Line("\"sql\":'a'"), Line("\"later\":\"\\q\""),
        Line("\"later\":\"\\n\",\"polls\":4"),
        Line(" \"polls\"\t:\r 3 \t"), Line("\"polls\" 3"), Line("\"polls\":3 \"user\":4"), Line("\"polls\":3,,\"user\":4"),
        Line("\"isWarmUp\":tru"), Line("\"isWarmUp\":True"), Line("\"isWarmUp\":truer"), Line("\"user\":nul"),
        Line("\"\":1,\"polls\":2"),
        Line("\u00a0\"polls\":2"), Line("\"later\":[1]"), Line("\"later\":-1.5e3,\"polls\":8"), Line("\"later\":true,\"polls\":9"),
        Line("\"polls\":1")[..^1] + ",\"answer\":\"the last column\",\"\":1}",
        .. NumbersOf("polls", "-7", "01", "-01", "-", "+1", "1e2", "2147483647", "2147483648", "-2147483648", "-2147483649", "1x", "0x1"),
        .. NumbersOf("rowCount", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "123456789012345678", "1.0", "-0"),
        .. NumbersOf("fetchSeconds", "1.", ".5", "1.e1", "1e", "1e+", "1e+2", "1E-2", "0e0", "00", "-0.0", "1e22", "1e-22", "1e23", "1e-23",
            "9007199254740992", "9007199254740993", "9007199254740993e-3", "8.204499999999999E-05", "18.459496138000002",
            "0.1234567890123456", "123456789012345678e-3", "99999999999999999999e-19", "1e-400", "2e-00003",
            "1e99999999999999999999", "1e4294967296", "4.9406564584124654e-324"),
        .. InstantsOf("2026-02-29T03:04:05Z", "2024-02-29T03:04:05Z", "2026-01-02T24:00:00Z", "2026-01-02T23:59:60Z",
            "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.12345678Z",
            "2026-01-02T03:04:05z", "2026-01-02t03:04:05Z", "2026-01-02T03:04Z", "2026-01-02", "2026-01-02 03:04:05Z",
            "0000-01-02T03:04:05Z", "2026-13-02T03:04:05Z", "2026-00-02T03:04:05Z", "2026-01-00T03:04:05Z", "2026-01-02T0x:04:05Z",
            "2026-01-02T03:04:05.1x3Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:05,5Z", "2026\\u002d01-02T03:04:05Z",
            "2026-01-02T03:04:05\\u005a"),
    ];

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_property_of_every_row_is_that_of_the_serializer(int seed)
    {
        var random = new Random(seed);
        var folder = new RunFolder(Path.Combine(_temporary.Path, "run"));
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(Count)))
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt, 30));
        byte[] file = FileOf(random);
        File.WriteAllBytes(folder.ResultsPath, file);
        List<string> warnings = [];

        LoadRun run = RunReader.Read(folder.Path, warnings.Add);

        (Dictionary<int, QuestionResult> expected, int bad) = ReadSimply(file);
        Assert.True(file.Length > 3 << 20, "The file is read in several pieces.");
        Assert.True(expected.Count > Count / 2 && bad > 20);
        foreach (QuestionResult row in run.Results.Where(row => expected.ContainsKey(row.Index)))
        {
            foreach (PropertyInfo column in Columns)
                AssertSame(column.GetValue(expected[row.Index]), column.GetValue(row), $"{column.Name} of {row.Index}");
            Assert.Equal(expected[row.Index], row);
        }
        Assert.Equal(expected.Count, run.Results.Count(row => expected.ContainsKey(row.Index)));
        Assert.Contains(warnings, warning => warning.StartsWith($"{bad - 20} more lines", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_odd_line_is_that_of_the_serializer()
    {
        RowParser parser = new();
        foreach (string line in OddLines)
        {
            QuestionResult? expected = ReadSimply(line);
            QuestionResult? actual = parser.Parse(Encoding.UTF8.GetBytes(line));

            Assert.True(Equals(expected, actual), line);
            AssertSame(expected?.FetchSeconds, actual?.FetchSeconds, line);
            AssertSame(expected?.StartedAt, actual?.StartedAt, line);
        }
    }

    [Fact]
    public void An_id_is_itself_to_the_letter_without_becoming_a_text()
    {
        FlatReader<QuestionResult> reader = new(() => SampleRun.Success(1, 2), _ => null);
        foreach (string text in Texts)
        {
            string json = JsonSerializer.Serialize(text);
            QuestionResult row = reader.Read(Encoding.UTF8.GetBytes(Line(string.Join(',', Ids.Select(id => $"\"{id}\":{json}")))))!;

            Assert.Equal((text, text, text, text), (row.ConversationId, row.MessageId, row.StatementId, row.StatementIds));
        }
    }

    [Fact]
    public void A_secret_in_use_is_taken_out_of_an_id()
    {
        const string Secret = "5ec2e7005ec2e7005ec2e7005ec2e700";
        LiveSecrets.Learn(Secret);

        QuestionResult row = new RowParser().Parse(
            Encoding.UTF8.GetBytes(Line(string.Join(',', Ids.Select(id => $"\"{id}\":\"{Secret}\"")))))!;

        Assert.Equal(("***", "***", "***", "***"), (row.ConversationId, row.MessageId, row.StatementId, row.StatementIds));
    }

    private static void AssertSame(object? expected, object? actual, string what)
    {
        Assert.True(Equals(expected, actual), $"{what}: {expected} became {actual}.");
        if (expected is double number)
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits((double)actual!));
        if (expected is DateTime instant)
            Assert.Equal(instant.Kind, ((DateTime)actual!).Kind);
    }

    /// <summary>The file line by line through the serializer; a later row of a question replaces an earlier one.</summary>
    private static (Dictionary<int, QuestionResult> Rows, int Bad) ReadSimply(byte[] file)
    {
        Dictionary<int, QuestionResult> rows = [];
        int bad = 0;
        foreach (string line in Encoding.UTF8.GetString(file).Split('\n').Where(line => line.Trim(' ', '\t', '\r').Length > 0))
        {
            if (ReadSimply(line) is QuestionResult row)
                rows[row.Index] = row;
            else
                bad++;
        }
        return (rows, bad);
    }

    private static QuestionResult? ReadSimply(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RunJson.Lines.QuestionResult) is QuestionResult row && RunFileChecks.IsSound(row)
                ? RowGate.Redact(row)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] FileOf(Random random)
    {
        using MemoryStream file = new();
        void Write(ReadOnlySpan<byte> line)
        {
            file.Write(line);
            file.WriteByte((byte)'\n');
        }
        foreach (int index in Enumerable.Range(1, Count).Concat(Enumerable.Range(1, Count / 4)).OrderBy(_ => random.Next()))
        {
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(RowOf(index, random), RunJson.Lines.QuestionResult);
            // A letter that a disk has turned over.
            if (random.Next(200) == 0)
                line[random.Next(line.Length)] = 0xFF;
            Write(line);
            if (random.Next(20) == 0)
                Write(Encoding.UTF8.GetBytes(OddLines[random.Next(OddLines.Length)]));
        }
        foreach (string odd in OddLines)
            Write(Encoding.UTF8.GetBytes(odd));
        file.Write("{\"index\":5,\"questionId\":\"torn"u8);
        return file.ToArray();
    }

    private static QuestionResult RowOf(int index, Random random)
    {
        double share = random.NextDouble();
        QuestionResult row = new()
        {
            Index = index, QuestionId = $"q{index % 50}", Question = Text(random), Outcome = Outcome.Completed,
            PlannedAt = SampleRun.StartedAt.AddTicks(random.Next()), PlannedOffsetSeconds = index,
        };
        foreach (PropertyInfo column in Columns.Where(column => column.CanWrite && column.Name is not (nameof(row.Index))))
        {
            Type type = Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType;
            if (random.NextDouble() < share)
                column.SetValue(row, ValueOf(type, random));
        }
        return row;
    }

    private static object ValueOf(Type type, Random random) =>
        type == typeof(string) ? Text(random)
        : type == typeof(int) ? random.Next(-1000, 100_000)
        : type == typeof(long) ? random.NextInt64(long.MinValue, long.MaxValue)
        : type == typeof(bool) ? random.Next(2) == 0
        : type == typeof(DateTime) ? SampleRun.StartedAt.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 400))
        : type == typeof(double) ? Number(random)
        : throw new NotSupportedException($"{type} is in no row so far.");

    private static double Number(Random random) => random.Next(6) switch
    {
        0 => random.Next(100),
        1 => Math.Round(random.NextDouble() * 1e5, 9),
        2 => random.NextDouble() * 1e9,
        3 => -random.NextDouble(),
        4 => random.NextDouble() * Math.Pow(10, -random.Next(20)),
        _ => random.NextInt64(1_000_000_000) / 1000.0,
    };

    private static string Text(Random random) => random.Next(3) == 0
        ? $"{Texts[random.Next(Texts.Length)]} {random.Next()}"
        : Texts[random.Next(Texts.Length)];

    private static IEnumerable<string> NumbersOf(string name, params string[] numbers) =>
        numbers.Select(number => Line($"\"{name}\":{number}"));

    private static IEnumerable<string> InstantsOf(params string[] instants) =>
        instants.Select(instant => Line($"\"startedAt\":\"{instant}\""));

    private static string Line(string members) =>
        $"{{\"index\":{1 + members.Length},\"questionId\":\"q\",\"question\":\"x\",\"outcome\":\"Failed\",{members},"
            + "\"plannedAt\":\"2026-01-02T03:04:05Z\",\"plannedOffsetSeconds\":1}";
}
