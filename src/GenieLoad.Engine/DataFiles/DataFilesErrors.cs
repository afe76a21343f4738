using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.DataFiles;

/// <summary>
/// The errors of files that somebody wrote; the name of a factory is the id of its error. A <c>place</c> is a file and line, or
/// <see langword="null"/> for what did not come from a file.
/// </summary>
internal static class DataFilesErrors
{
    public static GenieLoadException DuplicateKey(string key, string place) => new(
        nameof(DuplicateKey), ErrorKind.InvalidData,
        $"{place}: the key {ShownValue.Of(key)} is there twice in one object.",
        "Keep one of them.",
        key);

    public static GenieLoadException FileNotFound(string path) => new(
        nameof(FileNotFound), ErrorKind.NotFound,
        $"There is no file '{path}'.",
        "Check the path; a relative one starts from the current location.",
        path);

    public static GenieLoadException FileNotReadable(string path, Exception reason) => new(
        nameof(FileNotReadable), ErrorKind.InvalidData,
        $"The file '{path}' cannot be read: {reason.Message}",
        "Check that it is a file, that you may read it, and that no other program holds it.",
        path, reason);

    public static GenieLoadException BadEncoding(string path, int line) => new(
        nameof(BadEncoding), ErrorKind.InvalidData,
        $"{path}, line {line}: the text is not valid UTF-8.",
        "Save the file as UTF-8.",
        path);

    // What stands there is not told, nor what the parser says, which quotes it: a path may name any file of the machine.
    public static GenieLoadException InvalidJson(string place, long byteInLine) => new(
        nameof(InvalidJson), ErrorKind.InvalidData,
        FormattableString.Invariant($"{place}: this is not valid JSON from byte {byteInLine} of the line on."),
        "Correct the line; texts and names stand in double quotes, commas between members, and every bracket is closed.",
        place);

    public static GenieLoadException HalfACharacter(string place) => new(
        nameof(InvalidJson), ErrorKind.InvalidData,
        $"{place}: this is not valid JSON: a text holds half of a character, written as \\u.",
        "Write the character itself, or both of its halves.",
        place);

    /// <summary>For what PowerShell's parser, or its refusal to run anything in a data file, has to say.</summary>
    public static GenieLoadException InvalidDataFile(string place, string reason) => new(
        nameof(InvalidDataFile), ErrorKind.InvalidData,
        $"{place}: {reason}",
        "A .psd1 file holds data only: a hashtable of texts and numbers, without commands, variables or expressions.",
        place);
}
