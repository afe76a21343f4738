using System.Text;
using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Mlflow.Folders;

/// <summary>
/// Reads the small files of a file-store tree, which may come from elsewhere: never more than so much, and nothing that is no file.
/// </summary>
internal static class StoreFile
{
    /// <summary>Most bytes of one file: a metric of half a million points.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// The text of a file; <see langword="null"/> where there is none. A pipe or a device holds nothing of ours: it reads as empty.
    /// </summary>
    /// <exception cref="IOException">It is too long.</exception>
    public static string? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        return FileKind.IsPipeOrDevice(path) ? "" : Utf8.GetString(BoundedFile.ReadAllBytes(path, MostBytes));
    }
}
