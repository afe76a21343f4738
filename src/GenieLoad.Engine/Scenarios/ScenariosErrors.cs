using System.Globalization;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Names;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// The errors of <c>Scenarios</c>; the name of a factory is the id of its error. A <c>place</c> is a file and line, or
/// <see langword="null"/> for what did not come from a file.
/// </summary>
internal static class ScenariosErrors
{
    public static GenieLoadException UnknownScenario(string? name, IReadOnlyList<string> close) => new(
        nameof(UnknownScenario), ErrorKind.NotFound,
        $"There is no scenario named {ShownValue.Of(name ?? "")}.{CloseNames.Hint(close)}",
        "Get-GenieScenario lists the scenarios, New-GenieScenario creates your own, Import-GenieScenario reads them from a file.",
        name);

    public static GenieLoadException InvalidScenarioName(string? name, ScenarioPlace place) => new(
        nameof(InvalidScenarioName), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.Name)} is {ShownValue.Of(name ?? "")}.",
        $"Use 1 to {ScenarioRules.MaximumNameLength} letters A-Z, digits, '_', '-' and '.', beginning with a letter, a digit or '_'.",
        name);

    public static GenieLoadException InvalidQuestionCount(object? value, ScenarioPlace place) => new(
        nameof(InvalidQuestionCount), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.QuestionCount)} is {ShownValue.Of(value)}.",
        $"Give a whole number from 1 to {ScenarioRules.MaximumQuestionCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        value);

    public static GenieLoadException InvalidWorkerCount(object? value, ScenarioPlace place) => new(
        nameof(InvalidWorkerCount), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.WorkerCount)} is {ShownValue.Of(value)}.",
        $"Give a whole number from 1 to {ScenarioRules.MaximumWorkerCount.ToString("N0", CultureInfo.InvariantCulture)}.",
        value);

    public static GenieLoadException InvalidDuration(object? value, ScenarioPlace place) => new(
        nameof(InvalidDuration), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.Duration)} is {ShownValue.Of(value)}.",
        $"Give {DurationText.Forms}; a duration is above 0 seconds and at most 30 days.",
        value);

    public static GenieLoadException InvalidDescription(object? value, ScenarioPlace place) => new(
        nameof(InvalidDescription), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.Description)} is {ShownValue.Of(value)}.",
        $"Give one line of text, at most {ScenarioRules.MaximumDescriptionLength} characters, without control characters.",
        value);

    public static GenieLoadException QuestionCountMissing(Scenario scenario, ScenarioPlace place, string ways) => new(
        nameof(QuestionCountMissing), ErrorKind.InvalidInput,
        scenario switch
        {
            { Rate: not null } => $"{place.NameGiven(ScenarioFields.Rate)} alone does not say how many questions to ask.",
            { DurationSeconds: not null } => $"{place.NameGiven(ScenarioFields.Duration)} alone does not say how many questions to ask.",
            _ => "Nothing says how many questions to ask.",
        },
        scenario switch
        {
            { Rate: not null } => $"Give {place.Name(ScenarioFields.Duration)} or {place.Name(ScenarioFields.QuestionCount)} too.",
            { DurationSeconds: not null } => $"Give {place.Name(ScenarioFields.QuestionCount)} or {place.Name(ScenarioFields.Rate)} too.",
            _ => $"{ways} What Measure-GenieUsage returns says it only if somebody asked, and if it is known when.",
        });

    public static GenieLoadException UnknownArrival(string? name, IReadOnlyList<string> close, ScenarioPlace place) => new(
        nameof(UnknownArrival), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(ScenarioFields.Arrival)} is {ShownValue.Of(name)}.{CloseNames.Hint(close)}",
        $"The shapes are {string.Join(", ", ArrivalShape.All)}.",
        name);

    public static GenieLoadException InvalidRate(string field, object? value, ScenarioPlace place) => new(
        nameof(InvalidRate), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(field)} is {ShownValue.Of(value)}.",
        $"Give a rate such as {Arrivals.Rate.Forms}, at most 10000/s.",
        value);

    public static GenieLoadException InvalidScenarioValue(string field, object? value, string remedy, ScenarioPlace place) => new(
        nameof(InvalidScenarioValue), ErrorKind.InvalidInput,
        $"{place.Before}{place.Name(field)} is {ShownValue.Of(value)}.",
        remedy,
        value);

    public static GenieLoadException ConflictingFields(string fields, string conflict, string remedy, ScenarioPlace place) => new(
        nameof(ConflictingFields), ErrorKind.InvalidInput,
        $"{place.Before}{fields} {conflict}.",
        remedy,
        fields);

    // What stands there is not told: a path may name any file of the machine.
    public static GenieLoadException InvalidReplayOffset(string place) => new(
        nameof(InvalidReplayOffset), ErrorKind.InvalidData,
        $"{place}: this is not a time to replay.",
        "Give seconds from the start, from 0 to 2592000 (30 days), seconds or milliseconds since 1970, or dates such as "
            + "2026-03-01T09:30:00Z.",
        place);

    public static GenieLoadException MixedReplayInstants(string place, string kind, string others) => new(
        nameof(MixedReplayInstants), ErrorKind.InvalidData,
        $"{place}: this is {kind}; the times before it are {others}.",
        "Use the same format for all times in a file.",
        place);

    public static GenieLoadException ReplayTooLong(string place) => new(
        nameof(ReplayTooLong), ErrorKind.InvalidData,
        $"{place}: this time is more than 30 days after the first one in the file.",
        "Keep only times within 30 days.",
        place);

    public static GenieLoadException ReplayIsXml(string path) => new(
        nameof(ReplayIsXml), ErrorKind.InvalidData,
        $"{path}: the file is XML, which cannot be replayed.",
        "Have JMeter write CSV with column names (jmeter.save.saveservice.output_format=csv, the default).",
        path);

    public static GenieLoadException NoReplayOffset(string path, int count) => new(
        nameof(NoReplayOffset), ErrorKind.InvalidData,
        $"{path}: the file has {count} times to replay.",
        "Give a .csv or .jtl with a column PlannedOffsetSeconds, OffsetSeconds or timeStamp, separated by commas, semicolons or tabs, or a "
            + "text with one time per line; 1 to 1,000,000 of them. " + DataFilesErrors.FromExcel,
        path);

    public static GenieLoadException ReplayTooShort(string path, int found, int wanted) => new(
        nameof(ReplayTooShort), ErrorKind.InvalidData,
        $"{path}: the file has {found} times, and {wanted} are needed.",
        "Lower the number of questions, or record more.",
        path);

    public static GenieLoadException UnknownScenarioField(string field, IReadOnlyList<string> close, ScenarioPlace place) => new(
        nameof(UnknownScenarioField), ErrorKind.InvalidData,
        $"{place.Before}a scenario has no field {ShownValue.Of(field)}.{CloseNames.Hint(close)}",
        $"The fields are {string.Join(", ", ScenarioFields.Names)}.",
        field);

    public static GenieLoadException DuplicateScenarioField(string field, string canonical, ScenarioPlace place) => new(
        nameof(DuplicateScenarioField), ErrorKind.InvalidData,
        $"{place.Before}the field {ShownValue.Of(field)} sets {canonical} twice.",
        "Keep one of them.",
        field);

    public static GenieLoadException MissingScenarioField(string field, ScenarioPlace place) => new(
        nameof(MissingScenarioField), ErrorKind.InvalidData,
        $"{place.Before}the scenario has no {field}.",
        field == ScenarioFields.QuestionCount
            ? $"Add the field '{field}', or what says it: rate and duration, stages, replayPath, or userCount and questionsPerUser."
            : $"Add the field '{field}'.",
        field);

    public static GenieLoadException DuplicateScenario(string name, ScenarioPlace place) => new(
        nameof(DuplicateScenario), ErrorKind.InvalidData,
        $"{place.Before}a scenario named '{name}' already exists (names are not case-sensitive).",
        "Give each scenario a different name.",
        name);

    public static GenieLoadException NoScenario(string place) => new(
        nameof(NoScenario), ErrorKind.InvalidData,
        $"{InputFile.Before(place)}there is no scenario.",
        "Write one scenario, such as { \"name\": \"my_test\", \"questionCount\": 20, \"duration\": \"60s\" }, or a list of them.",
        place);

    public static GenieLoadException NoScenarioToWrite(string path) => new(
        nameof(NoScenarioToWrite), ErrorKind.InvalidInput,
        $"No scenario was given to write to '{path}'.",
        "Pipe at least one, for example: Get-GenieScenario high_load.",
        path);

    public static GenieLoadException SeveralScenarios(string path, IReadOnlyList<Scenario> scenarios) => new(
        nameof(SeveralScenarios), ErrorKind.InvalidInput,
        $"One scenario is needed, but the file '{path}' contains {scenarios.Count}: {string.Join(", ", scenarios.Take(10))}.",
        "Read the file with Import-GenieScenario and select one by Name.",
        path);

    public static GenieLoadException NotAScenario(object? value, ScenarioPlace place) => new(
        nameof(NotAScenario), ErrorKind.InvalidData,
        $"{place.Before}{ShownValue.Of(value)} is not a scenario.",
        "A scenario is an object with name, questionCount, duration, workerCount and description.",
        value);

    public static GenieLoadException UnknownScenarioFormat(string path) => new(
        nameof(UnknownScenarioFormat), ErrorKind.InvalidInput,
        $"The file '{path}' has no extension for scenarios.",
        "Scenario files end in .json or .psd1.",
        path);
}
