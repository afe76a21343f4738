using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>Draws the figures of a run for a screen of any size: what fits, the more important first.</summary>
/// <param name="figures">The figures.</param>
/// <param name="budget">What the test may cost at most.</param>
/// <param name="style">Colours and characters of the terminal.</param>
internal sealed class LiveFrame(LiveFigures figures, RunBudget budget, SummaryStyle style)
{
    /// <summary>Fewer columns or lines than this show too little to be of use.</summary>
    public const int LeastWidth = 40;

    /// <summary>As <see cref="LeastWidth"/>, in lines.</summary>
    public const int LeastHeight = 10;

    private const int NameWidth = 14;
    private const int FewestRows = 3;
    private int _width;

    /// <summary>Draws.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines.</param>
    /// <param name="said">What is said besides.</param>
    /// <param name="now">Local time.</param>
    public IReadOnlyList<string> Draw(int width, int height, LiveFoot said, DateTime now)
    {
        _width = width;
        List<string> foot = [];
        if (said.Message is not null)
            foot.Add($"{Line().Add($" {said.Message}", style.Unsure)}");
        // An address that is cut off cannot be opened. It is ours, and no redaction may take its token away.
        foot.AddRange((said.Pinned ?? "").Chunk(width).Select(part => new string(part)));
        if (said.Keys is not null)
            foot.Add($"{Line().Add($" {said.Keys}", style.Dim)}");
        List<string> body = figures.Progress is RunProgress progress
            ? [Title(said.State, progress), Bar(progress, now), "", .. Figures(progress)]
            : [$"{Line().Add($" {figures.Plan.Name}")}"];
        // Above all stands what is going on now; then what went wrong and what was slow, as far as there is room.
        int room = Math.Max(0, height - foot.Count);
        string[] shown = [.. body.Concat(Rows(room - body.Count)).Take(room)];
        return [.. shown, .. Enumerable.Repeat("", room - shown.Length), .. foot];
    }

    private StyledLine Line() => new(_width, style.Reset);

    private string Title(string state, RunProgress progress)
    {
        string right = $"{state}  {Clock(progress.ElapsedSeconds)} ";
        return Line().Add($" {Fitted(figures.Plan.Name, _width - right.Length - 2)}").To(_width - right.Length)
            .Add(right, state == "Running" ? style.Good : style.Unsure).ToString();
    }

    private string Bar(RunProgress progress, DateTime now)
    {
        int cells = Math.Clamp((_width / 2) - 10, 10, 60);
        int full = cells * progress.Percent / 100;
        string left = progress.RemainingSeconds is double seconds && progress.Done < progress.Planned
            ? $", about {ReportNumber.Duration(seconds)} left (until {now.AddSeconds(seconds):HH:mm})" : "";
        return Line().Add(" ").Add(new string(style.HasBlocks ? '\u2588' : '#', full), style.Good)
            .Add(new string(style.HasBlocks ? '\u2591' : '.', cells - full), style.Dim)
            .Add($" {progress.Percent} %  {ReportNumber.Count(progress.Done)} of {ReportNumber.Count(progress.Planned)}{left}").ToString();
    }

    private IEnumerable<string> Figures(RunProgress progress)
    {
        string statuses = RunProgressText.Statuses(progress) is { Length: > 0 } known ? $": {known}" : "";
        yield return Named("In flight").Add($"{ReportNumber.Count(progress.InFlight)} of {progress.WorkerCount}{statuses}").ToString();
        yield return Named("Waiting").Add($"{ReportNumber.Count(progress.Waiting)}{Pace(progress)}").ToString();
        yield return Named("Per minute").Add(PerMinute(progress)).ToString();
        StyledLine response = Named("Response");
        foreach (double percent in (double[])[50, 90])
            Percentile(response, figures.Response(percent), percent);
        yield return response.ToString();
        foreach (string line in Curves())
            yield return line;
        bool isThrottled = figures.ThrottleRetries > 0 || progress.Throttled > 0 || progress.ThrottleSeconds > 0;
        yield return Named("429s").Add(
            isThrottled
                ? $"{ReportNumber.Counted(figures.ThrottleRetries, "retry", "retries")} of ended questions, "
                    + $"{ReportNumber.Duration(progress.ThrottleSeconds)} lost, {ReportNumber.Count(progress.Throttled)} waiting now"
                : "none", isThrottled ? style.Unsure : "").ToString();
        StyledLine outcomes = Named("Outcomes");
        string separator = "";
        foreach ((string outcome, int count) in figures.Outcomes)
        {
            outcomes.Add(separator).Add($"{ReportNumber.Count(count)} {outcome}", outcome == Outcome.Completed ? style.Good : style.Bad);
            separator = ", ";
        }
        yield return (separator.Length == 0 ? outcomes.Add("none yet") : outcomes).ToString();
        if (Budgets(progress) is { Length: > 0 } budgets)
            yield return Named("Budget used").Add(budgets).ToString();
    }

    private StyledLine Named(string name) => Line().Add($" {name}").To(NameWidth);

