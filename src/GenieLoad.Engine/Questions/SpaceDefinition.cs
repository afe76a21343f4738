using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// The questions in the definition of a space (<c>serialized_space</c>), as the service exports it: its samples, benchmarks and examples.
/// Versions 1 and 2 are known; of any other, what looks the same is read.
/// </summary>
public static class SpaceDefinition
{
    // A space holds its definition, as an object or as a text: no more of one in another than anybody writes.
    private const int DeepestNesting = 4;

    // A bare list of entries is of the space's lists the one whose entries look like that.
    private static readonly Section[] Sections =
    [
        new(QuestionOrigin.Sample, "config", "sample_questions"),
        new(QuestionOrigin.Benchmark, "benchmarks", "questions"),
        new(QuestionOrigin.Example, "instructions", "example_question_sqls"),
    ];

    private static readonly string[] Parts =
        ["serialized_space", "config", "benchmarks", "instructions", "data_sources", "sample_questions", "example_question_sqls"];

    /// <summary>The questions of a definition that a space gave.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="source">The space, for errors and warnings.</param>
    /// <param name="origins">Which questions are wanted, of <see cref="QuestionOrigin"/>.</param>
    /// <param name="warn">Told of each question that cannot be used, and why.</param>
    /// <returns>Questions without ids, in the order of the definition: samples, benchmarks, examples.</returns>
    /// <exception cref="GenieLoadException"><c>InvalidJson</c>, <c>DuplicateKey</c>, <c>NotADefinition</c>.</exception>
    public static IReadOnlyList<Question> Read(string json, string source, IReadOnlyList<string> origins, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(json);
        // The service's text may have half a character in it, and is still good.
        string mended = Encoding.UTF8.GetString(MendedJson.Of(Encoding.UTF8.GetBytes(json)).Span);
        DefinitionPlace place = new(source, HasLines: false);
        return Read(DataJson.Parse(mended, source), place, origins, warn);
    }

    /// <summary>The questions of a file that <see cref="Is"/> one.</summary>
    /// <inheritdoc cref="Read(string, string, IReadOnlyList{string}, Action{string})"/>
    /// <param name="root">What is in the file.</param>
    /// <param name="place">The file.</param>
    /// <param name="origins">Which questions are wanted, of <see cref="QuestionOrigin"/>.</param>
    /// <param name="warn">Told of each question that cannot be used, and why.</param>
    internal static IReadOnlyList<Question> Read(
        DataValue root, DefinitionPlace place, IReadOnlyList<string> origins, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(origins);
        ArgumentNullException.ThrowIfNull(warn);
        List<Entry> entries = [];
        LeftOutEntries leftOut = new(warn);
        Collect(root, place, entries, leftOut, depth: 0);
        List<Question> questions = [];
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        foreach (Entry entry in entries.Where(entry => origins.Contains(entry.Origin, StringComparer.OrdinalIgnoreCase)))
        {
            if (DefinitionEntry.Read(entry.Value, entry.Origin, entry.Place, leftOut) is not Question question)
                continue;
            string where = entry.Place.Text(entry.Value.Line);
            if (question.SourceId is string id && !ids.TryAdd(id, where))
                leftOut.Add(where, $"the id {ShownValue.Of(id)} is already used at {ids[id]}; both questions are read");
            questions.Add(question);
        }
        leftOut.End(place.Source);
        return questions;
    }

    /// <summary>Whether what a file holds is a definition, a part of one, or spaces with theirs, and not a list of questions.</summary>
    /// <param name="root">What is in the file.</param>
    internal static bool Is(DataValue root) => root switch
    {
        { Value: string text } => text.TrimStart().StartsWith('{'),
        { Items: { } items } => items.Any(item => DefinitionEntry.Is(item) || IsObject(item)),
        _ => DefinitionEntry.Is(root) || IsObject(root),
    };

    // Exported conversations may have a version and a config too.
    private static bool IsObject(DataValue value) => value.IsObject && value.Member("question") is null && value.Member("text") is null
        && value.Member("conversations") is null && value.Member("messages") is null
        && (Array.Exists(Parts, part => value.Member(part) is not null)
            || value.Member("version")?.Value is double || value.Member("questions")?.Items?.Any(DefinitionEntry.Is) == true);

    private static void Collect(DataValue value, DefinitionPlace place, List<Entry> entries, LeftOutEntries leftOut, int depth)
    {
        if (depth > DeepestNesting)
            throw QuestionsErrors.NotADefinition("more definitions within each other than a space has", place.Text(value.Line));
        if (value.Value is string json)
        {
            DefinitionPlace inside = place.Inside(value.Line);
            Collect(DataJson.Parse(json, inside.Text(1)), inside, entries, leftOut, depth + 1);
        }
        else if (value.Items is { } items)
        {
            CollectList(items, place, entries, leftOut, depth);
        }
        else if (value.Member("serialized_space") is { Value: not null } definition)
        {
            Collect(definition, place.Member("serialized_space"), entries, leftOut, depth + 1);
        }
        else if (DefinitionEntry.Is(value))
        {
            entries.Add(new Entry(value, OriginOf([value]), place));
        }
        else
        {
            CollectSections(value, place, entries, leftOut);
        }
    }

    /// <summary>Several spaces, or the entries of one list.</summary>
    private static void CollectList(
        IReadOnlyList<DataValue> items, DefinitionPlace place, List<Entry> entries, LeftOutEntries leftOut, int depth)
    {
        string origin = OriginOf(items);
        for (int i = 0; i < items.Count; i++)
        {
            if (IsObject(items[i]))
                Collect(items[i], place.Item(i), entries, leftOut, depth + 1);
            else
                entries.Add(new Entry(items[i], origin, place.Item(i)));
        }
    }

    private static void CollectSections(DataValue root, DefinitionPlace place, List<Entry> entries, LeftOutEntries leftOut)
    {
        if (!root.IsObject)
            throw QuestionsErrors.NotADefinition(root.Kind, place.Text(root.Line));
        if (root.Member("version") is { Value: not (1.0 or 2.0 or "1" or "2") } version)
            leftOut.Add(place.Member("version").Text(version.Line), "only versions 1 and 2 are known; what looks like them is read");
        foreach (Section section in Sections)
        {
            // The whole, one section of it by its name, or what is within the section.
            DataValue? outer = root.Member(section.Name);
            DefinitionPlace at = outer is null ? place : place.Member(section.Name);
            DataValue? list = outer is null ? root.Member(section.List) : outer.Items is null ? outer.Member(section.List) : outer;
            if (outer?.IsObject == true || (outer is null && list is not null))
                at = at.Member(section.List);
            if (outer is { IsObject: false, Items: null, Value: not null } || list is { Items: null, Value: not null })
            {
                DataValue odd = list ?? outer!;
                leftOut.Add(at.Text(odd.Line), $"{odd.Kind} stands where the questions should be; it is left out");
                continue;
            }
            IReadOnlyList<DataValue> items = list?.Items ?? [];
            for (int i = 0; i < items.Count; i++)
                entries.Add(new Entry(items[i], section.Origin, at.Item(i)));
        }
    }

    private static string OriginOf(IReadOnlyList<DataValue> entries) =>
        entries.Any(entry => entry.Member("answer") is not null) ? QuestionOrigin.Benchmark
        : entries.Any(entry => entry.Member("sql") is not null) ? QuestionOrigin.Example
        : QuestionOrigin.Sample;

    private sealed record Section(string Origin, string Name, string List);

    private readonly record struct Entry(DataValue Value, string Origin, DefinitionPlace Place);
}
