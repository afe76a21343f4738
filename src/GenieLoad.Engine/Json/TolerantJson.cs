using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>Reads JSON whose shape and depth a service decides: flaws that leave it readable are mended.</summary>
internal static class TolerantJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>Reads it.</summary>
    /// <param name="json">A body in UTF-8, or nearly so.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(MendedJson.Of(json), Deep);
}
