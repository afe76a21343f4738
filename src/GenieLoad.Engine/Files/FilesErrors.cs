using GenieLoad.Model;

namespace GenieLoad.Engine.Files;

/// <summary>What can go wrong with a file that is written, in words for people. The factory's name is the error's id.</summary>
internal static class FilesErrors
{
    public static GenieLoadException FileExists(string path) => new(
        nameof(FileExists), ErrorKind.Conflict,
        $"The file '{path}' already exists.",
        "Give another path, or use -Force to overwrite the file.",
        path);

    public static GenieLoadException FolderNotFound(string path, string folder) => new(
        nameof(FolderNotFound), ErrorKind.NotFound,
        $"The folder '{folder}' does not exist, so '{Path.GetFileName(path)}' cannot be written there.",
        $"Make the folder first, or give another path: New-Item '{folder}' -ItemType Directory.",
        path);

    // The system speaks of the temporary file, which nobody knows.
    public static GenieLoadException FileNotWritable(string path, string temporary, Exception reason) => new(
        nameof(FileNotWritable), ErrorKind.WriteFailed,
        $"The file '{path}' could not be written: {reason.Message.Replace(temporary, path, StringComparison.Ordinal)}",
        "Check that the folder exists, that you have write permission, and that the disk is not full.",
        path, reason);
}
