using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// What can be wrong with an object that stands where another kind of thing is wanted. The factory's name is the error's id.
/// </summary>
internal static class InputErrors
{
    public static GenieLoadException ObjectInsteadOfPath(object given, string wanted, string example) => new(
        nameof(ObjectInsteadOfPath), ErrorKind.InvalidInput,
        $"{KindOf(given)} stands where {wanted} is wanted.",
        $"Pipe the object and give {wanted}: {example}");

    public static GenieLoadException QuestionInsteadOfScenario(string text) => new(
        nameof(QuestionInsteadOfScenario), ErrorKind.InvalidInput,
        $"'{text}' stands where a scenario is wanted, and there is none of that name.",
        "Questions are piped or given by name: 'How many orders?' | Invoke-GenieLoadTest, or -Question. A file of them: "
            + "Import-GenieQuestion questions.csv | Invoke-GenieLoadTest.",
        text);

    public static GenieLoadException NotAScenario(object given) => new(
        nameof(NotAScenario), ErrorKind.InvalidInput,
        $"{KindOf(given)} stands where a scenario is wanted.",
        "A scenario is a name, a file, a hashtable, or what New-GenieScenario and Import-GenieScenario give. Questions are piped, "
            + "or given by -Question.");

    public static GenieLoadException UnknownOption(string name, string hint, IEnumerable<string> names) => new(
        nameof(UnknownOption), ErrorKind.InvalidInput,
        $"There is no option '{name}'.{hint}",
        $"The options are those of New-GenieLoadTestOption: {string.Join(", ", names)}.",
        name);

    public static GenieLoadException InvalidOptionValue(string name, string value, string? reason) => new(
        nameof(InvalidOptionValue), ErrorKind.InvalidInput,
        $"The option {name} is {value}.{(reason is null ? "" : $" {reason}")}",
        $"Get-Help New-GenieLoadTestOption -Parameter {name} tells what it takes.",
        name);

    public static GenieLoadException OptionsRefused(string reason) => new(
        nameof(OptionsRefused), ErrorKind.InvalidInput,
        reason,
        "Get-Help New-GenieLoadTestOption tells what each option takes.");

    public static GenieLoadException OnlyForConversations(string parameter) => new(
        nameof(OnlyForConversations), ErrorKind.InvalidInput,
        $"-{parameter} applies to conversations, and -Source does not ask for them.",
        $"Give -Source Conversation, or leave -{parameter} out.", parameter);

    public static GenieLoadException NotOptions(string value) => new(
        nameof(NotOptions), ErrorKind.InvalidInput,
        $"{value} stands where options are wanted.",
        "Give a hashtable, such as @{ MaximumRetry = 2; QuestionTimeout = '5m' }, or what New-GenieLoadTestOption returns.",
        value);

    /// <summary>What an object of ours is, in a word or two.</summary>
    private static string KindOf(object given) => given switch
    {
        LoadRun run => $"Run {run.RunId}",
        RunComparison => "A comparison",
        Scenario scenario => $"Scenario {scenario.Name}",
        Question => "A question",
        QuestionResult => "A row of a run",
        Connection => "A connection",
        Simulator => "A simulator",
        Space => "A space",
        _ => "An object of another kind",
    };

    public static GenieLoadException NotAPlan(object? given) => new(
        nameof(NotAPlan), ErrorKind.InvalidInput,
        $"{KindOf(given!)} stands where a plan is wanted.",
        "Give a file of Export-GeniePlan, the output of Get-GenieScenario -Plan, or a run.");

    public static GenieLoadException SeveralPlans(string first, string second) => new(
        nameof(SeveralPlans), ErrorKind.InvalidInput,
        $"Two plans came: '{first}' and '{second}'; a file holds one.",
        "Export them one by one, each to its own file.", second);
}
