using System.IO.Compression;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Sessions.Places;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>A machine at the other end of a PowerShell session.</summary>
/// <param name="session">The session, which stays the user's.</param>
/// <param name="name">What the place is called.</param>
internal sealed class SessionPlace(PSSession session, string name) : IPlace
{
    // Of what goes through the session at once: it is text on the way.
    private const int PartSize = 1 << 20;

    private readonly SessionLink _link = new(session);
    private string? _runPath;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string? WorkPath { get; private set; }

    /// <summary>Version of the module that is looked for.</summary>
    public required string ModuleVersion { get; init; }

    private char Separator => WorkPath!.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';

    /// <inheritdoc/>
    public async Task<PlaceFacts> CheckAsync(CancellationToken stop)
    {
        string[] found = [.. (await RunAsync(RemoteScript.Check, stop, ModuleVersion).ConfigureAwait(false)).Select(item => $"{item}")];
        return new PlaceFacts(found.ElementAtOrDefault(0) ?? "", Given(found.ElementAtOrDefault(1)), Given(found.ElementAtOrDefault(2)));
    }

    /// <inheritdoc/>
    public async Task<DateTime> ReadClockAsync(CancellationToken stop) =>
        await RunAsync(RemoteScript.Clock, stop).ConfigureAwait(false) is [long ticks]
            && ticks > DateTime.MinValue.Ticks && ticks < DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc)
            : throw RemotingErrors.RemoteScriptFailed(Name, "it has no clock that can be read.");

    /// <inheritdoc/>
    public async Task PrepareAsync(PlaceOrder order, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(order);
        WorkPath = Last(await RunAsync(RemoteScript.Folder, stop, order.Id).ConfigureAwait(false));
        string? module = order.ModulePath;
        if (order.ModuleArchive is byte[] archive)
        {
            await WriteAsync("module.zip", archive, stop).ConfigureAwait(false);
            module = Last(await RunAsync(RemoteScript.Unpack, stop, WorkPath).ConfigureAwait(false));
        }
        await WriteAsync("plan.json.gz", order.Plan, stop).ConfigureAwait(false);
        await WriteAsync("settings.json", Settings(order, module!), stop).ConfigureAwait(false);
        await WriteAsync("shard.ps1", Encoding.UTF8.GetBytes(RemoteScript.Shard), stop).ConfigureAwait(false);
        using System.Security.SecureString? token = order.Token is null ? null : new NetworkCredential("", order.Token).SecurePassword;
        await RunAsync(RemoteScript.Start, stop, WorkPath, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StartAsync(DateTime startAt, CancellationToken stop) =>
        RunAsync(RemoteScript.Tell, stop, WorkPath, "start", FormattableString.Invariant($"{startAt.Ticks}"));

    /// <inheritdoc/>
    public async Task<PlaceSight> LookAsync(CancellationToken stop)
    {
        IReadOnlyList<object> seen = await RunAsync(RemoteScript.Look, stop, WorkPath).ConfigureAwait(false);
        return PlaceStatus.Read(
            $"{seen.ElementAtOrDefault(0)}", seen.ElementAtOrDefault(1) is true, Given($"{seen.ElementAtOrDefault(2)}"));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken stop) => RunAsync(RemoteScript.Tell, stop, WorkPath, "stop", "");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PlaceFile>> ListAsync(CancellationToken stop)
    {
        IReadOnlyList<object> found = await RunAsync(RemoteScript.List, stop, WorkPath).ConfigureAwait(false);
        _runPath = found.Count > 0 ? $"{found[0]}" : null;
        return
        [
            .. found.Skip(1).Chunk(2).Where(pair => pair is [string, long])
                .Select(pair => new PlaceFile((string)pair[0], (long)pair[1])),
        ];
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(string name, long offset, CancellationToken stop)
    {
        IReadOnlyList<object> read = await RunAsync(
            RemoteScript.ReadPart, stop, $"{_runPath}{Separator}{name}", offset, PartSize).ConfigureAwait(false);
        if (read is not [byte[] packed])
            throw RemotingErrors.RemoteScriptFailed(Name, "a file came back as something else.");
        try
        {
            using GZipStream part = new(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] content = new byte[PartSize + 1];
            int length = await part.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
            return length <= PartSize ? content[..length] : throw new InvalidDataException("A part is longer than was asked for.");
        }
        catch (InvalidDataException exception)
        {
            throw RemotingErrors.RemoteScriptFailed(Name, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public Task CleanAsync(CancellationToken stop) => RunAsync(RemoteScript.Remove, stop, WorkPath);

    /// <inheritdoc/>
    public Task ReopenAsync(CancellationToken stop) => _link.ReopenAsync(stop);

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    private async Task<IReadOnlyList<object>> RunAsync(string script, CancellationToken stop, params object?[] arguments)
    {
        try
        {
            return await _link.RunAsync(script, arguments, stop).ConfigureAwait(false);
        }
        catch (RuntimeException exception)
        {
            throw RemotingErrors.RemoteScriptFailed(Name, exception.Message, exception);
        }
    }

    private async Task WriteAsync(string name, byte[] content, CancellationToken stop)
    {
        string path = $"{WorkPath}{Separator}{name}";
        for (int offset = 0; offset < content.Length; offset += PartSize)
        {
            byte[] part = content[offset..Math.Min(offset + PartSize, content.Length)];
            await RunAsync(RemoteScript.Write, stop, path, (long)offset, part).ConfigureAwait(false);
        }
    }

    private byte[] Settings(PlaceOrder order, string module)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("workspaceUrl", order.WorkspaceUrl);
            writer.WriteString("spaceId", order.SpaceId);
            writer.WriteString("shard", order.Shard);
            writer.WriteString("place", Name);
            writer.WriteString("module", module);
            writer.WriteBoolean("takesToken", order.Token is not null);
            writer.WritePropertyName("parameters");
            JsonSerializer.Serialize(writer, order.Parameters);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static string Last(IReadOnlyList<object> written) => written.Count > 0 ? $"{written[^1]}" : "";

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
