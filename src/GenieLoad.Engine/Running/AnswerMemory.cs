namespace GenieLoad.Engine.Running;

/// <summary>
/// The memory that the answers of all questions of a run share, from their receipt until they are written. Where it is full, an answer is
/// not kept: its row has the figures and short texts, and its line in <c>responses.jsonl</c> says so. Nothing waits for it, so no time of a
/// question changes.
/// </summary>
/// <param name="mostBytes">Bytes that are shared.</param>
internal sealed class AnswerMemory(long mostBytes)
{
    private const long Megabyte = 1024 * 1024;

    private long _taken;

    /// <summary>An eighth of what this process may have, from 256 MiB to 2 GiB.</summary>
    public static long OfThisMachine => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 256 * Megabyte, 2048 * Megabyte);

    /// <summary>Bytes that are taken now.</summary>
    public long TakenBytes => Interlocked.Read(ref _taken);

    /// <summary>Takes a part of it, where that is still to be had.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= mostBytes)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives a part back.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
