using System.Reflection;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Model;

/// <summary>Objects carry local dates, files carry UTC, and the instant is the same on every way.</summary>
[Collection(TimeZoneCollection.Name)]
public sealed class LocalTimeTests : IDisposable
{
    // In Berlin the hour from two to three comes twice that night: once before this instant, and again from it on.
    private static readonly DateTime SecondTwoOClock = new(2026, 10, 25, 1, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Zones =
    [
        "UTC", "Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe",
    ];

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    public static TheoryData<string> Places => [.. OperatingSystem.IsWindows() ? [TimeZoneInfo.Local.Id] : Zones];

    public static TheoryData<Type, string> Dates
    {
        get
        {
            TheoryData<Type, string> dates = [];
            foreach (Type type in typeof(LoadRun).Assembly.GetExportedTypes().Where(type => !type.IsGenericTypeDefinition))
            {
                foreach (PropertyInfo property in type.GetProperties().Where(IsDate))
                    dates.Add(type, property.Name);
            }

            return dates;
        }
    }

    private static bool IsDate(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { } type
        && (type == typeof(DateTime) || type == typeof(DateTimeOffset));

    [Fact]
    public void The_dates_that_people_compare_are_among_those_looked_at() => Assert.True(Dates.Count >= 13);

    [Theory]
    [MemberData(nameof(Dates))]
    public void Every_date_of_every_object_is_local_and_keeps_its_instant(Type type, string name)
    {
        foreach (string zone in OperatingSystem.IsWindows() ? [] : Zones)
        {
            using TimeZoneScope place = new(zone);
            PropertyInfo property = type.GetProperty(name)!;
            object item = Activator.CreateInstance(type)!;
            foreach (DateTimeKind kind in (DateTimeKind[])[DateTimeKind.Utc, DateTimeKind.Unspecified])
            {
                property.SetValue(item, DateTime.SpecifyKind(SecondTwoOClock, kind));
                DateTime carried = Assert.IsType<DateTime>(property.GetValue(item));
                Assert.Equal((DateTimeKind.Local, SecondTwoOClock), (carried.Kind, carried.ToUniversalTime()));
            }

            property.SetValue(item, property.GetValue(item));
            Assert.Equal(SecondTwoOClock, Assert.IsType<DateTime>(property.GetValue(item)).ToUniversalTime());
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void No_instant_of_a_year_is_moved_by_carrying_it(string zone)
    {
        using TimeZoneScope place = new(zone);
        for (DateTime instant = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); instant.Year == 2026; instant = instant.AddMinutes(15))
            Assert.Equal(instant, new RunInterruption { OffsetSeconds = 0, State = "", InterruptedAt = instant,
                ResumedAt = instant }.ResumedAt.ToUniversalTime());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_run_is_written_read_and_exported_the_same_in_every_place(string zone)
    {
        Dictionary<string, string> expected = await Written("UTC", "in UTC");

        Dictionary<string, string> actual = await Written(zone, "there");

        Assert.All(actual.Keys, name => Assert.Equal((name, expected[name]), (name, actual[name])));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Contains("\"startedAt\": \"2026-10-25T00:30:00Z\"", actual["run.json"], StringComparison.Ordinal);
        Assert.Contains("2026-10-25T01:10:00.000Z", actual["x.csv"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_pause_is_as_long_as_it_was_when_the_clocks_change_in_it(string zone)
    {
        using TimeZoneScope place = new(zone);

        Assert.Equal(5400, new RunInterruption
        {
            OffsetSeconds = 0, State = "", InterruptedAt = SecondTwoOClock.AddMinutes(-45), ResumedAt = SecondTwoOClock.AddMinutes(45),
        }.PauseSeconds);
    }

    [Fact]
    public void An_instant_in_a_file_counts_whichever_way_it_is_written()
    {
        foreach (string text in (string[])["2026-10-25T01:00:00Z", "2026-10-25T03:00:00+02:00", "2026-10-25T01:00:00"])
        {
            string json = $$"""{"offsetSeconds":0,"state":"","interruptedAt":"{{text}}","resumedAt":"{{text}}"}""";
            foreach (string zone in OperatingSystem.IsWindows() ? [] : Zones)
            {
                using TimeZoneScope place = new(zone);
                RunInterruption read = JsonSerializer.Deserialize(json, RunJson.Lines.RunInterruption)!;
                Assert.Equal(SecondTwoOClock, read.ResumedAt.ToUniversalTime());
                string told = $$"""{"runId":"r","name":"n","scenarioName":"s","workspaceUrl":"w","spaceId":"i","startedAt":"{{text}}"}""";
                RunHeader header = JsonSerializer.Deserialize(told, RunJson.Lines.RunHeader)!;
                Assert.Equal((DateTimeKind.Utc, SecondTwoOClock), (header.StartedAt.Kind, header.StartedAt));
            }
        }
    }

    /// <summary>Which run is the earlier one, and when one was interrupted, is a matter of instants, wherever one looks from.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public async Task Instants_of_runs_are_held_against_each_other_the_same_in_every_place(string zone)
    {
        using TimeZoneScope place = new(zone);
        RunStore store = new(_temporary.Path);
        async Task<LoadRun> Stored(DateTime startedAt)
        {
            RunFolder folder = store.Create("a", startedAt);
            RunHeader header = SampleRun.Header(folder.Name) with { StartedAt = startedAt };
            await using RunJournal journal = RunJournal.Open(folder, header, SampleRun.Plan(1), null, new FixedTime(startedAt));
            journal.Append(SampleRun.Success(1, 2));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, startedAt.AddMinutes(1), 60));
            return RunReader.Read(folder.Path);
        }
        LoadRun first = await Stored(SecondTwoOClock.AddHours(-1));
        LoadRun second = await Stored(SecondTwoOClock);
        await Stored(SecondTwoOClock.AddHours(1));

        Assert.Equal(first.RunId, BaselineRun.Previous(store, second).RunId);
        Assert.Equal("NoEarlierRun", Assert.Throws<GenieLoadException>(() => BaselineRun.Previous(store, first)).ErrorId);
        Assert.Contains(
            "of 2026-10-25 00:00 UTC", ComparisonText.Write(RunComparer.Compare(first, second)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_interruption_begins_where_the_run_was_last_seen_in_every_place(string zone)
    {
        using TimeZoneScope place = new(zone);
        RunFolder folder = new(_temporary.File("run"));
        RunHeader header = SampleRun.Header() with { StartedAt = SecondTwoOClock.AddMinutes(-1) };
        var settings = new RunSettings { Poll = new(), QuestionTimeoutSeconds = 300, ReadResult = true };
        await using (RunJournal journal = RunJournal.Open(folder, header, SampleRun.Plan(2), settings))
        {
            journal.Append(SampleRun.Success(1, 9));
            await journal.CompleteAsync(new RunStatus(RunState.Stopped, SecondTwoOClock, 60));
        }

        using UnfinishedRun run = UnfinishedRun.Take(folder.Path);
        RunInterruption interruption = run.InterruptionUntil(SecondTwoOClock.AddMinutes(30));

        Assert.Equal(SecondTwoOClock, interruption.InterruptedAt.ToUniversalTime());
        Assert.Equal(1800, interruption.PauseSeconds);
    }

    /// <summary>A run over the hour that comes twice: everything that is made of it, by name, written and read in one place.</summary>
    private async Task<Dictionary<string, string>> Written(string zone, string folderName)
    {
        using TimeZoneScope place = new(zone);
        RunFolder folder = new(_temporary.File(folderName));
        DateTime startedAt = SecondTwoOClock.AddMinutes(-30);
        QuestionResult At(QuestionResult row, double minutes) => row with
        {
            PlannedAt = startedAt.AddMinutes(minutes), StartedAt = startedAt.AddMinutes(minutes),
            CompletedAt = startedAt.AddMinutes(minutes + 10),
        };
        RunHeader header = SampleRun.Header() with { StartedAt = startedAt };
        await using (RunJournal journal = RunJournal.Open(folder, header, SampleRun.Plan(4), null, new FixedTime(startedAt)))
        {
            journal.Append(At(SampleRun.Success(1, 2), 0));
            journal.Append(At(SampleRun.Failure(2, Outcome.Failed, "X"), 30));
            journal.Append(At(SampleRun.Failure(3, Outcome.Failed, "X"), 10));
            await journal.Started(4, 60);
        }

        LoadRun run = RunReader.Read(folder.Path) with { RunPath = null };
        Dictionary<string, string> files = Directory.EnumerateFiles(folder.Path).ToDictionary(
            file => Path.GetFileName(file), file => File.ReadAllText(file).TrimEnd());
        foreach (string extension in (string[])[".csv", ".json", ".xml", ".md", ".html"])
        {
            string path = _temporary.File($"x{extension}");
            RunExport.Write(run, path, overwrite: true);
            files[Path.GetFileName(path)] = File.ReadAllText(path);
        }

        RunRecord parent = ParentRecord.Make(run, "export", "now", "user");
        RunRecord[] children = [.. run.Results.Select(row => ChildRecord.Make(run, row, "export", "parent", "user", null))];
        RunRecord running = ParentRecord.Make(run with { CompletedAt = null, TotalDurationSeconds = 3600 }, "export", "now", "user");
        files["mlflow"] = Text([parent, running, .. children]);
        LoadRun exported = BaselineRun.Read(_temporary.File("x.json"));
        files["read again"] = $"{exported.StartedAt.ToUniversalTime():O} {exported.CompletedAt?.ToUniversalTime():O}";
        return files;
    }

    private static string Text(RunRecord[] records)
    {
        StringBuilder text = new();
        foreach (RunRecord record in records)
        {
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{record.Name} {record.StartTime} {record.EndTime}")
                .AppendJoin('\n', record.Params.Concat(record.Tags).Select(pair => $"{pair.Key}={pair.Value}"))
                .AppendJoin('\n', record.Metrics);
        }

        return text.ToString();
    }

    private sealed class FixedTime(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
