using System.Globalization;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>A plan in a few lines of text, as <c>-WhatIf</c> shows it.</summary>
public static class PlanPreviewText
{
    private const int MostMinutes = 10;

    /// <summary>The lines, without a line break after the last.</summary>
    /// <param name="preview">The preview.</param>
    public static string Format(PlanPreview preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        StringBuilder text = new();
        string spread = preview.DurationSeconds is null
            ? "all at once"
            : string.Create(CultureInfo.InvariantCulture, $"first at 0 s, last at {preview.LastSeconds:0.##} s");
        Append(text, $"Plan of {preview.Name} (scenario {preview.ScenarioName}, seed {preview.Seed})\n");
        Append(text, $"  Questions:      {preview.QuestionCount}, {preview.DistinctQuestionCount} different; {spread}\n");
        Append(text, $"  Conversations:  {preview.ConversationCount}\n");
        Append(text, $"  Workers:        {preview.WorkerCount}\n");
        Append(text, $"  Per minute:     {Minutes(preview)}\n");
        Append(text, $"  At {preview.QuestionsPerMinuteLimit:0.##} questions per minute: about {Span(preview.LeastSeconds)}");
        if (preview.ExceedsLimit && preview.IsPaced)
            text.Append("; the plan has more, so questions wait for their turn");
        else if (preview.ExceedsLimit)
            text.Append("; the plan asks for more, so expect 429s and waiting");
        return text.ToString();
    }

    private static string Minutes(PlanPreview preview)
    {
        string counts = string.Join(", ", preview.Minutes.Take(MostMinutes).Select(minute => minute.QuestionCount));
        return preview.Minutes.Count <= MostMinutes ? counts : $"{counts}, ... ({preview.Minutes.Count} minutes)";
    }

    private static string Span(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min");

    private static void Append(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}
