using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>A plan in a few lines of text, as <c>-WhatIf</c> and the default view show it.</summary>
public static class PlanPreviewText
{
    private const int MostMinutes = 10;
    private const int MostInstants = 8;
    private const int NameWidth = 16;
    private const int LeastColumns = 40;

    // What PowerShell writes before the first line: "What if: ".
    private const int LongestLead = 9;

    /// <summary>Columns of the widest line.</summary>
    public const int MostColumns = 100;

    /// <summary>The lines, without a line break after the last.</summary>
    /// <param name="preview">The preview.</param>
    /// <param name="width">Columns that a line may have, at most <see cref="MostColumns"/>; 0 or less where that is not known.</param>
    /// <param name="more">What else the test comes with: names and texts of further lines.</param>
    public static string Format(PlanPreview preview, int width = 0, params (string Name, string Text)[] more)
    {
        ArgumentNullException.ThrowIfNull(preview);
        int columns = width <= 0 ? MostColumns : Math.Clamp(width, LeastColumns, MostColumns);
        string hash = (preview.Hash is string whole ? $", hash {whole[..12]}" : "")
            + (preview.Shard is string shard ? $", shard {shard}" : "");
        // Names of scenarios and connections come from files.
        IEnumerable<string> lines =
        [
            .. WrappedText.Lines(
                PrintableText.Line($"Plan of {preview.Name} (scenario {preview.ScenarioName}, seed {preview.Seed}{hash})"),
                columns - LongestLead),
            .. Rows(preview).Concat(more.Select(row => (row.Name + ":", row.Text))).SelectMany(row => WrappedText.Hanging(
                $"  {row.Item1.PadRight(NameWidth)}", PrintableText.Line(row.Item2), columns)),
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<(string Name, string Text)> Rows(PlanPreview preview)
    {
        string warmUp = preview.WarmUpCount > 0 ? Text($", of which {preview.WarmUpCount} warm up") : "";
        string users = preview.UserCount is int count ? Text($", {count} {(count == 1 ? "user" : "users")}") : "";
        string mode = QuestionModes.InWords(preview.Questions) is string words ? $"; {words}" : "";
        yield return ("Questions:", Text($"{preview.QuestionCount}{warmUp}, {preview.DistinctQuestionCount} different{mode}"));
        yield return ("Arrivals:", $"{preview.Arrival}{users}; due {Instants(preview)}");
        if (preview.Connections.Count > 0)
            yield return ("Connections:", Shares(preview));
        yield return ("Conversations:", Text($"{preview.ConversationCount}"));
        yield return ("Workers:", Text($"{preview.WorkerCount}"));
        yield return ("Per minute:", Minutes(preview));
        yield return ("Percentiles:", Percentiles(preview));
        string workspace = HasSeveralWorkspaces(preview) ? " per workspace" : "";
        string least = Text($"at least {Span(preview.LeastSeconds)} at {preview.QuestionsPerMinuteLimit:0.##} questions a minute")
            + workspace;
        yield return ("Takes:", !preview.ExceedsLimit ? least
            : preview.IsPaced ? $"{least}; the plan has more, so questions wait for their turn"
            : $"{least}; the plan asks for more, so expect 429s and waiting");
        foreach ((string, string) row in PlanCost.Rows(preview))
            yield return row;
    }

    private static string Shares(PlanPreview preview) =>
        string.Join(", ", preview.Connections.Select(connection => $"{connection.Name} {connection.QuestionCount}"));

    /// <summary>The first instants and the last, each with the number of questions due then where they are several.</summary>
    private static string Instants(PlanPreview preview)
    {
        (double Instant, int Count)[] all =
            [.. preview.Questions.GroupBy(question => question.PlannedSeconds)
                .OrderBy(due => due.Key).Select(due => (due.Key, due.Count()))];
        string earliest = preview.FollowsAnswers ? ", at the earliest" : "";
        if (all.Length == 1)
            return preview.QuestionCount == 1 ? $"at {Due(all[0])} s{earliest}" : $"all at once{earliest}";
        string shown = all.Length <= MostInstants
            ? string.Join(", ", all.Select(Due))
            : $"{string.Join(", ", all[..(MostInstants - 2)].Select(Due))} ... {Due(all[^1])}";
        return $"at {shown} s{earliest}";
    }

    private static string Due((double Instant, int Count) due) => string.Create(
        CultureInfo.InvariantCulture, $"{(due.Count == 1 ? "" : $"{due.Count} x ")}{due.Instant:0.##}");

    private static bool HasSeveralWorkspaces(PlanPreview preview) =>
        preview.Connections.Select(connection => connection.WorkspaceUrl).Distinct().Skip(1).Any();

    /// <summary>The first minutes, those without a question too; of a longer plan also the busiest and how long it is.</summary>
    private static string Minutes(PlanPreview preview)
    {
        int length = preview.Minutes[^1].Minute;
        Dictionary<int, int> known = preview.Minutes.ToDictionary(minute => minute.Minute, minute => minute.QuestionCount);
        string counts = string.Join(
            ", ", Enumerable.Range(1, Math.Min(length, MostMinutes)).Select(minute => known.GetValueOrDefault(minute)));
        if (length <= MostMinutes)
            return counts;
        MinuteCount busiest = preview.Minutes.MaxBy(minute => minute.QuestionCount)!;
        return Text($"{counts}, ... ({length:#,0} minutes; at most {busiest.QuestionCount:#,0}, in minute {busiest.Minute:#,0})");
    }

    /// <summary>Such as <c>P50, P75 supported by 35 answers; P90 needs 36 (7.2 min), P95 72 (14.4 min)</c>.</summary>
    private static string Percentiles(PlanPreview preview)
    {
        string[] carried = [.. preview.Percentiles.Where(figure => figure.IsSupported).Select(Name)];
        string[] missing =
        [
            .. preview.Percentiles.Where(figure => !figure.IsSupported).Select((figure, place) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Name(figure)} {(place == 0 ? "needs " : "")}{figure.NeededCount} ({Span(figure.LeastSeconds)})")),
        ];
        int answers = preview.QuestionCount - preview.WarmUpCount;
        string basis = string.Create(CultureInfo.InvariantCulture, $"{answers} {(answers == 1 ? "answer" : "answers")}");
        List<string> parts = [carried.Length == 0 ? $"none supported by {basis}" : $"{string.Join(", ", carried)} supported by {basis}"];
        if (missing.Length > 0)
            parts.Add(string.Join(", ", missing));
        return string.Join("; ", parts);
    }

    private static string Name(PlannedPercentile figure) => string.Create(CultureInfo.InvariantCulture, $"P{figure.Percentile:0.###}");

    /// <summary>Seconds, or minutes from two on.</summary>
    internal static string Span(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
