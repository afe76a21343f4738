using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>What can go wrong around a run, in words for people. The factory's name is the error's id.</summary>
internal static class RunningErrors
{
    public static GenieLoadException LogNotWritable(string path, Exception inner) => new(
        nameof(LogNotWritable), ErrorKind.WriteFailed,
        $"LogPath '{path}' cannot be written: {inner.Message}",
        "Give a path in a folder that is there and that you may write to.", path, inner);
}
