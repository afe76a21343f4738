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
                    throw RunsErrors.RunDoesNotAnswer(run.RunId, patience);
                await Task.Delay(BetweenLooks, time, stop).ConfigureAwait(false);
            }
            while (true)
            {
                if (SteeringFile.AnswerTo(request.Id, folder) is RunChange change)
                    return change;
                if (IsOver())
                    throw RunsErrors.RunDoesNotAnswer(run.RunId, patience);
                await Task.Delay(BetweenLooks, time, stop).ConfigureAwait(false);
            }
        }
        catch
        {
            if (Peek(folder)?.Id == request.Id)
                File.Delete(folder.SteeringRequestPath);
            throw;
        }
    }

    /// <summary>Takes the request that is there; <see langword="null"/> without one, or without one that can be read.</summary>
    /// <param name="folder">The run.</param>
    internal static SteeringRequest? Take(RunFolder folder)
    {
        if (!File.Exists(folder.SteeringRequestPath))
            return null;
        SteeringRequest? request = Peek(folder);
        File.Delete(folder.SteeringRequestPath);
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

    private static SteeringRequest? Peek(RunFolder folder)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(folder.SteeringRequestPath, BoundedFile.SmallSize);
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
