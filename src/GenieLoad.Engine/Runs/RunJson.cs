using System.Text.Encodings.Web;
using System.Text.Json;

namespace GenieLoad.Engine.Runs;

/// <summary>The JSON of run folders and exports: camelCase, nulls left out, text as it is and not escaped beyond need.</summary>
internal static class RunJson
{
    /// <summary>One object per line.</summary>
    public static RunJsonContext Lines { get; } = new(Relaxed(indented: false));

    /// <summary>Laid out for people.</summary>
    public static RunJsonContext Pretty { get; } = new(Relaxed(indented: true));

    private static JsonSerializerOptions Relaxed(bool indented) => new(RunJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    };
}
