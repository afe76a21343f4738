using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The errors of <c>Planning</c>; the name of a factory is the id of its error. A <c>place</c> is a file and line, or
/// <see langword="null"/> for what did not come from a file.
/// </summary>
internal static class PlanningErrors
{
    private const int LongestShown = 80;
    private const int MaximumQuestion = Question.MaximumTextLength;

    public static GenieLoadException UnknownScenario(string? name, IReadOnlyList<string> close) => new(
        nameof(UnknownScenario), ErrorKind.NotFound,
        $"There is no scenario named {Show(name ?? "")}.{DidYouMean(close)}",
        "Get-GenieScenario lists the scenarios, New-GenieScenario makes one of your own, Import-GenieScenario reads them from a file.",
        name);

    public static GenieLoadException InvalidScenarioName(string? name, string? place) => new(
        nameof(InvalidScenarioName), ErrorKind.InvalidInput,
        $"{At(place)}the scenario's name {Show(name ?? "")} cannot be used.",
        $"Use 1 to {ScenarioRules.MaximumNameLength} letters A-Z, digits, '_', '-' and '.', beginning with a letter, a digit or '_'.",
        name);

    public static GenieLoadException InvalidQuestionCount(object? value, string? place) => new(
        nameof(InvalidQuestionCount), ErrorKind.InvalidInput,
        $"{At(place)}QuestionCount is {Show(value)}.",
        $"Give a whole number from 1 to {ScenarioRules.MaximumQuestionCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        value);

    public static GenieLoadException InvalidWorkerCount(object? value, string? place) => new(
        nameof(InvalidWorkerCount), ErrorKind.InvalidInput,
        $"{At(place)}WorkerCount is {Show(value)}.",
        $"Give a whole number from 1 to {ScenarioRules.MaximumWorkerCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        value);

    public static GenieLoadException InvalidDuration(object? value, string? place) => new(
        nameof(InvalidDuration), ErrorKind.InvalidInput,
        $"{At(place)}Duration is {Show(value)}.",
        $"Give {DurationText.Forms}; a duration is above 0 seconds and at most 30 days.",
        value);

    public static GenieLoadException InvalidDuration(object? value) => new(
        nameof(InvalidDuration), ErrorKind.InvalidInput,
        $"{Show(value)} is not a duration.",
        $"Give {DurationText.Forms}; never below zero.",
        value);

    public static GenieLoadException UnquotedDuration(object value, string? place) => new(
        nameof(UnquotedDuration), ErrorKind.InvalidInput,
        $"{At(place)}The number {Show(value)} may not be what was typed: without quotes, 1.5s is the whole number 2 and 1d is 1.",
        "Put a duration with a unit in quotes: '1.5s', '1d'. Seconds need no unit: 1.5.",
        value);

    public static GenieLoadException InvalidDescription(object? value, string? place) => new(
        nameof(InvalidDescription), ErrorKind.InvalidInput,
        $"{At(place)}Description is {Show(value)}.",
        $"Give one line of text, at most {ScenarioRules.MaximumDescriptionLength} characters, without control characters.",
        value);

    public static GenieLoadException QuestionCountMissing() => new(
        nameof(QuestionCountMissing), ErrorKind.InvalidInput,
        "There is no scenario, no QuestionCount and no question, so the number of questions to ask is not known.",
        "Give -Scenario, -QuestionCount, or questions.");

    public static GenieLoadException InvalidTestName(string? name) => new(
        nameof(InvalidTestName), ErrorKind.InvalidInput,
        $"The name of the test is {Show(name)}.",
        $"Give 1 to {TestName.MaximumLength} characters on one line, or leave the name out to have it made from the scenario.",
        name);

    public static GenieLoadException InvalidRateLimit(double questionsPerMinute) => new(
        nameof(InvalidRateLimit), ErrorKind.InvalidInput,
        $"WorkspaceLimit is {Show(questionsPerMinute)}.",
        "Give a number from 0.001 to 600000.",
        questionsPerMinute);

    public static GenieLoadException WrongWeightCount(int connections, int weights) => new(
        nameof(WrongWeightCount), ErrorKind.InvalidInput,
        $"ConnectionWeight has {weights} {(weights == 1 ? "weight" : "weights")} for {connections} "
            + $"{(connections == 1 ? "connection" : "connections")}.",
        "Give one weight for each connection, in the order of -Connection, or none for equal shares.", weights);

    public static GenieLoadException InvalidConnectionWeight(double weight) => new(
        nameof(InvalidConnectionWeight), ErrorKind.InvalidInput,
        $"ConnectionWeight is {Show(weight)}.",
        "Give a number above 0. A connection that is to get no question is left out of -Connection.", weight);

    public static GenieLoadException ConnectionTwice(Connection connection) => new(
        nameof(ConnectionTwice), ErrorKind.InvalidInput,
        $"The connection '{connection}' is given twice.",
        "Give it once, with a greater -ConnectionWeight if it is to get more.", connection);

    public static GenieLoadException ConnectionNameTwice(string name) => new(
        nameof(ConnectionNameTwice), ErrorKind.InvalidInput,
        $"Two connections have the name '{name}', so that rows could not tell them apart.",
        "Connect one of them again with another name: Connect-Genie -Name.", name);

    public static GenieLoadException ConnectionWithoutSpace(Connection connection) => new(
        nameof(ConnectionWithoutSpace), ErrorKind.InvalidInput,
        $"The connection '{connection}' names no space.",
        "Connect again with -SpaceId: a test of several connections asks each one's own space.", connection);

    public static GenieLoadException ConnectionMissing(PlannedQuestion question) => new(
        nameof(ConnectionMissing), ErrorKind.InvalidInput,
        $"Question {question.Index} is planned for the connection '{question.Connection}', which is not among those given.",
        "Give the connections that the plan was made for, under the same names.", question);

    public static GenieLoadException UnknownArrival(string? name, IReadOnlyList<string> close, string? place) => new(
        nameof(UnknownArrival), ErrorKind.InvalidInput,
        $"{At(place)}there is no arrival shape {Show(name)}.{DidYouMean(close)}",
        $"The shapes are {string.Join(", ", ArrivalShape.All)}.",
        name);

    public static GenieLoadException InvalidRate(string field, object? value, string? place) => new(
        nameof(InvalidRate), ErrorKind.InvalidInput,
        $"{At(place)}{field} is {Show(value)}.",
        $"Give a rate such as {Arrivals.Rate.Forms}, at most 10000/s.",
        value);

    public static GenieLoadException InvalidScenarioValue(string field, object? value, string remedy, string? place) => new(
        nameof(InvalidScenarioValue), ErrorKind.InvalidInput,
        $"{At(place)}{field} is {Show(value)}.",
        remedy,
        value);

    public static GenieLoadException ConflictingFields(string fields, string rule, string? place) => new(
        nameof(ConflictingFields), ErrorKind.InvalidInput,
        $"{At(place)}{fields} do not go together: {rule}.",
        "Correct the fields named here; about_GenieLoad and the page of New-GenieScenario say what goes with what.",
        fields);

    public static GenieLoadException PlanTooLong(string scenario, double seconds) => new(
        nameof(PlanTooLong), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"The last question of scenario '{scenario}' would be due after {seconds / 86400:0.#} days; at most are 365."),
        "Raise rate or questionsPerMinute, or lower questionCount, duration, stagger or thinkTime.",
        scenario);

    // What stands there is not told: a path may name any file of the machine.
    public static GenieLoadException InvalidReplayOffset(string place) => new(
        nameof(InvalidReplayOffset), ErrorKind.InvalidData,
        $"{place}: this is not an instant to replay.",
        "Give seconds from the start, from 0 to 2592000 (30 days), with a decimal point.",
        place);

    public static GenieLoadException DuplicateKey(string key, string place) => new(
        nameof(DuplicateKey), ErrorKind.InvalidData,
        $"{place}: the key {Show(key)} is there twice in one object.",
        "Keep one of them.",
        key);

    public static GenieLoadException NoReplayOffset(string path, int count) => new(
        nameof(NoReplayOffset), ErrorKind.InvalidData,
        $"{path}: the file has {count} instants to replay.",
        "Give a .csv with a column PlannedOffsetSeconds or OffsetSeconds, or a text with one number of seconds a "
            + "line; 1 to 1,000,000 of them.",
        path);

    public static GenieLoadException ReplayTooShort(string path, int found, int wanted) => new(
        nameof(ReplayTooShort), ErrorKind.InvalidData,
        $"{path}: the file has {found} instants, and {wanted} are wanted.",
        "Lower the number of questions, or record more.",
        path);

    public static GenieLoadException UnknownScenarioField(string field, IReadOnlyList<string> close, string? place) => new(
        nameof(UnknownScenarioField), ErrorKind.InvalidData,
        $"{At(place)}a scenario has no field {Show(field)}.{DidYouMean(close)}",
        $"The fields are {string.Join(", ", ScenarioFields.Names)}.",
        field);

    public static GenieLoadException DuplicateScenarioField(string field, string canonical, string? place) => new(
        nameof(DuplicateScenarioField), ErrorKind.InvalidData,
        $"{At(place)}the field {Show(field)} sets {canonical} a second time.",
        "Keep one of them.",
        field);

    public static GenieLoadException MissingScenarioField(string field, string? place) => new(
        nameof(MissingScenarioField), ErrorKind.InvalidData,
        $"{At(place)}the scenario has no {field}.",
        $"Add the field '{field}'.",
        field);

    public static GenieLoadException DuplicateScenario(string name, string? place) => new(
        nameof(DuplicateScenario), ErrorKind.InvalidData,
        $"{At(place)}a scenario named '{name}' is there already; upper and lower case are alike.",
        "Give each scenario a name of its own.",
        name);

    public static GenieLoadException NoScenario(string place) => new(
        nameof(NoScenario), ErrorKind.InvalidData,
        $"{At(place)}there is no scenario here.",
        "Write one scenario, such as { \"name\": \"my_test\", \"questionCount\": 20, \"duration\": \"60s\" }, or a list of them.",
        place);

    public static GenieLoadException NoScenarioToWrite(string path) => new(
        nameof(NoScenarioToWrite), ErrorKind.InvalidInput,
        $"There is no scenario to write to '{path}'.",
        "Pipe at least one, such as that of: Get-GenieScenario high_load.",
        path);

    public static GenieLoadException SeveralScenarios(string path, IReadOnlyList<Scenario> scenarios) => new(
        nameof(SeveralScenarios), ErrorKind.InvalidInput,
        $"One scenario is wanted, and the file '{path}' holds {scenarios.Count}: {string.Join(", ", scenarios.Take(10))}.",
        "Read the file with Import-GenieScenario and pick one of them by its Name.",
        path);

    public static GenieLoadException NotAScenario(object? value, string? place) => new(
        nameof(NotAScenario), ErrorKind.InvalidData,
        $"{At(place)}{Show(value)} is not a scenario.",
        "A scenario is an object with name, questionCount, duration, workerCount and description.",
        value);

    public static GenieLoadException UnknownScenarioFormat(string path) => new(
        nameof(UnknownScenarioFormat), ErrorKind.InvalidInput,
        $"The file '{path}' has no extension by which scenarios could be read or written.",
        "Scenario files end in .json or .psd1.",
        path);

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

    public static GenieLoadException UnknownQuestionFormat(string path) => new(
        nameof(UnknownQuestionFormat), ErrorKind.InvalidInput,
        $"The file '{path}' has no extension by which questions could be read.",
        "Question files end in .txt (one question a line), .csv, .jsonl, .ndjson or .json.",
        path);

    public static GenieLoadException NoQuestions(string? place) => new(
        nameof(NoQuestions), ErrorKind.InvalidData,
        place is null ? "There is no question to ask." : $"{place}: the file has no question.",
        "Give at least one question.",
        place);

    public static GenieLoadException MissingQuestionColumn(string place, IReadOnlyList<string> found) => new(
        nameof(MissingQuestionColumn), ErrorKind.InvalidData,
        $"{place}: there is no column 'question' among the {found.Count} found.",
        "The first line of the file names the columns, separated by commas: question, and if wanted id, weight and conversation.",
        place);

    public static GenieLoadException DuplicateColumn(string column, string place) => new(
        nameof(DuplicateColumn), ErrorKind.InvalidData,
        $"{place}: the column {Show(column)} is there twice.",
        "Keep one of them.",
        column);

    public static GenieLoadException TooManyFields(int fields, int columns, string place) => new(
        nameof(TooManyFields), ErrorKind.InvalidData,
        $"{place}: the row has {fields} fields, and the file has {columns} {(columns == 1 ? "column" : "columns")}.",
        "Put a question that holds a comma into double quotes.",
        place);

    public static GenieLoadException InvalidCsv(string place, Exception reason) => new(
        nameof(InvalidCsv), ErrorKind.InvalidData,
        $"{place}: this is not valid CSV: {reason.Message}",
        "A field that holds a quote, a comma or a line break stands in double quotes, and a quote inside it is doubled.",
        place, reason);

    public static GenieLoadException NotAQuestion(object? value, string? place) => new(
        nameof(NotAQuestion), ErrorKind.InvalidData,
        $"{At(place)}{Show(value)} is not a question.",
        "Give a text, or an object with a property 'question' and if wanted id, weight and conversation.",
        value);

    public static GenieLoadException EmptyQuestion(string place) => new(
        nameof(EmptyQuestion), ErrorKind.InvalidData,
        $"{place}: the question is empty.",
        "Write the question, or remove the row.",
        place);

    public static GenieLoadException QuestionTooLong(int length, string place) => new(
        nameof(QuestionTooLong), ErrorKind.InvalidData,
        string.Create(CultureInfo.InvariantCulture,
            $"{place}: the question has {length:N0} characters; Genie takes at most {Question.MaximumTextLength:N0}."),
        "Shorten the question.",
        length);

    public static GenieLoadException QuestionTooLongForSuffix(string questionId, int length) => new(
        nameof(QuestionTooLongForSuffix), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"Question {Show(questionId)} has {length:N0} characters with its iteration suffix; at most are {MaximumQuestion:N0}."),
        "Shorten the question, or leave out -UniqueQuestion.",
        questionId);

