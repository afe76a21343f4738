using System.Globalization;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// The errors of <c>Questions</c>; the name of a factory is the id of its error. A <c>place</c> is a file and line, or
/// <see langword="null"/> for what did not come from a file.
/// </summary>
internal static class QuestionsErrors
{
    // As many as fit a line or two.
    private const int MostFields = 8;

    public static GenieLoadException UnknownQuestionFormat(string path) => new(
        nameof(UnknownQuestionFormat), ErrorKind.InvalidInput,
        $"The file '{path}' has no extension for questions.",
        "Question files end in .txt (one question per line), .csv, .tsv, .jsonl, .ndjson, .json or .yaml. From Excel: save as 'CSV UTF-8'.",
        path);

    public static GenieLoadException NoQuestions(string? place) => new(
        nameof(NoQuestions), ErrorKind.InvalidData,
        place is null ? "No question is given." : $"{place}: the file has no question.",
        "Give at least one question.",
        place);

    public static GenieLoadException MissingQuestionColumn(string place, IReadOnlyList<string> found, char delimiter) => new(
        nameof(MissingQuestionColumn), ErrorKind.InvalidData,
        $"{place}: there is no column 'question', only {Listed(found)} (separated by {TableDelimiter.InWords(delimiter)}).",
        "The first line names the columns, separated by commas, semicolons or tabs: question, and optionally id, weight and conversation. "
            + DataFilesErrors.FromExcel,
        place);

    public static GenieLoadException DuplicateColumn(string column, string place) => new(
        nameof(DuplicateColumn), ErrorKind.InvalidData,
        $"{place}: the column {ShownValue.Of(column)} occurs twice.",
        "Keep one of them.",
        column);

    public static GenieLoadException NotAQuestion(object? value, string? place) => new(
        nameof(NotAQuestion), ErrorKind.InvalidData,
        $"{InputFile.Before(place)}{ShownValue.Of(value)} is not a question.",
        "Give a text, or an object with a property 'question', and optionally id, weight and conversation.",
        value);

    public static GenieLoadException NotAQuestion(string[] fields, string? place) => new(
        nameof(NotAQuestion), ErrorKind.InvalidData,
        place is null
            ? $"This is no question: it has no property 'question', only {Listed(fields)}."
            : $"{place}: this is no question: it has no field 'question', only {Listed(fields)}.",
        "A question is a text, or has a property 'question' and if wanted id, weight and conversation. To take it from another column: "
            + "Import-Csv questions.csv | ForEach-Object { $_.column } | Invoke-GenieLoadTest.",
        place);

    public static GenieLoadException FileInsteadOfQuestion(string path) => new(
        nameof(FileInsteadOfQuestion), ErrorKind.InvalidInput,
        $"{ShownValue.Of(path)} is the name of a file, not a question.",
        "Read the file and pipe its questions: Import-GenieQuestion questions.csv | Invoke-GenieLoadTest.",
        path);

    public static GenieLoadException EmptyQuestion(string place) => new(
        nameof(EmptyQuestion), ErrorKind.InvalidData,
        $"{place}: the question is empty.",
        "Write the question, or leave it out.",
        place);

    public static GenieLoadException QuestionTooLong(int length, string place) => new(
        nameof(QuestionTooLong), ErrorKind.InvalidData,
        string.Create(CultureInfo.InvariantCulture,
            $"{place}: the question has {length:N0} characters; Genie takes at most {Question.MaximumTextLength:N0}."),
        "Shorten the question.",
        length);

    public static GenieLoadException ZeroInQuestion(string place) => new(
        nameof(ZeroInQuestion), ErrorKind.InvalidData,
        $"{place}: the question contains the character U+0000 (NUL), which no text file can keep.",
        "Remove the character.",
        place);

    public static GenieLoadException InvalidWeight(object? value, string place) => new(
        nameof(InvalidWeight), ErrorKind.InvalidData,
        $"{place}: weight is {ShownValue.Of(value)}.",
        string.Create(CultureInfo.InvariantCulture,
            $"Give a number above 0, at most {QuestionList.MaximumWeight:N0}, without a thousands separator; empty means 1."),
        value);

