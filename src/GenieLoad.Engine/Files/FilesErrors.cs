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

    public static GenieLoadException FileNotWritable(string path, Exception reason) => new(
        nameof(FileNotWritable), ErrorKind.WriteFailed,
        $"The file '{path}' could not be written: {reason.Message}",
        "Check that the folder exists, that you have write permission, and that the disk is not full.",
        path, reason);
}
