using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.SampleCmdlets;

/// <summary>Where a failure is thrown.</summary>
public enum FailurePlace
{
    Begin,
    Process,
    Work,
    Attempt,
    Channel,
}

/// <summary>Fails in the asked place.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SampleFailure")]
public sealed class InvokeSampleFailureCommand : GenieCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public FailurePlace Place { get; set; }

    [Parameter]
    public ErrorKind Kind { get; set; }

    /// <summary>Thrown in place of GenieLoad's own error.</summary>
    [Parameter]
    public Exception? Exception { get; set; }

    protected override void Begin()
    {
        if (Place == FailurePlace.Begin)
            throw Failure();
    }

    protected override void Process()
    {
        switch (Place)
        {
            case FailurePlace.Process:
                throw Failure();
            case FailurePlace.Work:
                Run((_, _) => Task.FromException(Failure()));
                break;
            case FailurePlace.Attempt:
                Attempt(() => throw Failure());
                WriteObject("went on");
                break;
            case FailurePlace.Channel:
                Run(async (channel, _) => await channel.WriteErrorAsync(Failure()));
                WriteObject("went on");
                break;
        }
    }

    private Exception Failure() =>
        Exception ?? new GenieLoadException("SampleFailed", Kind, "The sample failed.", "Ask for less.", target: "the target");
}

/// <summary>Gives back the duration it was given.</summary>
[Cmdlet(VerbsCommon.Get, "SampleDuration")]
[OutputType(typeof(TimeSpan))]
public sealed class GetSampleDurationCommand : GenieCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [DurationTransformation]
    public TimeSpan Duration { get; set; }

    protected override void Process() => WriteObject(Duration);
}

/// <summary>Gives back the files that paths name.</summary>
[Cmdlet(VerbsCommon.Get, "SamplePath")]
[OutputType(typeof(string))]
public sealed class GetSamplePathCommand : GenieCmdlet
{
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    [Parameter]
    public string? LiteralPath { get; set; }

    [Parameter]
    public string? Target { get; set; }

    protected override void Process()
    {
        if (Path is not null)
            WriteObject(Paths.Files(Path), enumerateCollection: true);
        if (LiteralPath is not null)
            WriteObject(Paths.LiteralFile(LiteralPath));
        if (Target is not null)
            WriteObject(Paths.Target(Target));
    }
}

/// <summary>Ends the pipeline above it after one object, in the way of Select-Object -First 1.</summary>
[Cmdlet(VerbsCommon.Select, "SampleFirst")]
public sealed class SelectSampleFirstCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        // The exception that Select-Object throws is internal to PowerShell.
        Type type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(type, this)!;
    }
}
