using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Runs;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Makes a record fit what every server takes. A server cuts what is too long and says nothing, so we cut first, keep the full text in a
/// file of the run, and say so.
/// </summary>
internal static class MlflowLimits
{
    /// <summary>File of a run that holds the full text of what was cut.</summary>
    public const string LongValuesFile = "long-values.json";

    public const int MaximumKeyLength = 250;

    /// <summary>Most bytes of a param.</summary>
    public const int MaximumParamBytes = 6000;

    /// <summary>Most bytes of a tag that every server and Databricks take.</summary>
    public const int MaximumTagBytes = 5000;

    // Of UTF-8, for one char of a text.
    private const int MostBytesPerChar = 3;

    // Every key of our own is made of these: looked at once, and neither split nor copied.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>The record as it can be stored: itself where nothing needs to be changed, as with nearly all.</summary>
    /// <param name="record">The record as it should be.</param>
    /// <param name="cut">Told of each value that had to be cut, by its name.</param>
    public static RunRecord Fit(RunRecord record, Action<string> cut)
    {
        if (IsFit(record))
            return record;
        SortedDictionary<string, string> longValues = new(StringComparer.Ordinal);
        string Shorten(string name, string value, int most)
        {
            if (!IsLonger(value, most))
                return value;
            longValues[name] = value;
            cut(name);
            return Cut(value, most);
        }

        RunRecord fitted = record with
        {
            Name = Cut(record.Name, MaximumKeyLength),
            Params = record.Params.ToDictionary(
                param => Key(param.Key), param => Shorten(param.Key, param.Value, MaximumParamBytes), StringComparer.Ordinal),
            Tags = record.Tags.ToDictionary(
                tag => Key(tag.Key), tag => Shorten(tag.Key, tag.Value, MaximumTagBytes), StringComparer.Ordinal),
            Metrics = [.. record.Metrics.Where(point => double.IsFinite(point.Value)).Select(point => point with { Key = Key(point.Key) })],
        };
        return longValues.Count == 0 ? fitted : fitted with { Artifacts = [.. fitted.Artifacts, LongValues(longValues)] };
    }

    private static bool IsFit(RunRecord record)
    {
        static bool Fit(IReadOnlyDictionary<string, string> values, int most)
        {
            foreach ((string key, string value) in values)
            {
                if (Key(key) != key || IsLonger(value, most))
                    return false;
            }
            return true;
        }
        return !IsLonger(record.Name, MaximumKeyLength) && Fit(record.Params, MaximumParamBytes) && Fit(record.Tags, MaximumTagBytes)
            && record.Metrics.All(point => Key(point.Key) == point.Key && double.IsFinite(point.Value));
    }

    private static bool IsLonger(string value, int mostBytes) =>
        value.Length > mostBytes / MostBytesPerChar && Encoding.UTF8.GetByteCount(value) > mostBytes;

    /// <summary>A key that every server takes: ASCII letters, digits and <c>_ . - / blank</c>, at most 250, a tidy relative path.</summary>
    public static string Key(string key)
    {
        if (key.Length <= MaximumKeyLength && !key.AsSpan().ContainsAnyExcept(Plain) && key is not ("" or "." or ".."))
            return key;
        string plain = string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ' ' ? c : '_'));
        // What a path would collapse (a//b, ../x, /a) is refused by the server.
        string tidy = string.Join('/', plain.Split('/').Select(part => part.Trim()).Where(part => part is not ("" or "." or "..")));
        return tidy.Length == 0 ? "_" : tidy.Length <= MaximumKeyLength ? tidy : tidy[..MaximumKeyLength].TrimEnd('/', ' ');
    }

    /// <summary>The beginning of a text that fits into so many bytes of UTF-8, with a mark that it was cut.</summary>
    public static string Cut(string text, int mostBytes)
    {
        if (!IsLonger(text, mostBytes))
            return text;
        const string Mark = "…";
        int room = mostBytes - Encoding.UTF8.GetByteCount(Mark);
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0)
                break;
            length += rune.Utf16SequenceLength;
        }
        return string.Concat(text.AsSpan(0, length), Mark);
    }

    private static Artifact LongValues(IEnumerable<KeyValuePair<string, string>> values)
    {
        JsonObject content = [.. values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)JsonValue.Create(value.Value)))];
        return Artifact.Of(LongValuesFile, Encoding.UTF8.GetBytes(content.ToJsonString(RunJson.Pretty.Options)));
    }
}
