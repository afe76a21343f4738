using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// <c>steering-request.json</c> in the folder of a running test: whoever wants to change the test puts it there, and the test takes it
/// away and answers in <c>steering.jsonl</c>. So it works from any process that may write to the folder, and needs no port.
/// </summary>
public static class SteeringInbox
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks a running test for a change, and waits until it has been made.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="request">What to change.</param>
    /// <param name="patience">How long to wait for the answer; a test looks four times a second.</param>
    /// <param name="time">Clock of the wait.</param>
    /// <param name="stop">Ends the wait; the request is then taken back, unless the test already has it.</param>
    /// <returns>What holds from now on; its text is empty where it held before.</returns>
    /// <exception cref="GenieLoadException">
    /// <c>NothingToChange</c>, <c>InvalidOption</c>, <c>NotARunFolder</c>, <c>RunUnreadable</c>, <c>RunNotRunning</c>,
    /// <c>RunDoesNotAnswer</c>, <c>FileNotWritable</c>.
    /// </exception>
    public static async Task<RunChange> SendAsync(
        RunFolder folder, SteeringRequest request, TimeSpan patience, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        request.Validate();
        StoredRun run = RunReader.Identify(folder);
        if (run.State != RunState.Running)
            throw RunsErrors.RunNotRunning(run.RunId, run.State);
        long began = time.GetTimestamp();
        bool IsOver() => time.GetElapsedTime(began) > patience;
        try
        {
            // One request at a time: whoever comes second waits until the first is taken.
            while (!TryPut(folder, request))
            {
                if (IsOver())
                    throw RunsErrors.RunDoesNotAnswer(run.RunId, patience, isTaken: false);
                await Task.Delay(BetweenLooks, time, stop).ConfigureAwait(false);
            }
            while (true)
            {
                if (SteeringFile.AnswerTo(request.Id, folder) is RunChange change)
                    return change;
                if (IsOver())
                    throw RunsErrors.RunDoesNotAnswer(run.RunId, patience, isTaken: !TakeBack(folder, request));
                await Task.Delay(BetweenLooks, time, stop).ConfigureAwait(false);
            }
        }
        catch
        {
            TakeBack(folder, request);
            throw;
        }
    }

    /// <summary>Takes the request that is there; <see langword="null"/> without one, or without one that can be read.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="note">Told where one that cannot be read was removed.</param>
    /// <exception cref="IOException">It cannot be taken; it stays.</exception>
    internal static SteeringRequest? Take(RunFolder folder, Action<string>? note = null)
    {
        if (!File.Exists(folder.SteeringRequestPath) || Seize(folder) is not string seized)
            return null;
        SteeringRequest? request = Read(seized);
        try
        {
            File.Delete(seized);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Out of the way it is all the same: what it asks for is done.
            note?.Invoke($"A request that was taken stays in the folder as {Path.GetFileName(seized)}: {exception.Message}");
        }
        if (request is null)
            note?.Invoke("A request that cannot be read was removed: nothing is changed.");
        return request;
    }

    /// <summary>Puts a request there, unless there is one.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="GenieLoadException"><c>FileNotWritable</c>, <c>FolderNotFound</c>.</exception>
    internal static bool TryPut(RunFolder folder, SteeringRequest request)
    {
        try
        {
            OwnerFile.Write(
                folder.SteeringRequestPath,
                stream => JsonSerializer.Serialize(stream, request, RunJson.Lines.SteeringRequest),
                overwrite: false);
            return true;
        }
        catch (GenieLoadException exception) when (exception.ErrorId == "FileExists")
        {
            return false;
        }
    }

    /// <summary>Takes a request back, so that nobody carries it out.</summary>
    /// <returns>Whether that is certain; <see langword="false"/> where the test has it already.</returns>
    private static bool TakeBack(RunFolder folder, SteeringRequest request)
    {
        try
        {
            if (Read(folder.SteeringRequestPath)?.Id != request.Id || Seize(folder) is not string seized)
                return false;
            bool isOurs = Read(seized)?.Id == request.Id;
            // Taken between the two looks, and another one put in its place: that one goes back.
            if (!isOurs && !File.Exists(folder.SteeringRequestPath))
                File.Move(seized, folder.SteeringRequestPath);
            else
                File.Delete(seized);
            return isOurs;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays for the test to take.
            return false;
        }
    }

    /// <summary>
    /// Moves what is there out of the way. A name can be moved only once, so of the test that takes a request and the sender that takes it
    /// back, one gets it. A killed process leaves a name that is known as half-written.
    /// </summary>
    /// <returns>Where it is now; <see langword="null"/> where nothing is there any more.</returns>
    private static string? Seize(RunFolder folder)
    {
        string path = folder.SteeringRequestPath;
        string seized = Path.Combine(folder.Path, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            File.Move(path, seized, overwrite: true);
            return seized;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static SteeringRequest? Read(string path)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, BoundedFile.SmallSize);
            SteeringRequest? request = JsonSerializer.Deserialize(stream, RunJson.Lines.SteeringRequest);
            request?.Validate();
            return request;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or GenieLoadException)
        {
            // Not one of ours: it asks for nothing that could be done.
            return null;
        }
    }
}
