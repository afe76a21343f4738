using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Writes a run of many questions through the journal, so that its folder is what a load test leaves behind.</summary>
/// <param name="count">Questions.</param>
/// <param name="seed">Seed of everything random in it.</param>
internal sealed class LargeRun(int count, int seed)
{
    private const int DistinctQuestions = 120;
    private const double QuestionsPerSecond = 100;

    // The journal keeps what it has not yet written in memory.
    private const int RowsPerPause = 2000;

    private static readonly string[] Subjects =
        ["net sales", "orders", "returns", "gross margin", "open invoices", "new customers", "stock on hand", "delivery time"];

    private static readonly string[] Cuts = ["region", "product category", "account manager", "sales channel", "country and month"];

    private readonly Random _random = new(seed);
    private readonly RunHeader _header = new()
    {
        RunId = "20260102-030405-large-0000", Name = $"large_{count}q", ScenarioName = "large", WorkspaceUrl = "https://bench.example",
        SpaceId = "01ef0c8a94c411e2d8f3a5b6c7d8e9f0", StartedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Connections = new RowList<RunConnection>([new RunConnection
        {
            Name = "bench", WorkspaceUrl = "https://bench.example", SpaceId = "01ef0c8a94c411e2d8f3a5b6c7d8e9f0", QuestionCount = count,
        }]),
    };

    /// <summary>Writes the run.</summary>
    /// <param name="path">Its folder, which is not there yet.</param>
    public async Task WriteAsync(string path)
    {
        Plan plan = Plan();
        await using RunJournal journal = RunJournal.Open(new RunFolder(path), _header, plan, marksOnOwnThread: true);
        // Rows stand in the order in which their questions ended.
        PriorityQueue<QuestionResult, double> inFlight = new();
        double end = 0;
        foreach (PlannedQuestion planned in plan.Questions)
        {
            while (inFlight.TryPeek(out QuestionResult? first, out double ended) && ended <= planned.PlannedSeconds)
                journal.Append(inFlight.Dequeue());
            QuestionResult row = Row(planned);
            end = Math.Max(end, row.CompletedOffsetSeconds!.Value);
            ValueTask marked = journal.Started(planned.Index, row.StartedOffsetSeconds!.Value);
            journal.Accepted(planned.Index, row.ConversationId!, row.MessageId!);
            inFlight.Enqueue(row, row.CompletedOffsetSeconds.Value);
            if (planned.Index % RowsPerPause == 0)
                await marked;
        }
        while (inFlight.Count > 0)
            journal.Append(inFlight.Dequeue());
        await journal.CompleteAsync(new RunStatus(RunState.Completed, _header.Instant(end), end));
    }

    private Plan Plan() => new()
    {
        Name = _header.Name,
        ScenarioName = _header.ScenarioName,
        DurationSeconds = count / QuestionsPerSecond,
        WorkerCount = 5000,
        Seed = seed,
        Questions = new RowList<PlannedQuestion>([.. Enumerable.Range(1, count).Select(index =>
        {
            int question = _random.Next(DistinctQuestions);
            return new PlannedQuestion
            {
                Index = index,
                PlannedSeconds = (index - 1) / QuestionsPerSecond,
                QuestionId = $"q{question + 1}",
                Text = TextOf(question),
                Mode = QuestionMode.Chat,
            };
        })]),
    };

