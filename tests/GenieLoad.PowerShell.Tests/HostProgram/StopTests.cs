namespace GenieLoad.PowerShell.Tests.HostProgram;

public class StopTests
{
    // The script itself waits for ever, without a clock.
    private const string Endless = "try { [Console]::Out.WriteLine('ready'); while ($true) { $null = [Threading.Thread]::Yield() } } finally { [Console]::Out.WriteLine('cleaned up') }";
    private const string Deaf = "[Console]::Out.WriteLine('ready'); [Threading.ManualResetEventSlim]::new($false).Wait()";

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_stops_the_script_cleanly(string signal, int expected)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var script = new ScriptFile(Endless);
        using var host = HostProcess.Start(script.Path);
        host.AwaitLine("ready");

        host.Signal(signal);
        var outcome = host.Finish();

        Assert.Equal((expected, "cleaned up\n", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Fact]
    public void A_second_signal_ends_a_script_that_does_not_stop()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var script = new ScriptFile(Deaf);
        using var host = HostProcess.Start(script.Path);
        host.AwaitLine("ready");

        // Two of one kind that come close together are one to the system; of two kinds, either may be handled first.
        host.Signal("INT");
        host.Signal("TERM");

        Assert.Contains(host.Finish().ExitCode, (int[])[130, 143]);
    }
}
