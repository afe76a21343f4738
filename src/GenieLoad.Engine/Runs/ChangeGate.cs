using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Cleans a change that was read from a file: what we write ourselves holds no secret and nothing that steers a terminal.
/// </summary>
internal static class ChangeGate
{
    private static readonly RedactedRecord<RunChange> Texts = new();

    /// <summary>The same change, without secrets, on one line that any terminal may show.</summary>
    /// <param name="read">One that nobody else has seen yet.</param>
    public static RunChange Redact(RunChange read)
    {
        RunChange redacted = Texts.Redact(read);
        return redacted with { Change = PrintableText.Line(redacted.Change) };
    }
}
