using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>The run of a shard as its manifest tells it, its rows not read.</summary>
internal sealed class ShardFolder
{
    private const int LongestPlace = 100;

    private string? _digest;

    private ShardFolder(RunFolder folder, string origin, RunManifest manifest, string state)
    {
        Folder = folder;
        Origin = origin;
        Manifest = manifest;
        State = state;
        Shard = Planning.Shard.TryParse(manifest.Header.Shard) ?? default;
        Place = manifest.Header.Place is { Length: > 0 } place ? Shown(place) : null;
    }

    /// <summary>Where it is.</summary>
    public RunFolder Folder { get; }

    /// <summary>Where it came from: its folder, or the archive or log that it was in.</summary>
    public string Origin { get; }

    /// <summary>Its manifest.</summary>
    public RunManifest Manifest { get; }

    /// <summary>Its state.</summary>
    public string State { get; }

    /// <summary>Which part of the plan it asked.</summary>
    public Shard Shard { get; }

    /// <summary>Place that it asked from, fit to be kept and shown.</summary>
    public string? Place { get; }

    /// <summary>Id of the run.</summary>
    public string RunId => Manifest.Header.RunId;

    /// <summary>Hash of its plan.</summary>
    public string? PlanHash => Manifest.Header.PlanHash;

    /// <summary>Seconds by which its instants are moved: 0 where its clock may have been right.</summary>
    public double MovedSeconds => Manifest.Clock is { IsOff: true } clock ? clock.OffsetSeconds : 0;

    /// <summary>SHA-256 of all that a merge takes from it.</summary>
    public string Digest => _digest ??= DigestOf(Folder);

    /// <summary>Number and place.</summary>
    public override string ToString() => Place is null ? $"{Shard}" : $"{Shard} ({Place})";

    /// <summary>Reads the manifest of a run, which must be that of a shard at its end.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="isNamed">Whether somebody named it; a merged run that was only found is left out.</param>
    /// <exception cref="GenieLoadException">
    /// As <see cref="RunReader.Read"/>; <c>AlreadyMerged</c>, <c>NotAShard</c>, <c>ShardStillRunning</c>.
    /// </exception>
    public static ShardFolder? Of(RunFolder folder, string origin, bool isNamed)
    {
        (RunManifest manifest, string state) = RunReader.ReadManifest(folder);
        ShardFolder run = new(folder, origin, manifest, state);
        if (manifest.Header.Shards is not null)
            return isNamed ? throw MergingErrors.AlreadyMerged(run) : null;
        if (manifest.Header.Shard is null)
            throw MergingErrors.NotAShard(run);
        run.RequireEnd();
        return run;
    }

    /// <summary>Refuses one that somebody is at work on.</summary>
    /// <exception cref="GenieLoadException"><c>ShardStillRunning</c>.</exception>
    public void RequireEnd()
    {
        if (State == RunState.Running || Folder.IsHeld())
            throw MergingErrors.ShardStillRunning(this);
    }

    /// <summary>A text from the folder, fit to be kept and shown.</summary>
    public static string Shown(string text) =>
        PrintableText.Line(Redactor.Redact(text.Length > LongestPlace ? text[..LongestPlace] : text)).Trim();

    // Of what only grows beside the rows, the length tells as much.
    private static string DigestOf(RunFolder folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            foreach (string path in (string[])[folder.ManifestPath, folder.ResultsPath, folder.StartedPath, folder.StatementsPath,
                folder.EvaluationsPath, folder.ExpectedPath, folder.SteeringPath])
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(path)} {LengthOf(path)}\n"));
                if (!File.Exists(path))
                    continue;
                using Stream file = BoundedFile.OpenRead(path, BoundedFile.LinesSize);
                int read;
                while ((read = file.Read(buffer)) > 0)
                    hash.AppendData(buffer, 0, read);
            }
            hash.AppendData(Encoding.UTF8.GetBytes($"{LengthOf(folder.ResponsesPath)} {LengthOf(folder.EventsPath)}\n"));
            return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunUnreadable(folder.Path, exception.Message, exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : -1;
}
