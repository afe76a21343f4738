using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

internal static class PathErrors
{
    public static GenieLoadException FileNotFound(string path, Exception? inner = null) => new(
        nameof(FileNotFound),
        ErrorKind.NotFound,
        $"There is no file '{path}'.",
        "Check the path. Relative paths start from PowerShell's current location.",
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
        "Give the path of a file on a disk, not of a folder or another kind of drive.",
        path);
}
