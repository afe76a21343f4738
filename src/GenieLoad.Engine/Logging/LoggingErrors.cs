using GenieLoad.Model;

namespace GenieLoad.Engine.Logging;

/// <summary>What can go wrong with the log, in words for people. The factory's name is the error's id.</summary>
internal static class LoggingErrors
{
    public static GenieLoadException LogNotWritable(string path, Exception inner) => new(
        nameof(LogNotWritable), ErrorKind.WriteFailed,
        $"LogPath '{path}' cannot be written: {inner.Message}",
        "Give a path in an existing folder that you can write to.", path, inner);
}
