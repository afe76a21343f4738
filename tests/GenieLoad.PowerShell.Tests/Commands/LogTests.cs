using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>What is said of retries, and that the token is said nowhere.</summary>
[Collection(ModuleCollection.Name)]
public sealed partial class LogTests : IDisposable
{
    // Refuses every fourth call. Which, is drawn by the seed, the question's text and the number of the call: no matter of time.
    private readonly SimulatedSession _simulated = new("-Seed 5 -ServerErrorShare 0.25 -ServerErrorStatus 503");
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    public LogTests() => _simulated.Session.Set("folder", _folder);

    public void Dispose()
    {
        _simulated.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Retries_are_told_in_the_verbose_stream_and_in_the_log_file_and_the_token_nowhere()
    {
        File.WriteAllText(Path.Combine(_folder, "genie.log"), "An earlier test's line\n");

        ScriptOutcome outcome = _simulated.Run(
            """
            Get-GenieConnection
            $run = Invoke-GenieLoadTest -QuestionCount 4 -Seed 3 -LogPath $folder/genie.log -RunPath $folder -Verbose -Debug @fast
            $run
            $run | Export-GenieRun -Path $folder/a.csv, $folder/a.json
            """).Clean();

        dynamic run = outcome.Output[1];
        int retries = run.FaultRetryCount;
        Assert.NotEqual(0, retries);
        Assert.Equal(4, _simulated.QuestionCount);
        string[] told = [.. outcome.Verbose.Where(line => Retry().IsMatch(line))];
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "genie.log"));
        Assert.Contains(told, line => line.Contains("of StartConversation", StringComparison.Ordinal));
        Assert.Equal("An earlier test's line", lines[0]);
        string[] logged = [.. lines.Where(line => Retry().IsMatch(line))];
        Assert.Equal(retries, told.Length);
        Assert.Equal(told, logged.Select(line => line[(line.IndexOf("Information ", StringComparison.Ordinal) + "Information ".Length)..]));
        Assert.All(logged, line => Assert.True(
            DateTime.TryParseExact(
                line[..24], "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal,
                out DateTime instant)
            && instant >= ((DateTime)run.StartedAt).AddSeconds(-1), line));
        AssertNowhere(_simulated.Token, outcome);
    }

    [Fact]
    public void A_token_that_is_refused_is_said_nowhere()
    {
        const string Secret = "dapi-0123456789-marked";
        _simulated.Session.Set("secret", new NetworkCredential("", Secret).SecurePassword);

        ScriptOutcome outcome = _simulated.Run(
            "Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Token $secret -Verbose -Debug");

        Assert.StartsWith("WorkspaceRefusedToken,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        AssertNowhere(Secret, outcome);
    }

    private void AssertNowhere(string secret, ScriptOutcome outcome)
    {
        IEnumerable<string> values = outcome.Output.SelectMany(
            value => ((IEnumerable<PSPropertyInfo>)PSObject.AsPSObject((object)value).Properties)
            .Select(property => $"{property.Name} {property.Value}"));
        IEnumerable<string> streams =
        [
            .. values, .. outcome.Verbose, .. outcome.Debug, .. outcome.Warnings, .. outcome.Information, outcome.Text,
            .. outcome.Errors.Select(error => $"{error} {error.Exception} {error.ErrorDetails?.RecommendedAction} {error.TargetObject}"),
            .. outcome.Progress.Select(record => $"{record.Activity} {record.StatusDescription}"),
        ];
        Assert.DoesNotContain(streams, text => text.Contains(secret, StringComparison.Ordinal));
        string[] files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"Question \d+: retry \d+ of 5 of \w+ in \d+\.\d\d s after \S+ \(HTTP 503\)")]
    private static partial Regex Retry();
}
