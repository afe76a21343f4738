using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Pipeline;

[Collection(ModuleCollection.Name)]
public sealed class StopTests : IDisposable
{
    private readonly PowerShellSession _session = new(importSamples: true);
    private readonly ManualResetEventSlim _started = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly int[] _written = new int[1];

    public StopTests()
    {
        _session.Set("started", _started);
        _session.Set("ended", _ended);
        _session.Set("written", _written);
    }

    public void Dispose()
    {
        _session.Dispose();
        _started.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public void Stopping_the_pipeline_stops_the_work_and_leaves_no_error()
    {
        using RunningScript script = _session.Start("Wait-SampleStop -Started $started -Ended $ended; 'went on'");
        Sync.Await(_started, "the work to start");

        script.Stop();

        ScriptOutcome outcome = script.Finish();
        Assert.True(_ended.IsSet);
        Assert.Equal(PSInvocationState.Stopped, outcome.State);
        Assert.IsType<PipelineStoppedException>(outcome.TerminatedBy);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void The_session_is_usable_after_a_stop()
    {
        using (RunningScript script = _session.Start("Wait-SampleStop -Started $started -Ended $ended"))
        {
            Sync.Await(_started, "the work to start");
            script.Stop();
        }

        Assert.Equal([0, 1, 2], _session.Run("Invoke-SampleCount").Clean().Output.Select(value => (int)value));
    }

    [Theory]
    [InlineData("Invoke-SampleCount -Count 1000000 -Written $written -Ended $ended | Select-SampleFirst")]
    [InlineData("foreach ($x in 1) { Invoke-SampleCount -Count 1000000 -Written $written -Ended $ended | ForEach-Object { $_; break } }")]
    public void Work_stops_when_nobody_downstream_wants_more(string script)
    {
        ScriptOutcome outcome = _session.Run(script).Clean();

        Assert.Equal(0, outcome.Only);
        Assert.True(_ended.IsSet);
        Assert.InRange(_written[0], 1, 999_999);
    }

    [Fact]
    public void An_error_downstream_stops_the_work()
    {
        ScriptOutcome outcome = _session.Run(
            "Invoke-SampleCount -Count 1000000 -Written $written -Ended $ended | ForEach-Object { throw 'enough' }");

        Assert.Equal("enough", outcome.Error.Exception.Message);
        Assert.True(_ended.IsSet);
        Assert.InRange(_written[0], 1, 999_999);
    }

    [Fact]
    public void A_slow_pipeline_holds_the_work_back()
    {
        _session.Set("reader", new Func<int>(() => _written[0]));

        ScriptOutcome outcome = _session.Run(
            """
            Invoke-SampleCount -Count 5000 -Written $written |
                ForEach-Object { $ahead = $reader.Invoke() - $_; if ($ahead -gt 1100) { $ahead } }
            """);

        Assert.Empty(outcome.Clean().Output);
        Assert.Equal(5000, _written[0]);
    }
}
