using System.Globalization;
using System.Management.Automation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>
/// Asks before a load test that is large: every question costs, and nobody should start a thousand by a slip of the finger.
/// </summary>
/// <param name="questionCount">Most questions that need no consent.</param>
/// <param name="duration">Longest expected time that needs none.</param>
internal sealed class Consent(int questionCount, TimeSpan duration)
{
    /// <summary>Asks where it has to.</summary>
    /// <param name="cmdlet">The cmdlet whose user is asked.</param>
    /// <param name="preview">The plan.</param>
    /// <returns><see langword="false"/> when the user said no.</returns>
    /// <exception cref="GenieLoadException"><c>ConsentNeeded</c>: nobody can be asked here.</exception>
    public bool Given(PSCmdlet cmdlet, PlanPreview preview)
    {
        if (ReasonOf(preview) is not string reason)
            return true;
        try
        {
            return cmdlet.ShouldContinue(
                $"{reason} Every question is billed and counts against the workspace's rate limit. Run the test?", "Large load test");
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            // Every host has an exception of its own for it; pwsh with its input closed has a null reference.
            throw LoadTestErrors.ConsentNeeded(reason);
        }
    }

    private string? ReasonOf(PlanPreview preview)
    {
        var expected = TimeSpan.FromSeconds(preview.LeastSeconds);
        if (preview.QuestionCount > questionCount)
            return FormattableString.Invariant($"The test asks {preview.QuestionCount:#,0} questions, more than {questionCount:#,0}.");
        return expected > duration
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The test takes {expected.TotalMinutes:0} minutes at the least at {preview.QuestionsPerMinuteLimit:0.##} questions a "
                + $"minute, more than {duration.TotalMinutes:0}.")
            : null;
    }
}
