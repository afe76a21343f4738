using System.Management.Automation;

namespace GenieLoad.PowerShell.Commands;

/// <summary>What is done with the answers of a load test.</summary>
public sealed partial class InvokeGenieLoadTestCommand
{
    /// <summary>Checks answers against the expected SQL of their questions.</summary>
    [Parameter(HelpMessage = "Run the expected SQL of the questions before and after the test, and compare each answer with its result.")]
    public SwitchParameter CheckAnswer { get; set; }
}
