using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The errors of <c>Runs</c>; the name of a factory is the id of its error.</summary>
internal static class RunsErrors
{
    public static GenieLoadException FileExists(string path) => new(
        nameof(FileExists), ErrorKind.Conflict,
        $"The file '{path}' exists already.",
        "Give another path, or -Force to replace the file.",
        path);

    public static GenieLoadException FileNotWritable(string path, Exception reason) => new(
        nameof(FileNotWritable), ErrorKind.WriteFailed,
        $"The file '{path}' could not be written: {reason.Message}",
        "Check that the folder exists, that you may write there, and that the disk has room.",
        path, reason);
}
