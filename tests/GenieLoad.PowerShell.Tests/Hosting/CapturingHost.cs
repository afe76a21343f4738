using System.Globalization;
using System.Management.Automation.Host;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>A console that nobody sees: keeps what is written and answers what is asked.</summary>
public sealed class CapturingHost : PSHost
{
    private readonly Guid _id = Guid.NewGuid();

    /// <summary>What the console shows and asks.</summary>
    public CapturingHostUI Console { get; } = new();

    /// <summary>The number given to <c>exit</c>, if a script has called it.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "GenieLoad tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId => _id;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override PSHostUserInterface UI => Console;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
