using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>Keeps the text of a console 120 characters wide, without colours, and its progress and questions.</summary>
public sealed class CapturingHostUI : PSHostUserInterface
{
    private readonly StringBuilder _text = new();
    private readonly CapturingRawUI _raw = new();

    /// <summary>Progress records in the order in which they came.</summary>
    public ConcurrentQueue<ProgressRecord> Progress { get; } = new();

    /// <summary>Questions that were asked.</summary>
    public ConcurrentQueue<string> Prompts { get; } = new();

    /// <summary>Index of the answer given to <c>-Confirm</c>: 0 is yes; <see langword="null"/> for Enter.</summary>
    public int? ChoiceAnswer { get; set; } = 0;

    /// <summary>Whether somebody is there to answer; otherwise asking fails, as in a session that is not interactive.</summary>
    public bool CanAsk { get; set; } = true;

    /// <summary>Text shown so far.</summary>
    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => false;

    /// <summary>Takes the text and starts afresh.</summary>
    public string TakeText()
    {
        lock (_text)
        {
            string text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    public override void Write(string value)
    {
        lock (_text)
            _text.Append(GetOutputString(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Enqueue(record);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!CanAsk)
            throw new HostException("Nobody is there to answer.");
        Prompts.Enqueue($"{caption}: {message}");
        return ChoiceAnswer ?? defaultChoice;
    }

    public override string ReadLine() => throw new NotSupportedException("Nobody is there to answer.");

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException("Nobody is there to answer.");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException($"Nobody is there to answer: {string.Join(", ", descriptions.Select(field => field.Name))}.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("Nobody is there to answer.");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new NotSupportedException("Nobody is there to answer.");
}
