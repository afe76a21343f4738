using System.Globalization;
using GenieLoad.PowerShell.Tests.Commands;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>What a user's own dates pick out, east and west of Greenwich.</summary>
[Collection(ModuleCollection.Name)]
public sealed class DateTests : IDisposable
{
    private readonly RunStoreFolder _store = new();

    private (string, string) Home => ("GENIELOAD_HOME", _store.Home);

    public void Dispose() => _store.Dispose();

    private string AddRun(double hoursAgo) => _store.Add(
        $"{DateTime.UtcNow.AddHours(-hoursAgo).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-load{hoursAgo * 10:0}-0001");

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Honolulu")]
    [InlineData("UTC")]
    public void Runs_older_than_two_hours_are_those_and_no_others(string zone)
    {
        if (OperatingSystem.IsWindows())
            return;
        string[] kept = [AddRun(0.5), AddRun(1.5)];
        string[] removed = [AddRun(2.5), AddRun(13), AddRun(30)];

        ShellOutcome outcome = ShellProcess.Run(
            "Get-GenieRun | Where-Object StartedAt -lt (Get-Date).AddHours(-2) | Remove-GenieRun -Confirm:$false",
            Home, ("TZ", zone));

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.All(kept, folder => Assert.True(Directory.Exists(folder)));
        Assert.All(removed, folder => Assert.False(Directory.Exists(folder)));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "11/24/2026 09:24:55 Local")]
    [InlineData("Pacific/Honolulu", "11/23/2026 09:24:55 Local")]
    public void A_run_shows_the_time_of_the_place_and_its_export_utc(string zone, string shown)
    {
        if (OperatingSystem.IsWindows())
            return;
        _store.Add();
        string json = _store.InHome("x.json");
        string csv = _store.InHome("x.csv");

        ShellOutcome outcome = ShellProcess.Run(
            $$"""
            $run = Get-GenieRun -Latest
            "$($run.StartedAt) $($run.StartedAt.Kind)"
            $run | Export-GenieRun -Path '{{json}}', '{{csv}}'
            """,
            Home, ("TZ", zone));

        Assert.Equal((0, shown, ""), (outcome.ExitCode, outcome.Output.Trim(), outcome.Error));
        Assert.Contains("\"startedAt\": \"2026-11-23T19:24:55Z\"", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.DoesNotContain("+14:00", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.Contains("2026-11-23T19:24:5", File.ReadAllText(csv), StringComparison.Ordinal);
    }
}
