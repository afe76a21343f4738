using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GenieLoad.Engine.Mlflow.Folders;

/// <summary>
/// A <c>meta.yaml</c>: one <c>key: value</c> a line. Texts are written in double quotes as JSON has them, which YAML reads the same way.
/// </summary>
internal sealed class MetaFile
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>A text; <see langword="null"/> where it is missing or null.</summary>
    public string? this[string key] => _values.TryGetValue(key, out string? raw) ? Plain(raw) : null;

    /// <summary>Reads a file; <see langword="null"/> where there is none.</summary>
    /// <exception cref="IOException">It is too long, or cannot be read.</exception>
    public static MetaFile? Read(string path)
    {
        if (StoreFile.Read(path) is not string text)
            return null;
        var meta = new MetaFile();
        string? key = null;
        List<string> lines = [];
        void Close()
        {
            if (key is not null)
                meta._values[key] = string.Join(' ', lines);
        }
        using StringReader reader = new(text.TrimStart('\ufeff'));
        while (reader.ReadLine() is string line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && colon > 0)
            {
                Close();
                key = line[..colon];
                lines = [line[(colon + 1)..].Trim()];
            }
            else
            {
                // MLflow's own writer folds a long text over several lines.
                lines.Add(line.Trim());
            }
        }
        Close();
        return meta;
    }

    /// <summary>A whole number; <see langword="null"/> where there is none.</summary>
    public long? Number(string key) =>
        long.TryParse(this[key], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>Sets a text.</summary>
    public MetaFile Set(string key, string value)
    {
        _values[key] = JsonSerializer.Serialize(value, Quoting);
        return this;
    }

    /// <summary>Sets a whole number; <see langword="null"/> is written as such.</summary>
    public MetaFile Set(string key, long? value)
    {
        _values[key] = value?.ToString(CultureInfo.InvariantCulture) ?? "null";
        return this;
    }

    /// <summary>Sets an empty list.</summary>
    public MetaFile SetEmptyList(string key)
    {
        _values[key] = "[]";
        return this;
    }

    /// <summary>The text of the file.</summary>
    public override string ToString() => string.Concat(_values.Select(value => $"{value.Key}: {value.Value}\n"));

    private static string? Plain(string raw) => raw switch
    {
        "" or "null" or "~" => null,
        ['"', .., '"'] => Unquote(raw),
        ['\'', .., '\''] => raw[1..^1].Replace("''", "'", StringComparison.Ordinal),
        _ => raw,
    };

    private static string Unquote(string raw)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(raw)!;
        }
        catch (JsonException)
        {
            return raw[1..^1];
        }
    }
}
