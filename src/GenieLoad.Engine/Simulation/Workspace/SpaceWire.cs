using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes the definition of a space as the service exports it: JSON in a string, version 2, texts in parts.</summary>
internal static class SpaceWire
{
    private const int Version = 2;

    /// <summary>The members of a space that only those who may edit it see.</summary>
    public static void WriteDefinition(Utf8JsonWriter json, SpaceContent content)
    {
        string definition = Encoding.UTF8.GetString(GenieJson.Write(inner => Write(inner, content)).Span);
        json.WriteString("serialized_space", definition);
        json.WriteString("etag", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(definition)))[..16].ToLowerInvariant());
    }

    private static void Write(Utf8JsonWriter json, SpaceContent content)
    {
        json.WriteNumber("version", Version);
        json.WriteStartObject("config");
        WriteList(json, "sample_questions", content.Samples, sample => sample.Id, sample => WriteParts(json, "question", sample.Question));
        json.WriteEndObject();
        json.WriteStartObject("data_sources");
        WriteList(
            json, "tables", SimulatedTexts.AllTopics.Select(topic => topic.Table).Distinct(StringComparer.Ordinal), table => table,
            _ => { }, idName: "identifier");
        json.WriteEndObject();
        json.WriteStartObject("instructions");
        WriteList(
            json, "text_instructions", [content.InstructionId], id => id,
            _ => WriteParts(json, "content", content.Instructions));
        WriteExamples(json, content);
        json.WriteEndObject();
        json.WriteStartObject("benchmarks");
        WriteList(json, "questions", content.Benchmarks, benchmark => benchmark.Id, benchmark =>
        {
            WriteParts(json, "question", benchmark.Question);
            if (!benchmark.HasSql)
                return;
            json.WriteStartArray("answer");
            json.WriteStartObject();
            json.WriteString("format", "SQL");
            WriteParts(json, "content", benchmark.Sql);
            json.WriteEndObject();
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void WriteExamples(Utf8JsonWriter json, SpaceContent content)
    {
        SimulatedTexts.Topic topic = SimulatedTexts.AllTopics[0];
        (string Id, string Question, string Sql) withParameter = (
            content.ParameterExampleId, $"What is the {topic.Measure} of :{topic.Dimension}?",
            $"SELECT SUM({topic.Measure}) FROM {topic.Table} WHERE {topic.Dimension} = :{topic.Dimension}");
        WriteList(json, "example_question_sqls", content.Examples.Append(withParameter), example => example.Id, example =>
        {
            WriteParts(json, "question", example.Question);
            WriteParts(json, "sql", example.Sql);
            if (example.Id != content.ParameterExampleId)
                return;
            json.WriteStartArray("parameters");
            json.WriteStartObject();
            json.WriteString("name", topic.Dimension);
            json.WriteString("type_hint", "STRING");
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    /// <summary>A list, sorted by id as the service keeps it.</summary>
    private static void WriteList<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> items, Func<T, string> id, Action<T> members, string idName = "id")
    {
        json.WriteStartArray(name);
        foreach (T item in items.OrderBy(id, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString(idName, id(item));
            members(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A text in parts: one for each line, with its line end.</summary>
    private static void WriteParts(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        for (int from = 0; from < text.Length;)
        {
            int end = text.IndexOf('\n', from) + 1;
            int to = end == 0 ? text.Length : end;
            json.WriteStringValue(text[from..to]);
            from = to;
        }
        json.WriteEndArray();
    }
}
