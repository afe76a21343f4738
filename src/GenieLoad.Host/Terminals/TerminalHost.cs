using System.Globalization;
using System.Management.Automation.Host;

namespace GenieLoad.Host.Terminals;

/// <summary>What the PowerShell engine sees of this program.</summary>
internal sealed class TerminalHost(Terminal terminal) : PSHost
{
    /// <summary>The n of <c>exit n</c>; <see langword="null"/> as long as nothing said it.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "GenieLoad.Host";

    public override Version Version => typeof(TerminalHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public TerminalUserInterface Screen { get; } = new(terminal);

    public override PSHostUserInterface UI => Screen;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void NotifyBeginApplication() => terminal.Hold();

    public override void NotifyEndApplication() => terminal.Resume();

    public override void EnterNestedPrompt() => throw new NotSupportedException("GenieLoad.Host has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("GenieLoad.Host has no prompt.");
}
