using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Runs;

/// <summary>How the journal reaches the disk; another one lets a test fill it, or take its power away.</summary>
/// <param name="Open">Opens a file for appending.</param>
/// <param name="KeepNames">Brings the names in a folder to the disk.</param>
internal sealed record JournalDisk(Func<string, FileStream> Open, Action<string> KeepNames)
{
    /// <summary>The disk there is.</summary>
    public static JournalDisk Real { get; } = new(
        path => OwnerFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024),
        FolderEntries.ToDisk);
}
