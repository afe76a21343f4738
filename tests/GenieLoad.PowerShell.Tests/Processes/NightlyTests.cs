using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary><c>samples/nightly.ps1</c> as cron runs it, night after night.</summary>
public sealed class NightlyTests : IDisposable
{
    private static readonly string Nightly = Path.Combine(BuiltModule.RepositoryRoot, "samples", "nightly.ps1");

    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-nightly-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_night_has_nothing_to_compare_with_and_the_second_has()
    {
        using var mail = new MailServer();
        string mailed = $"-SmtpServer 127.0.0.1 -SmtpPort {mail.Port} -To team@example.com";

        ShellOutcome first = Run($"-Threshold 'FailedCount <= 10' {mailed}");
        ShellOutcome second = Run($"-Threshold 'FailedCount > 10' {mailed}");

        Assert.Contains("This is the first night", first.Output, StringComparison.Ordinal);
        Assert.Equal((PassedUnlessBusy(first), ""), (first.ExitCode, first.Error));
        Assert.Contains("Compared with last night: ", second.Output, StringComparison.Ordinal);
        Assert.Equal(PassedUnlessBusy(second) == 5 ? 5 : 3, second.ExitCode);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "reports"), "report.html", SearchOption.AllDirectories).Length);
        Assert.Contains("RCPT TO:<team@example.com>", mail.Taken, StringComparison.Ordinal);
        string[] subjects = [.. mail.Taken.Split('\n').Where(line => line.StartsWith("Subject: ", StringComparison.Ordinal))];
        Assert.Matches("^Subject: GenieLoad light_load_10q_2s: (passed|run invalid); nothing to compare with", subjects[0]);
        Assert.Matches("^Subject: GenieLoad light_load_10q_2s: (threshold missed|run invalid); [a-z ]+", subjects[1]);
        // In words, and where the reports are.
        Assert.DoesNotContain("NotEnoughData", second.Output + mail.Taken, StringComparison.Ordinal);
        Assert.Contains($"Reports: {Path.Combine(_folder, "reports")}", second.Output, StringComparison.Ordinal);
        Assert.Contains("report.html", mail.Taken, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_nights_go_and_the_ten_newest_stay()
    {
        ShellOutcome outcome = Run("-KeepDays 1 -Threshold 'FailedCount <= 10'");

        Assert.Equal((PassedUnlessBusy(outcome), ""), (outcome.ExitCode, outcome.Error));
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "runs")));
    }

    [Fact]
    public void Unusable_input_is_told_from_other_failures() => Assert.Equal(2, Run("-Scenario nonesuch").ExitCode);

    /// <summary>A busy machine may make a run invalid, whose code is another.</summary>
    private static int PassedUnlessBusy(ShellOutcome outcome) =>
        outcome.Output.Contains("invalid", StringComparison.OrdinalIgnoreCase) ? 5 : 0;

    private ShellOutcome Run(string parameters) => ShellProcess.Run(
        $"& '{Nightly}' -StorePath '{_folder}' -Simulator -Duration 2s {parameters}; exit $LASTEXITCODE");
}