    public static GenieLoadException InvalidWeight(object? value, string place) => new(
        nameof(InvalidWeight), ErrorKind.InvalidData,
        $"{place}: weight is {Show(value)}.",
        string.Create(CultureInfo.InvariantCulture,
            $"Give a number above 0, at most {QuestionList.MaximumWeight:N0}, with a decimal point; empty means 1."),
        value);

    public static GenieLoadException InvalidQuestionId(string? value, string place) => new(
        nameof(InvalidQuestionId), ErrorKind.InvalidData,
        $"{place}: id is {Show(value)}.",
        $"Give at most {QuestionList.MaximumLabelLength} characters on one line, or leave the id out.",
        value);

    public static GenieLoadException InvalidConversation(string? value, string place) => new(
        nameof(InvalidConversation), ErrorKind.InvalidData,
        $"{place}: conversation is {Show(value)}.",
        $"Give at most {QuestionList.MaximumLabelLength} characters on one line, or leave the conversation out.",
        value);

    public static GenieLoadException DuplicateQuestionId(string id, string place, string firstPlace) => new(
        nameof(DuplicateQuestionId), ErrorKind.InvalidData,
        $"{place}: the id {Show(id)} is already that of {firstPlace}; upper and lower case are alike.",
        "Give each question an id of its own, or none. One Import-GenieQuestion that reads several files numbers them through.",
        id);

    public static GenieLoadException UnevenConversation(string conversation, string place) => new(
        nameof(UnevenConversation), ErrorKind.InvalidData,
        $"{place}: the questions of conversation {Show(conversation)} have different weights.",
        "Give all questions of one conversation the same weight: they are asked together.",
        conversation);

    public static GenieLoadException TooManyQuestions(int count) => new(
        nameof(TooManyQuestions), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture, $"The list has {count:N0} questions."),
        $"Give at most {ScenarioRules.MaximumQuestionCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        count);

    internal static string At(string? place) => place is null ? "" : $"{place}: ";

    internal static string DidYouMean(IReadOnlyList<string> close) =>
        close.Count == 0 ? "" : $" Did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?";

    /// <summary>A value that somebody wrote, on one line that any terminal may show, and never longer than that.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "empty",
        string text => $"'{Line(text)}'",
        IFormattable number => Line(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Line(value.ToString() ?? "empty"),
    };

    // Cut first: what is spelled out is longer than what it stands for.
    private static string Line(string text) => PrintableText.Line(text.Length > LongestShown ? text[..(LongestShown - 3)] + "..." : text);
}
