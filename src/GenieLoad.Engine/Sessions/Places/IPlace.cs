using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>
/// A machine that asks one shard of a plan. The shard runs there by itself, in a process that needs no connection; everything here only
/// looks after it. Each call may throw <see cref="PlaceLostException"/>, after which <see cref="ReopenAsync"/> is worth a try.
/// </summary>
public interface IPlace : IDisposable
{
    /// <summary>What it is called in this test; no other place of the test has the name.</summary>
    string Name { get; }

    /// <summary>Folder of the test on the machine, as it is called there; <see langword="null"/> before it was prepared.</summary>
    string? WorkPath { get; }

    /// <summary>What is installed there.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="GenieLoadException">It cannot tell.</exception>
    Task<PlaceFacts> CheckAsync(CancellationToken stop);

    /// <summary>Its clock, UTC.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task<DateTime> ReadClockAsync(CancellationToken stop);

    /// <summary>
    /// Makes a private folder there with everything that the shard needs, and starts the process that runs it. The process connects to the
    /// workspace, and waits to be told when it is to begin.
    /// </summary>
    /// <param name="order">What is to be run.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="GenieLoadException">It cannot be prepared, such as for a full disk.</exception>
    Task PrepareAsync(PlaceOrder order, CancellationToken stop);

    /// <summary>Tells the process when to begin.</summary>
    /// <param name="startAt">The instant, UTC by the clock of the place.</param>
    /// <param name="stop">Ends the wait.</param>
    Task StartAsync(DateTime startAt, CancellationToken stop);

    /// <summary>How the process stands.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task<PlaceSight> LookAsync(CancellationToken stop);

    /// <summary>Asks the process to end early and in order; one that has not begun leaves.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task StopAsync(CancellationToken stop);

    /// <summary>The files of the shard's run; empty where it made none.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task<IReadOnlyList<PlaceFile>> ListAsync(CancellationToken stop);

    /// <summary>A part of one of these files.</summary>
    /// <param name="name">The file.</param>
    /// <param name="offset">Bytes before the part.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The part; empty at the end of the file.</returns>
    Task<byte[]> ReadAsync(string name, long offset, CancellationToken stop);

    /// <summary>Removes the folder of the test, once its process has left.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="GenieLoadException">Something stays.</exception>
    Task CleanAsync(CancellationToken stop);

    /// <summary>Opens the connection again.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task ReopenAsync(CancellationToken stop);
}
