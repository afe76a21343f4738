using System.Globalization;
using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// Question files: <c>.txt</c> (one question a line; blank lines and lines that begin with <c>#</c> are skipped), <c>.csv</c> or
/// <c>.tsv</c>, <c>.jsonl</c> or <c>.ndjson</c>, <c>.json</c> and <c>.yaml</c> or <c>.yml</c> (a list). Fields are <c>question</c> (or
/// <c>text</c>), and if wanted <c>id</c>, <c>weight</c>, <c>conversation</c> and what a space said of the question
/// (<see cref="KnownFields"/>); others are left alone. A <c>.txt</c> that begins with such names between tabs, as Excel saves one, is a
/// table too. A <c>.json</c> or <c>.yaml</c> with the definition of a space, or a part of it, gives the questions in it
/// (<see cref="SpaceDefinition"/>); one with exported conversations, those that were asked in them (<see cref="ConversationFile"/>).
/// </summary>
public static class QuestionFile
{
    /// <summary>Reads the questions of a file.</summary>
    /// <param name="path">Path of the file; its extension says the format.</param>
    /// <param name="firstNumber">Number of the first question, for the ids (<c>q1</c>) of those that have none.</param>
    /// <param name="format">What is said of a table and of a text's encoding; what is not said is found out.</param>
    /// <param name="tell">Told what was found out.</param>
    /// <param name="selection">Which questions of spaces are wanted; samples and benchmarks by default. Numbers them.</param>
    /// <param name="warn">Told of questions that cannot be used.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownQuestionFormat</c>, <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>, <c>NoQuestions</c>,
    /// <c>MissingQuestionColumn</c>, <c>DuplicateColumn</c>, <c>TooManyFields</c>, <c>InvalidCsv</c>, <c>InvalidDelimiter</c>,
    /// <c>InvalidJson</c>, <c>InvalidYaml</c>, <c>NotAQuestion</c>, <c>InvalidAskedAt</c>, <c>InvalidRecordedSeconds</c>,
    /// <c>NotADefinition</c>, <c>NotConversations</c>, <c>NotAConversation</c>, <c>NotAMessage</c>, <c>NoQuestionsOfSource</c>, or an error
    /// of <see cref="QuestionList.FromQuestions"/>. It names the file and the line.
    /// </exception>
    public static IReadOnlyList<Question> Read(
        string path, int firstNumber = 1, TableFormat? format = null, Action<string>? tell = null, QuestionSelection? selection = null,
        Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        selection ??= new QuestionSelection([]);
        format ??= TableFormat.Unknown;
        format.Validate();
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (".txt" or ".csv" or ".tsv" or ".jsonl" or ".ndjson" or ".json" or ".yaml" or ".yml"))
            throw QuestionsErrors.UnknownQuestionFormat(path);
        bool isPlain = extension is ".txt" or ".csv" or ".tsv";
        string text = isPlain ? InputFile.ReadPlainText(path, format.Encoding, tell) : InputFile.ReadText(path, format.Encoding);
        warn ??= _ => { };
        DataValue? data = Data(extension, text, path);
        if (data is not null && SpaceDefinition.Is(data))
        {
            IReadOnlyList<Question> found = SpaceDefinition.Read(
                data, new DefinitionPlace(path, HasLines: true), selection.Origins, warn);
            return selection.Number(found, path, warn);
        }
        IEnumerable<QuestionRow> rows = extension switch
        {
            ".jsonl" or ".ndjson" => ReadJsonLines(text, path),
            ".json" or ".yaml" or ".yml" => data is null ? [] : FromData(data, path, warn),
            ".txt" when !IsTable(text, format) => ReadLines(text, path),
            ".tsv" => QuestionCsv.Parse(text, path, format with { Delimiter = format.Delimiter ?? '\t' }, tell),
            _ => QuestionCsv.Parse(text, path, format, tell),
        };
        return selection.Join(selection.Of(QuestionList.Build(rows, path, firstNumber), path), path, warn);
    }

    /// <summary>Whether a text is the name of a question file: one word with its extension.</summary>
    /// <param name="text">A text.</param>
    internal static bool IsMeant(string? text) => text?.Trim() is { Length: > 4 } word && !word.Any(char.IsWhiteSpace)
        && Path.GetExtension(word).ToLowerInvariant() is ".txt" or ".csv" or ".tsv" or ".jsonl" or ".ndjson" or ".json"
            or ".yaml" or ".yml" or ".xlsx";

    private static bool IsTable(string text, TableFormat format) =>
        format.Delimiter is not null || TableDelimiter.Separates(text, '\t', QuestionCsv.QuestionColumns);

    internal static IEnumerable<QuestionRow> ReadLines(string text, string path)
    {
        foreach ((string line, int number) in NumberedLines(text))
        {
            if (!line.StartsWith('#'))
                yield return new QuestionRow(line, null, null, null, InputFile.Place(path, number)!);
        }
    }

    private static IEnumerable<QuestionRow> ReadJsonLines(string text, string path) =>
        NumberedLines(text).Select(line => FromJson(DataJson.Parse(line.Text, path, line.Number), path));

    /// <summary>What is in a file of data; <see langword="null"/> for other files and for nothing.</summary>
    private static DataValue? Data(string extension, string text, string path)
    {
        bool isYaml = extension is ".yaml" or ".yml";
        if ((extension != ".json" && !isYaml) || string.IsNullOrWhiteSpace(text))
            return null;
        DataValue data = isYaml ? DataYaml.Parse(text, path) : DataJson.Parse(text, path);
        return isYaml && data.Value is null ? null : data;
    }

    private static IEnumerable<QuestionRow> FromData(DataValue data, string path, Action<string> warn)
    {
        if (!ConversationFile.Is(data))
            return (data.Items ?? [data]).Select(item => FromJson(item, path));
        ConversationHistory history = ConversationFile.Read(data, path);
        foreach (string warning in history.Warnings)
            warn($"{path}: {warning}");
        return RecordedQuestions.Rows(history);
    }

    /// <summary>The lines that are not blank, without the blanks around them, each with its number from 1.</summary>
    private static IEnumerable<(string Text, int Number)> NumberedLines(string text)
    {
        using StringReader reader = new(text);
        for (int number = 1; reader.ReadLine() is string line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return (line.Trim(), number);
        }
    }

    private static QuestionRow FromJson(DataValue item, string path)
    {
        string place = InputFile.Place(path, item.Line)!;
        if (item.Value is string text)
            return new QuestionRow(text, null, null, null, place);
        if (item.Value is not IReadOnlyList<DataMember> members)
            throw QuestionsErrors.NotAQuestion(item.Scalar, place);
        DataMember question = Member(members, "question") ?? Member(members, "text")
            ?? throw QuestionsErrors.NotAQuestion([.. members.Select(member => member.Name)], place);
        if (question.Value.Value is not (null or string))
            throw QuestionsErrors.NotAQuestion(question.Value.Scalar, place);
        return new QuestionRow(
            (string?)question.Value.Value, Label(members, "id"), Member(members, "weight")?.Value.Scalar, Label(members, "conversation"),
            place)
        {
            Known = KnownFields.Read(name => Member(members, name)?.Value.Scalar, place),
        };
    }

    private static DataMember? Member(IReadOnlyList<DataMember> members, string name) =>
        members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));

    // An id such as 7 is a number to JSON.
    private static string? Label(IReadOnlyList<DataMember> members, string name) =>
        Convert.ToString(Member(members, name)?.Value.Scalar, CultureInfo.InvariantCulture);
}
