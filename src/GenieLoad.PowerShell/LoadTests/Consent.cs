using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>
/// Asks before a load test that is large: every question costs, and nobody should start a thousand by a slip of the finger.
/// </summary>
/// <param name="questionCount">Most questions that need no consent.</param>
/// <param name="duration">Longest expected time that needs none.</param>
internal sealed class Consent(int questionCount, TimeSpan duration)
{
    private const int Yes = 0;
    private const int No = 1;

    /// <summary>Asks where it has to.</summary>
    /// <param name="cmdlet">The cmdlet whose user is asked.</param>
    /// <param name="preview">The plan.</param>
    /// <returns><see langword="false"/> when the user said no, or only pressed Enter.</returns>
    /// <exception cref="GenieLoadException"><c>ConsentNeeded</c>: nobody can be asked here.</exception>
    public bool Given(PSCmdlet cmdlet, PlanPreview preview) => Given(
        cmdlet, preview.QuestionCount, TimeSpan.FromSeconds(preview.LeastSeconds),
        FormattableString.Invariant($"The test asks {preview.QuestionCount:#,0} questions"),
        FormattableString.Invariant($", at {preview.QuestionsPerMinuteLimit:0.##} questions a minute"));

    /// <summary>Asks where it has to.</summary>
    /// <param name="cmdlet">The cmdlet whose user is asked.</param>
    /// <param name="count">Questions that it asks.</param>
    /// <param name="expected">Least time that it takes; zero where nobody knows.</param>
    /// <param name="what">What it does, in words.</param>
    /// <param name="pace">How fast, in words; empty for no pace.</param>
    /// <returns><see langword="false"/> when the user said no, or only pressed Enter.</returns>
    /// <exception cref="GenieLoadException"><c>ConsentNeeded</c>: nobody can be asked here.</exception>
    public bool Given(PSCmdlet cmdlet, int count, TimeSpan expected, string what, string pace = "")
    {
        if (ReasonOf(count, expected, what, pace) is not string reason)
            return true;
        // Not ShouldContinue, whose default is Yes: an Enter too many would start the test.
        Collection<ChoiceDescription> choices =
        [
            new("&Yes", "Run the test."),
            new("&No", "Ask nothing."),
        ];
        try
        {
            return cmdlet.Host.UI.PromptForChoice(
                "Large load test",
                $"{reason} Every question is billed and counts toward the workspace's rate limit. Run the test?", choices, No) == Yes;
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            // Every host has an exception of its own for it; pwsh with its input closed has a null reference.
            throw LoadTestErrors.ConsentNeeded(reason);
        }
    }

    private string? ReasonOf(int count, TimeSpan expected, string what, string pace)
    {
        bool isMany = count > questionCount;
        bool isLong = expected > duration;
        if (!isMany && !isLong)
            return null;
        string most = isMany ? FormattableString.Invariant($", more than {questionCount:#,0}") : "";
        string longest = isLong ? $", more than {InWords(duration)}" : "";
        string least = expected > TimeSpan.Zero ? $" It takes at least {InWords(expected)}{longest}{pace}." : "";
        return $"{what}{most}.{least} Genie: {PlanCost.GenieText(count)}, plus warehouse time.";
    }

    private static string InWords(TimeSpan time) => time.TotalSeconds switch
    {
        < 120 => FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):0} seconds"),
        < 7200 => FormattableString.Invariant($"{Math.Ceiling(time.TotalMinutes):0} minutes"),
        < 2 * 86_400 => FormattableString.Invariant($"{time.TotalHours:0.#} hours"),
        _ => FormattableString.Invariant($"{time.TotalDays:0.#} days"),
    };
}
