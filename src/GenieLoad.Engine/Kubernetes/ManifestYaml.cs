using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>
/// Objects of Kubernetes as YAML. Texts are always quoted, so that none is read as a number, a truth or a date; texts of several plain
/// lines are blocks, which people can read.
/// </summary>
internal static partial class ManifestYaml
{
    private static readonly EmitterSettings Settings = new(
        bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024);

    /// <summary>One YAML document for each object.</summary>
    /// <param name="objects">The objects.</param>
    /// <returns>The text; lines end with a line feed.</returns>
    public static string Of(params JsonObject[] objects)
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (JsonObject document in objects)
        {
            text.Write("---\n");
            // One emitter for each: between documents, an emitter of its own accord also writes '...'.
            Emitter emitter = new(text, Settings);
            emitter.Emit(new StreamStart());
            emitter.Emit(new DocumentStart(null, null, isImplicit: true));
            Write(emitter, document);
            emitter.Emit(new DocumentEnd(isImplicit: true));
            emitter.Emit(new StreamEnd());
        }
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach ((string key, JsonNode? value) in mapping)
                {
                    emitter.Emit(Scalar(key, IsPlainKey(key) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted));
                    Write(emitter, value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (JsonNode? item in list)
                    Write(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                string text = value.GetValue<string>();
                emitter.Emit(Scalar(text, IsBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted));
                break;
            default:
                // Numbers and truths are written in YAML as in JSON.
                emitter.Emit(Scalar(node!.ToJsonString(), ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Scalar(string text, ScalarStyle style) => new(
        AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: style == ScalarStyle.Plain, isQuotedImplicit: true);

    /// <summary>Words that some parsers read as truths, and what begins as a number does, are quoted.</summary>
    private static bool IsPlainKey(string key) => PlainKey().IsMatch(key) && !Truth().IsMatch(key);

    /// <summary>
    /// Whether a text is lines that every parser reads alike: no blanks at their ends, none at the begin of the text, no character that is
    /// a line break to some, and a line feed at its end and no second one.
    /// </summary>
    private static bool IsBlock(string text) =>
        text.Length > 1 && text[0] is not (' ' or '\n') && text[^1] == '\n' && text[^2] != '\n'
        && !text.Contains(" \n", StringComparison.Ordinal) && text.All(IsPlain);

    private static bool IsPlain(char character) =>
        character is '\n' or (>= ' ' and <= '~') or (>= '\u00a1' and < '\u2000') or (> '\u206f' and < '\ud800')
            or (>= '\uf900' and < '\ufe00');

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_./-]*\z")]
    private static partial Regex PlainKey();

    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Truth();
}