    private QuestionResult Row(PlannedQuestion planned)
    {
        int question = Number.Parse(planned.QuestionId[1..]) - 1;
        double lag = Nanoseconds(0.0002, 0.001), wait = Nanoseconds(0.0001, 0.0005), pacing = Nanoseconds(0, 0.0001);
        double throttle = _random.Next(100) == 0 ? Nanoseconds(1, 60) : 0;
        double submit = Nanoseconds(0.15, 0.6), submitted = Nanoseconds(0.1, 0.5), metadata = Nanoseconds(0.2, 1);
        double context = Nanoseconds(0.2, 1), asking = Nanoseconds(2, 12), executing = Nanoseconds(0.3, 6);
        double detection = Nanoseconds(0.1, 1), fetch = Nanoseconds(0.1, 0.4);
        double duration = throttle + submit + submitted + metadata + context + asking + executing + detection + fetch;
        double started = planned.PlannedSeconds + lag + wait, ended = started + duration;
        string message = Id(), conversation = Id();
        QuestionResult row = PlannedRow.Of(planned, Outcome.Completed, _header.Instant(planned.PlannedSeconds), planned.PlannedSeconds) with
        {
            ResponseSeconds = lag + wait + duration,
            DurationSeconds = duration,
            ServiceSeconds = duration - throttle,
            ThrottleSeconds = throttle,
            LagSeconds = lag,
            WaitSeconds = wait,
            TurnWaitSeconds = 0,
            PacingWaitSeconds = pacing,
            WorkerWaitSeconds = wait - pacing,
            SubmitSeconds = submit,
            SubmittedSeconds = submitted,
            FetchingMetadataSeconds = metadata,
            FilteringContextSeconds = context,
            AskingAiSeconds = asking,
            ExecutingQuerySeconds = executing,
            DetectionSeconds = detection,
            FetchSeconds = fetch,
            ServerSeconds = Math.Round(submitted + metadata + context + asking + executing, 3),
            FetchingMetadataLowerSeconds = 0,
            FetchingMetadataUpperSeconds = 2 * metadata,
            FilteringContextLowerSeconds = 0,
            FilteringContextUpperSeconds = 2 * context,
            AskingAiLowerSeconds = asking / 2,
            AskingAiUpperSeconds = asking * 1.5,
            PendingWarehouseLowerSeconds = 0,
            PendingWarehouseUpperSeconds = 1,
            ExecutingQueryLowerSeconds = executing / 2,
            ExecutingQueryUpperSeconds = executing * 1.5,
            DetectionUpperSeconds = 2 * detection,
            FirstAttachmentSeconds = duration - throttle - submit - fetch,
            SqlKnownSeconds = duration - throttle - submit - fetch,
            StartedAt = _header.Instant(started),
            CompletedAt = _header.Instant(ended),
            StartedOffsetSeconds = started,
            CompletedOffsetSeconds = ended,
            Worker = 1 + _random.Next(1500),
            Connection = "bench",
            ConversationId = conversation,
            MessageId = message,
            ServerCreatedAt = _header.Instant(Math.Round(started + throttle + submit, 3)),
            ServerUpdatedAt = _header.Instant(Math.Round(ended - fetch - detection, 3)),
            Status = MessageStatus.Completed,
            Attempts = throttle > 0 ? 2 : 1,
            Sends = Sends(started, throttle, submit),
            Polls = 3 + _random.Next(8),
            Retries = throttle > 0 ? 1 : 0,
            ThrottleRetries = throttle > 0 ? 1 : 0,
            RegenerateCount = 0,
        };
        return _random.Next(50) == 0 ? Failed(row) : Answered(row, question);
    }

    private QuestionResult Failed(QuestionResult row) => row with
    {
        Outcome = Outcome.Failed,
        Status = MessageStatus.Failed,
        FetchSeconds = null,
        ErrorType = "SQL_EXECUTION_EXCEPTION",
        ErrorText = $"[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`sales`.`{Cuts[_random.Next(Cuts.Length)]}` cannot be found.",
        RequestId = Guid.NewGuid().ToString(),
    };

    private QuestionResult Answered(QuestionResult row, int question)
    {
        // Most questions have one answer, some a second that comes now and then.
        int answer = question % 4 == 0 && _random.Next(5) == 0 ? 1 : 0;
        string statement = Guid.NewGuid().ToString();
        string subject = Subjects[question % Subjects.Length], cut = Cuts[question % Cuts.Length];
        string column = cut.Split(' ')[0];
        string Signed(string what) => (Seeded(what, question, answer) + "0000000000000000")[..16];
        return row with
        {
            StatementId = statement,
            StatementIds = statement,
            RowCount = 5 + question,
            Truncated = false,
            AnswerKind = AnswerKind.Sql,
            SqlSignature = Signed("exact"),
            SqlLexicalSignature = Signed("lexical"),
            SqlMaskedSignature = Signed("masked"),
            SqlShapeSignature = Signed("shape"),
            ResultSignature = Signed("result"),
            ColumnCount = 3,
            ColumnSignature = Signed("columns"),
            SqlFindings = question % 7 == 0 ? "RelativeDate" : "",
            Sql = $"SELECT d.{column}, SUM(f.amount) AS total, COUNT(DISTINCT f.order_id) AS orders\nFROM main.sales.facts AS f\n"
                + $"JOIN main.sales.{cut.Split(' ')[^1]} AS d ON d.id = f.dimension_id\n"
                + $"WHERE f.kind = '{subject}' AND f.year = {2020 + question % 6}\n"
                + $"GROUP BY d.{column}\nORDER BY total DESC LIMIT {10 + question + answer}",
            Answer = $"The {subject} by {cut} are shown for {5 + question} rows; "
                + $"the first has a share of {Number.Fixed(7.5 + question, 1)} %.",
        };
    }

    private static string TextOf(int question) =>
        $"What were the {Subjects[question % Subjects.Length]} by {Cuts[question % Cuts.Length]} "
        + $"in the last {question + 2} weeks, largest first?";

    private static string Seeded(string what, int question, int answer)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in string.Create(CultureInfo.InvariantCulture, $"{what} {question} {answer}"))
            hash = (hash ^ c) * 1099511628211;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>As many digits as the difference of two monotonic timestamps has.</summary>
    private double Nanoseconds(double from, double to) => Math.Round(1e9 * (from + ((to - from) * _random.NextDouble()))) / 1e9;

    private static string Sends(double started, double throttle, double submit) => throttle > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{started:0.###}-{started + 0.1:0.###}=429/{throttle:0} {started + throttle:0.###}-{started + throttle + submit:0.###}=200")
        : string.Create(CultureInfo.InvariantCulture, $"{started:0.###}-{started + submit:0.###}=200");
}
