using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace GenieLoad.Host.Terminals;

/// <summary>Prints what the engine has to say, in PowerShell's own words, and puts its questions.</summary>
internal sealed class TerminalUserInterface(Terminal terminal) : PSHostUserInterface
{
    private readonly TerminalRawUserInterface _raw = new(terminal);

    /// <summary>While set, whole lines are errors: the engine formats an error that ended a script like any output.</summary>
    public bool PrintsErrors { get; set; }

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => terminal.HasColours;

    public static HostException NobodyToAsk(string what) =>
        new($"The script asks for {what}, and there is nobody to ask: input is redirected or -NonInteractive was given. Hand it over as a parameter.");

    public override void Write(string value) => terminal.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        var colour = (foregroundColor == RawUI.ForegroundColor ? "" : PSStyle.MapForegroundColorToEscapeSequence(foregroundColor))
            + (backgroundColor == RawUI.BackgroundColor ? "" : PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor));
        terminal.Write(value, colour);
    }

    public override void WriteLine(string value)
    {
        if (PrintsErrors)
            WriteErrorLine(value);
        else
            terminal.Write(value + "\n");
    }

    public override void WriteErrorLine(string value) => terminal.WriteErrorLine(value);

    public override void WriteWarningLine(string message) => terminal.WriteStreamLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => terminal.WriteStreamLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => terminal.WriteStreamLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => terminal.ShowProgress(sourceId, record);

    public override string ReadLine()
    {
        if (!terminal.MayAsk)
            throw NobodyToAsk("a line of input");
        return terminal.Read(() => Console.ReadLine() ?? "");
    }

    public override SecureString ReadLineAsSecureString()
    {
        if (!terminal.MayAsk)
            throw NobodyToAsk("a secret");
        return terminal.Read(ReadSecret);
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        if (!terminal.MayAsk)
            throw NobodyToAsk(string.Join(", ", descriptions.Select(field => field.Name)));
        WriteHeading(caption, message);
        return descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Ask(field)));
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!terminal.MayAsk)
            throw NobodyToAsk($"a confirmation ({message})");
        WriteHeading(caption, message);
        var labels = choices.Select(SplitLabel).ToList();
        var menu = string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Text}").Append("[?] Help"));
        if (defaultChoice >= 0)
            menu += $" (default is \"{labels[defaultChoice].Key}\")";
        while (true)
        {
            Write(menu + ": ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            var chosen = labels.FindIndex(label => Same(label.Key, answer) || Same(label.Text, answer));
            if (chosen >= 0)
                return chosen;
            if (answer == "?")
                WriteLine(string.Join("\n", labels.Zip(choices, (label, choice) => $"{label.Key} - {choice.HelpMessage}")));
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        if (!terminal.MayAsk)
            throw NobodyToAsk("a credential");
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => PromptForCredential(caption, message, userName, targetName);

    /// <summary>Asks for one mandatory parameter; a list is asked for line by line until an empty one.</summary>
    private object Ask(FieldDescription field)
    {
        if (field.ParameterTypeFullName == typeof(PSCredential).FullName)
            return PromptForCredential("", "", "", "");
        if (field.ParameterTypeFullName == typeof(SecureString).FullName)
        {
            Write(field.Name + ": ");
            return ReadLineAsSecureString();
        }

        if (!field.ParameterTypeFullName.EndsWith("[]", StringComparison.Ordinal))
        {
            Write(field.Name + ": ");
            return ReadLine();
        }

        var lines = new List<object>();
        while (true)
        {
            Write($"{field.Name}[{lines.Count}]: ");
            var line = ReadLine();
            if (line.Length == 0)
                return lines.ToArray();
            lines.Add(line);
        }
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (var text in new[] { caption, message }.Where(text => !string.IsNullOrEmpty(text)))
            WriteLine(text);
    }

    private static SecureString ReadSecret()
    {
        var secret = new SecureString();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.WriteLine();
                return secret;
            }

            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.AppendChar(key.KeyChar);
        }
    }

    /// <summary><c>Yes to &amp;All</c> is chosen by <c>A</c> and reads "Yes to All".</summary>
    private static (string Key, string Text) SplitLabel(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark < 0 || mark + 1 == choice.Label.Length
            ? (choice.Label, choice.Label)
            : (choice.Label[mark + 1].ToString().ToUpperInvariant(), choice.Label.Remove(mark, 1));
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