    public static GenieLoadException InvalidQuestionId(string? value, string place) => new(
        nameof(InvalidQuestionId), ErrorKind.InvalidData,
        $"{place}: id is {ShownValue.Of(value)}.",
        $"Give at most {QuestionList.MaximumLabelLength} characters on one line, or omit the id.",
        value);

    public static GenieLoadException InvalidConversation(string? value, string place) => new(
        nameof(InvalidConversation), ErrorKind.InvalidData,
        $"{place}: conversation is {ShownValue.Of(value)}.",
        $"Give at most {QuestionList.MaximumLabelLength} characters on one line, or omit the conversation.",
        value);

    public static GenieLoadException DuplicateQuestionId(string id, string place, string firstPlace) => new(
        nameof(DuplicateQuestionId), ErrorKind.InvalidData,
        $"{place}: the id {ShownValue.Of(id)} is already used at {firstPlace} (ids are not case-sensitive).",
        "Give each question a different id, or none. Import-GenieQuestion numbers the questions of several files in one call.",
        id);

    public static GenieLoadException UnevenConversation(string conversation, string place) => new(
        nameof(UnevenConversation), ErrorKind.InvalidData,
        $"{place}: the questions of conversation {ShownValue.Of(conversation)} have different weights.",
        "Give all questions of one conversation the same weight: they are asked together.",
        conversation);

    public static GenieLoadException TooManyQuestions(int count) => new(
        nameof(TooManyQuestions), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture, $"The list has {count:N0} questions."),
        $"Give at most {QuestionList.MaximumCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        count);

    public static GenieLoadException TooManyFields(int fields, int columns, char delimiter, string place) => new(
        nameof(TooManyFields), ErrorKind.InvalidData,
        $"{place}: the row has {fields} fields, but the file has {columns} {(columns == 1 ? "column" : "columns")}, "
            + $"separated by {TableDelimiter.InWords(delimiter)}.",
        $"Put a question that contains {(delimiter == ',' ? "a comma" : TableDelimiter.InWords(delimiter))} in double quotes, "
            + $"or give the separator: Import-GenieQuestion -Delimiter '{(delimiter == ';' ? ',' : ';')}'.",
        place);

    public static GenieLoadException NotADefinition(string what, string place) => new(
        nameof(NotADefinition), ErrorKind.InvalidData,
        $"{place}: this is not the definition of a space, but {what}.",
        "Give the field 'serialized_space' of a space, or a part of it: config, benchmarks, instructions, or a list of their entries.",
        place);

    public static GenieLoadException NoQuestionsOfSource(
        string source, IReadOnlyList<string> origins, DateTime? since = null) => new(
        nameof(NoQuestionsOfSource), ErrorKind.NotFound,
        $"{source} has no questions of the {(origins.Count == 1 ? "source" : "sources")} {string.Join(", ", origins)} that can be asked"
            + (since is DateTime from ? FormattableString.Invariant($", none since {from.ToLocalTime():yyyy-MM-dd HH:mm} (-Since).") : "."),
        (since is null ? "" : "Give an earlier -Since. ")
            + (origins.Contains(QuestionOrigin.Conversation) ? "Conversations of others need CAN MANAGE on the space. " : "")
            + $"Give another -Source: {string.Join(", ", QuestionOrigin.All)}.",
        source);

    public static GenieLoadException InvalidAskedAt(object? value, string place) => new(
        nameof(InvalidAskedAt), ErrorKind.InvalidData,
        $"{place}: askedAt is {ShownValue.Of(value)}, which is no instant in ISO 8601.",
        "Write it as 2026-11-29T10:15:00Z, or keep the column AskedAtUtc, which does not depend on the country.",
        value);

    public static GenieLoadException InvalidRecordedSeconds(object? value, string place) => new(
        nameof(InvalidRecordedSeconds), ErrorKind.InvalidData,
        $"{place}: recordedSeconds is {ShownValue.Of(value)}.",
        "Give a number of seconds, 0 or above; empty means unknown.",
        value);

    private static string Listed(IEnumerable<string> fields)
    {
        string[] names = [.. fields.Take(MostFields + 1).Select(ShownValue.Of)];
        return names.Length == 0 ? "no property at all"
            : names.Length > MostFields ? $"{string.Join(", ", names.Take(MostFields))} and others"
            : string.Join(", ", names);
    }
}
