using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>The config map of a job: the plan, and the script that runs a shard of it.</summary>
/// <param name="Object">The object.</param>
/// <param name="FileName">Name of the file of the plan.</param>
/// <param name="IsTooLargeToApply">See <see cref="KubernetesManifest"/>.</param>
internal sealed record PlanConfigMap(JsonObject Object, string FileName, bool IsTooLargeToApply)
{
    /// <summary>Name of the file of the script.</summary>
    public const string ScriptName = "shard.ps1";

    // What the API takes in a config map, by the bytes of its values.
    private const int MostBytes = 1024 * 1024;

    // 'kubectl apply' keeps the whole object as JSON in an annotation; all annotations together may have 262,144 bytes.
    private const int MostApplied = 250_000;

    /// <summary>The script that runs a shard.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>The config map of a plan: as text, which people can read, or compressed where that is too long.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <exception cref="GenieLoadException"><c>PlanNotWhole</c>, <c>PlanTooLarge</c>.</exception>
    public static PlanConfigMap Of(Plan plan, JsonObject metadata)
    {
        string text = Encoding.UTF8.GetString(Written(plan, compresses: false)) + "\n";
        JsonObject plain = Map(metadata.DeepClone(), ("plan.json", text), binary: null);
        if (Applied(plain) <= MostApplied)
            return new PlanConfigMap(plain, "plan.json", IsTooLargeToApply: false);
        byte[] compressed = Written(plan, compresses: true);
        if (compressed.Length + Encoding.UTF8.GetByteCount(Script) > MostBytes)
            throw KubernetesErrors.PlanTooLarge(plan, compressed.Length, MostBytes);
        JsonObject map = Map(metadata, text: null, ("plan.json.gz", Convert.ToBase64String(compressed)));
        return new PlanConfigMap(map, "plan.json.gz", Applied(map) > MostApplied);
    }

    private static JsonObject Map(JsonNode metadata, (string Name, string Text)? text, (string Name, string Text)? binary)
    {
        JsonObject data = new() { [ScriptName] = Script };
        if (text is var (name, content))
            data[name] = content;
        JsonObject map = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = metadata,
            // Pods that start at different moments read one plan.
            ["immutable"] = true,
            ["data"] = data,
        };
        if (binary is var (file, bytes))
            map["binaryData"] = new JsonObject { [file] = bytes };
        return map;
    }

    private static int Applied(JsonObject map) => Encoding.UTF8.GetByteCount(map.ToJsonString());

    private static byte[] Written(Plan plan, bool compresses)
    {
        using MemoryStream stream = new();
        PlanFile.Write(stream, plan, compresses);
        return stream.ToArray();
    }

    private static string ReadScript()
    {
        Assembly assembly = typeof(PlanConfigMap).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"GenieLoad.Engine.Kubernetes.{ScriptName}")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
