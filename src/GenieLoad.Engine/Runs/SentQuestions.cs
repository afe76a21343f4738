using GenieLoad.Engine.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// What <c>started.jsonl</c> tells of the questions that were sent, and whether it can be relied upon to tell of all of them.
/// </summary>
internal sealed class SentQuestions
{
    private readonly Dictionary<int, StartedRecord> _marks = [];
    private int? _count;

    private SentQuestions()
    {
    }

    /// <summary>Those of a run that was not read from marks.</summary>
    public static SentQuestions None { get; } = new();

    /// <summary>The marks by question; where the rows were known, of questions without one.</summary>
    public IReadOnlyDictionary<int, StartedRecord> Marks => _marks;

    /// <summary>Questions sent, as the file counts; <see langword="null"/> in files of versions that did not count.</summary>
    public int? SentCount => _count;

    /// <summary>Whether lines cannot be read, or their count has a gap.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the file. What cannot be read is left out with a warning.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told of lines that cannot be read.</param>
    /// <param name="rows">
    /// The rows of the run, where the marks are for no other purpose than to tell of questions without one: of a large run they are as
    /// large as the rows.
    /// </param>
    public static SentQuestions Read(RunFolder folder, Action<string>? warn, PlannedRows? rows = null)
    {
        var record = new SentQuestions();
        void Complain(string text)
        {
            record.IsBroken = true;
            warn?.Invoke(text);
        }
        foreach (StartedRecord mark in JsonLinesReader.Read(folder.StartedPath, NewParser, Complain))
            record.Add(mark, rows);
        return record;
    }

    private static FlatLineParser<StartedRecord> NewParser() => new(
        RunJson.Lines.StartedRecord, new FlatReader<StartedRecord>(() => new StartedRecord { Index = 0 }, _ => null),
        RunFileChecks.IsSound);

    /// <summary>Whether marks may be missing: questions without one may have been sent then.</summary>
    /// <param name="manifest">What the run's manifest says.</param>
    /// <param name="died">Whether its process died without a word.</param>
    /// <param name="last">What the lock file says; <see langword="null"/> where it says nothing.</param>
    /// <param name="rows">The rows of the run, those that the marks were read for.</param>
    public bool IsIncomplete(RunManifest manifest, bool died, Heartbeat? last, PlannedRows rows)
    {
        if (IsBroken)
            return true;
        if (manifest.SentCount is int least && (_count ?? -1) < Math.Max(least, last?.SentCount ?? 0))
            return true;
        // Versions that did not count made the file before the first question; where it holds nothing after a death, that may be what power
        // left of it.
        if (manifest.SentCount is null && died && _marks.Count == 0 && !rows.HasMarks && _count is null)
            return true;
        return rows.Any(row => row.Outcome != Outcome.NotStarted && row.Attempts > 0
            && !rows.IsMarked(row.Index) && !_marks.ContainsKey(row.Index));
    }

    /// <summary>The lines of a file that tells the same, and is whole.</summary>
    /// <param name="sentToo">Questions that count as sent although no mark tells of them.</param>
    public IEnumerable<StartedRecord> Anew(IEnumerable<int> sentToo)
    {
        int sent = 0;
        yield return First;
        foreach (StartedRecord mark in _marks.Values)
            yield return mark with { Sent = ++sent };
        foreach (int index in sentToo.Where(index => !_marks.ContainsKey(index)))
            yield return new StartedRecord { Index = index, Sent = ++sent };
    }

    /// <summary>The first line of every file.</summary>
    public static StartedRecord First { get; } = new() { Index = 0, Sent = 0 };

    private void Add(StartedRecord mark, PlannedRows? rows)
    {
        if (mark.Index == 0)
        {
            IsBroken |= _count is not null;
            _count = 0;
            return;
        }
        if (mark.Sent is int sent)
        {
            IsBroken |= sent != _count + 1;
            _count = sent;
        }
        if (rows?.Mark(mark.Index) != true)
            _marks[mark.Index] = _marks.TryGetValue(mark.Index, out StartedRecord? earlier) ? earlier.With(mark) : mark;
    }
}
