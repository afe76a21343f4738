using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Reports;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>
/// The default view of a run, called by the format file. Public, and in this assembly, because a format file finds no other types.
/// </summary>
public static partial class RunSummaryView
{
    /// <summary>Name of the type of runs whose summary is to be shown whole.</summary>
    public const string Detailed = "GenieLoad.Model.LoadRun#Detailed";

    /// <summary>The run's summary.</summary>
    /// <param name="run">A run, or what a job or a remote session made of one.</param>
    /// <param name="terminal">Whether the host shows escape sequences.</param>
    /// <param name="style"><c>$PSStyle</c>, whose colours are taken; unless it is set to plain text, or NO_COLOR is set.</param>
    /// <returns>The summary, its lines parted by <c>\n</c>; all of it for a run of the name <see cref="Detailed"/>.</returns>
    public static string Text(PSObject run, bool terminal = false, object? style = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        LoadRun shown = run.BaseObject as LoadRun ?? FromProperties(run);
        SummaryStyle look = TerminalStyle.Of(terminal, style);
        return run.TypeNames.Contains(Detailed) ? SummaryText.Write(shown, look) : SummaryText.Brief(shown, look);
    }

    /// <summary>
    /// The run's summary, line by line: of one text PowerShell repeats all escape sequences at the head of every further line.
    /// </summary>
    /// <inheritdoc cref="Text"/>
    public static string[] Lines(PSObject run, bool terminal = false, object? style = null) => Text(run, terminal, style).Split('\n');

    /// <summary>As much of a run as came through a remote session: its own values, and its causes in words.</summary>
    private static LoadRun FromProperties(PSObject bag) => new()
    {
        RunId = Value<string>(bag, nameof(LoadRun.RunId)) ?? "",
        Name = Value<string>(bag, nameof(LoadRun.Name)) ?? "",
        ScenarioName = Value<string>(bag, nameof(LoadRun.ScenarioName)) ?? "",
        State = Value<string>(bag, nameof(LoadRun.State)) ?? "",
        StateReason = Value<string>(bag, nameof(LoadRun.StateReason)),
        WorkspaceUrl = Value<string>(bag, nameof(LoadRun.WorkspaceUrl)) ?? "",
        SpaceId = Value<string>(bag, nameof(LoadRun.SpaceId)) ?? "",
        StartedAt = Value<DateTime>(bag, nameof(LoadRun.StartedAt)),
        QuestionCount = Value<int>(bag, nameof(LoadRun.QuestionCount)),
        NotAskedCount = Value<int>(bag, nameof(LoadRun.NotAskedCount)),
        BrokenOffCount = Value<int>(bag, nameof(LoadRun.BrokenOffCount)),
        LeftOut = Value<string>(bag, nameof(LoadRun.LeftOut)),
        SuccessfulCount = Value<int>(bag, nameof(LoadRun.SuccessfulCount)),
        WarmUpSeconds = Value<double>(bag, nameof(LoadRun.WarmUpSeconds)),
        TotalDurationSeconds = Value<double>(bag, nameof(LoadRun.TotalDurationSeconds)),
        AverageQuestionDurationSeconds = Value<double?>(bag, nameof(LoadRun.AverageQuestionDurationSeconds)),
        ThrottleRetryCount = Value<int>(bag, nameof(LoadRun.ThrottleRetryCount)),
        FaultRetryCount = Value<int>(bag, nameof(LoadRun.FaultRetryCount)),
        ThrottleSeconds = Value<double>(bag, nameof(LoadRun.ThrottleSeconds)),
        FaultSeconds = Value<double>(bag, nameof(LoadRun.FaultSeconds)),
        Latency = new RowList<LatencyFigures>([Response(bag)]),
        Health = Health(bag),
        Causes = new RowList<CauseCount>([.. Causes(bag)]),
        Results = new RowList<QuestionResult>([]),
        Plan = new Plan { Name = "", ScenarioName = "", WorkerCount = 1, Seed = 0, Questions = new RowList<PlannedQuestion>([]) },
        RunPath = Value<string>(bag, nameof(LoadRun.RunPath)),
        GenieLoadVersion = Value<string>(bag, nameof(LoadRun.GenieLoadVersion)) ?? "",
    };

    private static LatencyFigures Response(PSObject bag) => new()
    {
        Measure = "Response",
        Kind = MeasureKind.Whole,
        Count = Value<int>(bag, nameof(LoadRun.SuccessfulCount)),
        P50Seconds = Value<double?>(bag, nameof(LoadRun.P50ResponseSeconds)),
        P75Seconds = Value<double?>(bag, nameof(LoadRun.P75ResponseSeconds)),
        P90Seconds = Value<double?>(bag, nameof(LoadRun.P90ResponseSeconds)),
        P95Seconds = Value<double?>(bag, nameof(LoadRun.P95ResponseSeconds)),
        P99Seconds = Value<double?>(bag, nameof(LoadRun.P99ResponseSeconds)),
    };

    /// <summary>The generator's health, read from the words of <see cref="RunHealth.ToString"/>.</summary>
    private static RunHealth? Health(PSObject bag)
    {
        string[] words = $"{bag.Properties[nameof(LoadRun.Health)]?.Value}".Split(": ", 2);
        return words[0].Length == 0 ? null : new RunHealth { Verdict = words[0], Reasons = words.Length > 1 ? words[1] : null };
    }

    /// <summary>The causes, each read from the words of <see cref="CauseCount.ToString"/>.</summary>
    private static IEnumerable<CauseCount> Causes(PSObject bag)
    {
        object? causes = bag.Properties[nameof(LoadRun.Causes)]?.Value;
        IEnumerable items = (causes is PSObject wrapped ? wrapped.BaseObject : causes) as IEnumerable ?? Array.Empty<object>();
        foreach (object? item in items)
        {
            Match words = CauseInWords().Match($"{item}");
            if (!words.Success)
                continue;
            yield return new CauseCount
            {
                Count = int.Parse(words.Groups["count"].ValueSpan, provider: null),
                Outcome = words.Groups["outcome"].Value,
                ErrorType = words.Groups["type"].Success ? words.Groups["type"].Value : null,
            };
        }
    }

    private static T? Value<T>(PSObject bag, string name) =>
        bag.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, out T result) ? result : default;

    [GeneratedRegex(@"^(?<count>\d{1,9}) (?<outcome>\w+)(?: \((?<type>.*)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex CauseInWords();
}
