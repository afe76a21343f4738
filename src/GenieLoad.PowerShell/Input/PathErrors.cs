using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

internal static class PathErrors
{
    public static GenieLoadException FileNotFound(string path, Exception? inner = null) => new(
        nameof(FileNotFound),
        ErrorKind.NotFound,
        $"There is no file '{path}'.",
        "Check the path. A path without a folder is looked for in the current location of PowerShell.",
        path,
        inner);

    public static GenieLoadException InvalidPath(string path) => new(
        nameof(InvalidPath),
        ErrorKind.InvalidInput,
        path.Length > 200
            ? $"A path of {path.Length} characters is too long."
            : $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is not a path.",
        "Give a path without a NUL character, not empty, of at most 32,767 characters.");

    public static GenieLoadException NotAFile(string path) => new(
        nameof(NotAFile),
        ErrorKind.InvalidInput,
        $"'{path}' is not a file.",
        "Give the path of a file on a disk, not of a folder or of another kind of drive.",
        path);
}
