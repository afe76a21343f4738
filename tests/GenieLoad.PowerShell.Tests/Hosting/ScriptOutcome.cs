using System.Management.Automation;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>What a script has written, stream by stream.</summary>
public sealed class ScriptOutcome
{
    /// <summary>Objects on the output, unwrapped; <c>dynamic</c>, since their types are the module's and not the tests'.</summary>
    public required IReadOnlyList<dynamic> Output { get; init; }

    /// <summary>Errors, the one that ended the script last.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>Text that went to the console: what <c>Out-Default</c>, <c>Write-Host</c> and <c>-WhatIf</c> show.</summary>
    public required string Text { get; init; }

    /// <summary>What ended the script before its end; <see langword="null"/> when it ran through.</summary>
    public Exception? TerminatedBy { get; init; }

    public PSInvocationState State { get; init; }

    /// <summary>The one object on the output of a script that made no error.</summary>
    public dynamic Only => Assert.Single(Clean().Output);

    /// <summary>The one error.</summary>
    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>Fails the test when there were errors.</summary>
    public ScriptOutcome Clean()
    {
        IEnumerable<string> lines = Errors.Select(error => $"{error} [{error.FullyQualifiedErrorId}] {error.Exception}");
        Assert.True(Errors.Count == 0, string.Join("\n", lines));
        return this;
    }
}