    private static string Pace(RunProgress progress) => progress.QuestionsPerMinute is double pace
        ? FormattableString.Invariant($", at most {pace:0.###} questions a minute") : "";

    private string PerMinute(RunProgress progress)
    {
        double overall = progress.ElapsedSeconds > 0 ? figures.AnsweredCount * 60 / progress.ElapsedSeconds : 0;
        string offered = figures.OfferedPerMinute() is double rate ? FormattableString.Invariant($", {rate:0.#} planned") : "";
        return FormattableString.Invariant($"{figures.AnsweredPerMinute():0.#} answered{offered}; since the start {overall:0.#} answered");
    }

    private void Percentile(StyledLine line, PercentileFigure? figure, double percent)
    {
        if (figure is null)
        {
            line.Add(percent == 50 ? "no answer yet" : "", style.Dim);
            return;
        }
        string separator = percent == 50 ? "" : "   ";
        line.Add(figure.IsSupported
            ? $"{separator}P{percent} {ReportNumber.Seconds(figure.Seconds)} s "
                + $"({ReportNumber.Range(figure.LowerSeconds, figure.UpperSeconds, ReportNumber.Seconds)})"
            : $"{separator}P{percent} ~{ReportNumber.Seconds(figure.Seconds)} s ({figure.Count} of {figure.NeededCount} answers needed)",
            figure.IsSupported ? "" : style.Dim);
    }

    private IEnumerable<string> Curves()
    {
        IReadOnlyList<double?> upper = figures.Slots.Percentiles(90);
        if (upper.Count < 2)
            yield break;
        double greatest = upper.Max() ?? 1;
        string slot = $"a sign is {ReportNumber.Duration(figures.Slots.SlotSeconds)}, the highest {ReportNumber.Seconds(greatest)} s";
        foreach ((double percent, string remark) in ((double, string)[])[(50, ""), (90, slot)])
        {
            int room = Math.Max(1, _width - NameWidth);
            string curve = Sparkline.Draw(
                figures.Slots.Percentiles(percent).TakeLast(room), greatest <= 0 ? 1 : greatest, style.HasBlocks);
            yield return Named($"  P{percent}").Add(curve).Add(remark.Length == 0 ? "" : $"  {remark}", style.Dim).ToString();
        }
    }

    private string Budgets(RunProgress progress)
    {
        List<string> used = [];
        if (budget.MostQuestions is int questions)
            used.Add($"{ReportNumber.Count(budget.QuestionsBefore + progress.Done + progress.InFlight - progress.LeftOut)} of "
                + ReportNumber.Counted(questions, "question"));
        if (budget.MaximumDurationSeconds is double longest)
            used.Add($"{ReportNumber.Duration(budget.SecondsBefore + progress.ElapsedSeconds)} of {ReportNumber.Duration(longest)}");
        if (budget.MaximumFailures is int failures)
            used.Add($"{figures.FailedNow} of {ReportNumber.Counted(failures, "failure")}");
        if (budget.MaximumFailurePercent is double percent)
        {
            double failed = figures.FailedNow == 0 ? 0 : 100.0 * figures.FailedNow / figures.EndedNow;
            used.Add(FormattableString.Invariant($"{failed:0.#} of {percent:0.##} % failures"));
        }
        if (budget.MaximumThrottleSeconds is double throttle)
            used.Add($"{ReportNumber.Duration(progress.ThrottleSeconds)} of {ReportNumber.Duration(throttle)} lost to 429s");
        return string.Join(", ", used);
    }

    private IEnumerable<string> Rows(int room)
    {
        QuestionResult[] failed = [.. figures.Failed];
        // Each part has a blank line and a head.
        int forFailed = failed.Length == 0 ? 0 : Math.Min(failed.Length, Math.Max(FewestRows, (room / 2) - 2));
        int forSlowest = Math.Min(figures.Slowest.Count, room - (forFailed == 0 ? 0 : forFailed + 2) - 2);
        IEnumerable<string> errors = forFailed == 0 ? [] :
        [
            "", Line().Add($" Last of {ReportNumber.Counted(figures.FailedCount, "failure")}").ToString(),
            .. failed.Take(forFailed).Select(Error),
        ];
        return forSlowest <= 0 ? errors : errors.Concat(
        [
            "", Line().Add(" Slowest answers").ToString(),
            .. figures.Slowest.Take(forSlowest).Select(row => Line()
                .Add($"  {ReportNumber.Seconds(row.ResponseSeconds) + " s",11}  ").Add($"#{row.Index} {row.Question}").ToString()),
        ]);
    }

    private string Error(QuestionResult row) => Line()
        .Add($"  {row.CompletedAt?.ToLocalTime():HH:mm:ss}  ").Add(row.Outcome, style.Bad)
        .Add($" {row.ErrorType}  #{row.Index} {row.ErrorText ?? row.Question}").ToString();

    private static string Fitted(string text, int columns) => text.Length <= columns ? text : text[..Math.Max(0, columns)];

    private static string Clock(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return time.TotalHours >= 1 ? FormattableString.Invariant($"{(int)time.TotalHours}:{time:mm\\:ss}") : $"{time:mm\\:ss}";
    }
}
