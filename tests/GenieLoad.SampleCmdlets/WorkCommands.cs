using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.SampleCmdlets;

/// <summary>Writes numbers from another thread.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SampleCount")]
[OutputType(typeof(int))]
public sealed class InvokeSampleCountCommand : GenieCmdlet
{
    [Parameter]
    public int Count { get; set; } = 3;

    /// <summary>Counts what the work has written.</summary>
    [Parameter]
    public int[] Written { get; set; } = new int[1];

    /// <summary>Set when the work has ended, however it did.</summary>
    [Parameter]
    public ManualResetEventSlim? Ended { get; set; }

    protected override void Process() => Run(async (channel, stop) =>
    {
        try
        {
            for (int i = 0; i < Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                await channel.WriteAsync(i);
                Written[0]++;
            }
        }
        finally
        {
            Ended?.Set();
        }
    });
}

/// <summary>Says that it has started and then waits until it is stopped.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SampleStop")]
public sealed class WaitSampleStopCommand : GenieCmdlet
{
    [Parameter(Mandatory = true)]
    public ManualResetEventSlim Started { get; set; } = null!;

    [Parameter(Mandatory = true)]
    public ManualResetEventSlim Ended { get; set; } = null!;

    protected override void Process() => Run(async (channel, stop) =>
    {
        channel.Report(new ProgressLine("Waiting", "for the stop"));
        Started.Set();
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            Ended.Set();
        }
    });
}

/// <summary>Shows many progress lines.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SampleProgress")]
public sealed class InvokeSampleProgressCommand : GenieCmdlet
{
    [Parameter]
    public SwitchParameter Fail { get; set; }

    protected override void Process() => Run(async (channel, _) =>
    {
        for (int i = 1; i <= 100; i++)
            channel.Report(new ProgressLine("Counting", $"{i} of 100", i));
        await Task.Yield();
        if (Fail)
            throw new InvalidDataException("as asked");
    });
}

/// <summary>Logs one event of each level through the engine's logger.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SampleLog")]
public sealed class InvokeSampleLogCommand : GenieCmdlet
{
    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>Set once the work has logged everything; the first object is written before and holds the pipeline.</summary>
    [Parameter]
    public ManualResetEventSlim? Logged { get; set; }

    protected override void Process() => Run(async (channel, _) =>
    {
        await channel.WriteAsync("first");
        Log(channel);
        Logged?.Set();
    });

    private void Log(ICmdletChannel channel)
    {
        for (int i = 0; i < Lines; i++)
            channel.Log.Write(new LogEvent(DateTime.UnixEpoch, LogSeverity.Warning, "warned", null));
        foreach (LogSeverity severity in new[] { LogSeverity.Debug, LogSeverity.Information })
        {
            if (channel.Log.IsEnabled(severity))
                channel.Log.Write(new LogEvent(DateTime.UnixEpoch, severity, severity.ToString(), null));
        }
    }
}

/// <summary>Writes to every stream while everything is held back, and then gives it free.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SampleHold")]
public sealed class InvokeSampleHoldCommand : GenieCmdlet
{
    /// <summary>Log lines that are written meanwhile.</summary>
    [Parameter]
    public int LineCount { get; set; } = 1;

    /// <summary>Leaves it to the end of the work.</summary>
    [Parameter]
    public SwitchParameter KeepHolding { get; set; }

    protected override void Process() => Run(async (channel, stop) =>
    {
        List<string> told = [];
        channel.Report(new ProgressLine("Before", "shown"));
        await channel.WriteAsync("before");
        await channel.HoldAsync(told.Add);
        channel.Report(new ProgressLine("Meanwhile", "not shown"));
        await channel.WriteWarningAsync("warned");
        await channel.WriteAsync("held");
        for (int i = 0; i < LineCount; i++)
        {
            // The queue has to be done up to here: it drops lines when it is full.
            if (i % 100 == 0)
                await CmdletChannel.Current!.InvokeAsync(() => i, stop);
            channel.Log.Write(
                new LogEvent(DateTime.UnixEpoch, i == 0 ? LogSeverity.Warning : LogSeverity.Information, $"line {i}", null));
        }
        await channel.WriteErrorAsync(new InvalidOperationException("failed"));
        // Comes back although nothing is shown.
        int seen = await CmdletChannel.Current!.InvokeAsync(() => 1, stop);
        if (!KeepHolding)
            await channel.ReleaseAsync();
        await channel.WriteAsync($"after, {told.Count} told, {seen} done");
    });
}
