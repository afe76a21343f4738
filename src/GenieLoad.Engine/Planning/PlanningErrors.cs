using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The errors of <c>Planning</c>; the name of a factory is the id of its error.
/// </summary>
internal static class PlanningErrors
{
    public static GenieLoadException InvalidTestName(string? name) => new(
        nameof(InvalidTestName), ErrorKind.InvalidInput,
        $"The name of the test is {ShownValue.Of(name)}.",
        $"Give 1 to {TestName.MaximumLength} characters on one line, or omit the name to use the default.",
        name);

    public static GenieLoadException InvalidRateLimit(double questionsPerMinute) => new(
        nameof(InvalidRateLimit), ErrorKind.InvalidInput,
        $"WorkspaceLimit is {ShownValue.Of(questionsPerMinute)}.",
        "Give a number from 0.001 to 600000.",
        questionsPerMinute);

    public static GenieLoadException WrongWeightCount(int connections, int weights) => new(
        nameof(WrongWeightCount), ErrorKind.InvalidInput,
        $"ConnectionWeight has {weights} {(weights == 1 ? "weight" : "weights")} for {connections} "
            + $"{(connections == 1 ? "connection" : "connections")}.",
        "Give one weight for each connection, in the order of -Connection, or none for equal shares.", weights);

    public static GenieLoadException InvalidConnectionWeight(double weight) => new(
        nameof(InvalidConnectionWeight), ErrorKind.InvalidInput,
        $"ConnectionWeight is {ShownValue.Of(weight)}.",
        "Give a number above 0. Remove connections that should get no question from -Connection.", weight);

    public static GenieLoadException ConnectionTwice(Connection connection) => new(
        nameof(ConnectionTwice), ErrorKind.InvalidInput,
        $"The connection '{connection}' is given twice.",
        "Give it once, with a higher -ConnectionWeight if it should get more questions.", connection);

    public static GenieLoadException ConnectionNameTwice(string name) => new(
        nameof(ConnectionNameTwice), ErrorKind.InvalidInput,
        $"Two connections have the name '{name}', so rows could not be told apart.",
        "Connect one of them again with another name: Connect-Genie -Name.", name);

    public static GenieLoadException ConnectionWithoutSpace(Connection connection) => new(
        nameof(ConnectionWithoutSpace), ErrorKind.InvalidInput,
        $"The connection '{connection}' has no space.",
        "Connect again with -SpaceId: a test of several connections asks each one's own space.", connection);

    public static GenieLoadException ConnectionMissing(PlannedQuestion question) => new(
        nameof(ConnectionMissing), ErrorKind.InvalidInput,
        $"Question {question.Index} is planned for the connection '{question.Connection}', which was not given.",
        "Give the connections the plan was made for, with the same names.", question);

    public static GenieLoadException PlanTooLong(string scenario, double seconds) => new(
        nameof(PlanTooLong), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"The last question of scenario '{scenario}' would be due after {seconds / 86400:0.#} days; the maximum is 365."),
        "Raise rate or questionsPerMinute, or lower questionCount, duration, stagger or thinkTime.",
        scenario);

    public static GenieLoadException InvalidSpeed(double speed) => new(
        nameof(InvalidSpeed), ErrorKind.InvalidInput,
        $"Speed is {ShownValue.Of(speed)}.",
        $"Give a number above 0, at most {ShownValue.Of(ReplayPlan.MaximumSpeed)}: 1 is as recorded, 2 starts conversations twice as fast.",
        speed);

    public static GenieLoadException ReplayConflict(string parameter) => new(
        nameof(ReplayConflict), ErrorKind.InvalidInput,
        $"{parameter} cannot be used with -Replay, which takes number, order and times of the questions from their record.",
        $"Leave out {char.ToLowerInvariant(parameter[0])}{parameter[1..]}, or -Replay.",
        parameter);

    public static GenieLoadException QuestionNotRecorded(Question? question, int count) => new(
        nameof(QuestionNotRecorded), ErrorKind.InvalidInput,
        question is null
            ? "-Replay has no recorded questions."
            : $"Question {ShownValue.Of(question.Id)} ({ShownValue.Of(question.Text)}) has no AskedAt"
                + count switch
                {
                    1 => ".",
                    2 => "; nor has 1 other.",
                    _ => string.Create(CultureInfo.InvariantCulture, $"; nor have {count - 1:N0} others."),
                },
        "Pipe recorded questions: Get-GenieQuestion -Source Conversation, or Import-GenieQuestion with exported conversations.",
        question?.Id);

    public static GenieLoadException ReplayTooLong(double seconds) => new(
        nameof(ReplayTooLong), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"The last question of the replay would be due after {seconds / 86400:0.#} days; the maximum is 365."),
        "Raise -Speed, or replay a shorter time: Get-GenieQuestion -Source Conversation -Since 7d.",
        seconds);

    public static GenieLoadException QuestionTooLongForSuffix(string questionId, int length) => new(
        nameof(QuestionTooLongForSuffix), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"Question {ShownValue.Of(questionId)} has {length:N0} characters with its iteration suffix; the maximum is "
            + $"{Question.MaximumTextLength:N0}."),
        "Shorten the question, or omit -UniqueQuestion.",
        questionId);

    public static GenieLoadException InvalidShard(string? text) => new(
        nameof(InvalidShard), ErrorKind.InvalidInput,
        $"Shard is {ShownValue.Of(text)}.",
        $"Give number and count of the shards, such as 2/4 for the second of four; at most {Shard.MaximumCount} shards.", text);

    public static GenieLoadException EmptyShard(Shard shard, int units) => new(
        nameof(EmptyShard), ErrorKind.InvalidInput,
        $"Shard {shard} would be empty: the plan has {units} {(units == 1 ? "part" : "parts")} that cannot be divided (users, "
            + "conversations, single questions).",
        $"Use at most {units} {(units == 1 ? "shard" : "shards")}, or a plan with more questions.", shard.ToString());

    public static GenieLoadException ConnectionNotPlanned(string name, IReadOnlyList<RunConnection> planned) => new(
        nameof(ConnectionNotPlanned), ErrorKind.InvalidInput,
        $"The plan does not know the connection '{name}'; it was made for "
            + $"{string.Join(", ", planned.Select(connection => $"'{connection.Name}'"))}.",
        "Give the connections of the plan with the same names: Connect-Genie -Name.", name);
}
