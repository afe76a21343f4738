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
        $"{place}: the key {ShownValue.Of(key)} occurs twice in one object.",
        "Keep one of them.",
        key);

    public static GenieLoadException FileNotFound(string path) => new(
        nameof(FileNotFound), ErrorKind.NotFound,
        $"There is no file '{path}'.",
        "Check the path; relative paths start from the current location.",
        path);

    public static GenieLoadException FileNotReadable(string path, Exception reason) => new(
        nameof(FileNotReadable), ErrorKind.InvalidData,
        $"The file '{path}' cannot be read: {reason.Message}",
        "Check that it is a file, that you can read it, and that no other program has it open.",
        path, reason);

    /// <summary>How a table leaves Excel in the one form that is the same in every country.</summary>
    public const string FromExcel = "In Excel: File > Save As > 'CSV UTF-8 (Comma delimited)'.";

    public static GenieLoadException BadEncoding(string path, int line, string encoding) => new(
        nameof(BadEncoding), ErrorKind.InvalidData,
        $"{path}, line {line}: the text is not valid {encoding}.",
        $"Save the file as UTF-8. {FromExcel} Import-GenieQuestion also takes -Encoding.",
        path);

    public static GenieLoadException InvalidCsv(string place, Exception reason) => new(
        nameof(InvalidCsv), ErrorKind.InvalidData,
        $"{place}: this is not valid CSV: {reason.Message}",
        "Put a field that contains a quote, the separator or a line break in double quotes, and double a quote inside it. " + FromExcel,
        place, reason);

    public static GenieLoadException InvalidDelimiter(string delimiter) => new(
        nameof(InvalidDelimiter), ErrorKind.InvalidInput,
        $"The delimiter {ShownValue.Of(delimiter)} cannot separate columns.",
        "Give one character such as ';', ',' or \"`t\", or omit it: it is detected from the file.",
        delimiter);

    public static GenieLoadException UnknownEncoding(string name) => new(
        nameof(UnknownEncoding), ErrorKind.InvalidInput,
        $"There is no encoding {ShownValue.Of(name)}.",
        "Give utf8, unicode, ansi, oem, ascii, another name such as windows-1250, or the number of a code page. "
            + "Without -Encoding, UTF-8, UTF-16 with a byte order mark and Windows-1252 are recognized.",
        name);

    // What stands there is not told, nor what the parser says, which quotes it: a path may name any file of the machine.
    public static GenieLoadException InvalidJson(string place, long byteInLine) => new(
        nameof(InvalidJson), ErrorKind.InvalidData,
        FormattableString.Invariant($"{place}: this is not valid JSON from byte {byteInLine} of the line on."),
        "Correct the line: strings and names need double quotes, members are separated by commas, and every bracket must be closed.",
        place);

    public static GenieLoadException JsonTooDeep(string place, int levels) => new(
        nameof(InvalidJson), ErrorKind.InvalidData,
        $"{place}: lists and objects lie deeper in each other than {levels} levels.",
        "Check that this is the right file, and that every bracket is closed.",
        place);

    // For the same reason, in words of our own.
    public static GenieLoadException InvalidYaml(string place, string reason) => new(
        nameof(InvalidYaml), ErrorKind.InvalidData,
        $"{place}: {reason}.",
        "Give one YAML document of plain data: lists, objects and texts, without references.",
        place);

    public static GenieLoadException HalfACharacter(string place) => new(
        nameof(InvalidJson), ErrorKind.InvalidData,
        $"{place}: this is not valid JSON: a string contains half of a character, written as \\u.",
        "Write the character itself, or both of its halves.",
        place);

    /// <summary>For what PowerShell's parser, or its refusal to run anything in a data file, has to say.</summary>
    public static GenieLoadException InvalidDataFile(string place, string reason) => new(
        nameof(InvalidDataFile), ErrorKind.InvalidData,
        $"{place}: {reason}",
        "A .psd1 file can only contain data: a hashtable of strings and numbers, without commands, variables or expressions.",
        place);
}
