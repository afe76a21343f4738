using System.Globalization;
using System.Management.Automation;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>The cells of a scenario's default view, called by the format file.</summary>
public static class ScenarioView
{
    /// <summary>The load in words, then the description, such as <c>at 20/min (Poisson) for 10m; Monday morning</c>.</summary>
    /// <param name="scenario">A scenario, or what a job or a remote session made of one.</param>
    public static string Load(PSObject scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario shown = scenario.BaseObject as Scenario ?? FromProperties(scenario);
        return ShownCell.Line(string.Join("; ", new[] { InWords(shown), shown.Description }.Where(text => text.Length > 0)));
    }

    private static string InWords(Scenario scenario)
    {
        string words = Arrivals(scenario);
        if (scenario.ThinkTime is not null)
            words += $", think time {scenario.ThinkTime}";
        if (scenario.Mode != QuestionMode.Chat)
            words += $", mode {scenario.Mode}{(scenario.ModeWeight is string weights ? $" ({weights})" : "")}";
        return scenario.QuestionsPerMinute is double pace
            ? string.Create(CultureInfo.InvariantCulture, $"{words}, at most {pace:0.##}/min")
            : words;
    }

    private static string Arrivals(Scenario scenario)
    {
        try
        {
            var arrival = Arrival.Of(scenario);
            // A rate alone says nothing of the time; stages and a duration name it themselves.
            double? seconds = scenario.Rate is null ? null : arrival.Span(scenario.QuestionCount / (scenario.TurnsPerConversation ?? 1));
            return seconds is double known ? $"{arrival.Description} for {DurationText.Format(Math.Round(known))}" : arrival.Description;
        }
        catch (GenieLoadException)
        {
            // A scenario from elsewhere may be of a later version.
            return scenario.Arrival;
        }
    }

    private static Scenario FromProperties(PSObject bag)
    {
        T? Value<T>(string name) =>
            bag.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, out T result) ? result : default;
        return new Scenario
        {
            Name = Value<string>(nameof(Scenario.Name)) ?? "",
            QuestionCount = Value<int>(nameof(Scenario.QuestionCount)),
            WorkerCount = Value<int>(nameof(Scenario.WorkerCount)),
            Description = Value<string>(nameof(Scenario.Description)) ?? "",
            Arrival = Value<string>(nameof(Scenario.Arrival)) ?? "",
            DurationSeconds = Value<double?>(nameof(Scenario.DurationSeconds)),
            Rate = Value<string>(nameof(Scenario.Rate)),
            FinalRate = Value<string>(nameof(Scenario.FinalRate)),
            Burstiness = Value<double?>(nameof(Scenario.Burstiness)),
            Stages = Value<string>(nameof(Scenario.Stages)),
            ReplayPath = Value<string>(nameof(Scenario.ReplayPath)),
            UserCount = Value<int?>(nameof(Scenario.UserCount)),
            QuestionsPerUser = Value<int?>(nameof(Scenario.QuestionsPerUser)),
            StaggerSeconds = Value<double?>(nameof(Scenario.StaggerSeconds)),
            TurnsPerConversation = Value<int?>(nameof(Scenario.TurnsPerConversation)),
            ThinkTime = Value<string>(nameof(Scenario.ThinkTime)),
            Mode = Value<string>(nameof(Scenario.Mode)) ?? QuestionMode.Chat,
            ModeWeight = Value<string>(nameof(Scenario.ModeWeight)),
            QuestionsPerMinute = Value<double?>(nameof(Scenario.QuestionsPerMinute)),
        };
    }
}
