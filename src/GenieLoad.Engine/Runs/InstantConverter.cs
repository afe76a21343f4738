using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Instants in files are UTC and end in <c>Z</c>, whatever the objects carry: a folder is read on machines in other places. One that says
/// neither <c>Z</c> nor an offset is UTC.
/// </summary>
internal sealed class InstantConverter : JsonConverter<DateTime>
{
    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        DateTime instant = reader.GetDateTime();
        return instant.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(instant, DateTimeKind.Utc) : instant.ToUniversalTime();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime());
}
