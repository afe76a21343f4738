using System.Text;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Every feature with secrets that can be found again, and then a search through everything that was shown or written.</summary>
[Collection(ModuleCollection.Name)]
public sealed class SecretsTests : IDisposable
{
    private readonly FolderSession _session = new();

    public void Dispose()
    {
        _session.Run("Stop-GenieSimulator -All");
        foreach (string name in new[] { "DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET", "DATABRICKS_CONFIG_FILE" })
            Environment.SetEnvironmentVariable(name, null);
        _session.Dispose();
    }

    [Fact]
    public void No_secret_is_shown_or_written_whatever_is_done_and_whatever_goes_wrong()
    {
        _session.Run(
            """
            $DebugPreference = 'Continue'; $VerbosePreference = 'Continue'
            $sim = Start-GenieSimulator -TimeScale 200 -ServerErrorShare 0.2 -ExpiredShare 0.2 -RateLimitPerMinute 100 -RetryAfterSeconds 1
            function Hide($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; $s }
            """).Clean();
        string token = (string)_session.Run("$sim.Token").Only;
        string secret = (string)_session.Run("$sim.ClientSecret").Only;
        _session.Write("profiles", $"[own]\nhost = {_session.Run("$sim.Uri").Only}\ntoken = {token}\n");
        var shown = new StringBuilder();

        foreach (string script in Scripts)
        {
            ScriptOutcome outcome = _session.Run("$at = @{ WorkspaceUrl = $sim.Uri; SpaceId = $sim.SpaceId }\n" + script);
            Note(shown, outcome);
        }
        foreach (string file in Directory.EnumerateFiles(_session.Folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) != "profiles")
                shown.Append(File.ReadAllText(file));
        }

        string all = shown.ToString();
        // The scripts did what they should, or the search means nothing.
        Assert.Contains("QuestionId", all, StringComparison.Ordinal);
        Assert.Contains("retry 1 of", all, StringComparison.Ordinal);
        Assert.Contains("TokenRefused", all, StringComparison.Ordinal);
        Assert.Contains("WorkspaceRefusedToken", all, StringComparison.Ordinal);
        foreach (string marked in new[] { token, secret, "sim-oauth-", "marked-wrong" })
        {
            int at = all.IndexOf(marked, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? "" : $"'{marked}' in: …{all[Math.Max(0, at - 200)..Math.Min(all.Length, at + 100)]}…");
        }
    }

    [Fact]
    public void A_service_that_repeats_the_token_and_steers_terminals_brings_neither_to_anybody()
    {
        const string token = "6160-marked-token-0616";
        using var service = new EchoingService();
        _session.Session.Set("uri", service.Uri);
        _session.Run(
            """
            $DebugPreference = 'Continue'; $VerbosePreference = 'Continue'
            function Hide($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; $s }
            """).Clean();
        var shown = new StringBuilder();
        var written = new StringBuilder();

        foreach (string script in EchoScripts)
        {
            ScriptOutcome outcome = _session.Run(script.Replace("TOKEN", token));
            Note(shown, outcome);
            foreach (System.Management.Automation.ErrorRecord error in outcome.Errors)
                written.AppendLine($"{error} {error.TargetObject} {error.ErrorDetails?.RecommendedAction} {error.Exception}");
            written.AppendJoin('\n', [.. outcome.Warnings, .. outcome.Verbose, .. outcome.Debug, outcome.Text]);
            written.AppendJoin('\n', outcome.Progress.Select(record => record.ToString()));
        }
        foreach (string file in Directory.EnumerateFiles(_session.Folder, "*", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            shown.Append(text);
            // The JSON of a run is data; everything else is read by people.
            if (Path.GetExtension(file) is not (".json" or ".jsonl"))
                written.Append(text);
        }

        string all = shown.ToString();
        Assert.Contains("TYPE_***", all, StringComparison.Ordinal);
        Assert.Contains("BAD_***", all, StringComparison.Ordinal);
        Assert.Contains("name ***", all, StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(token);
        string[] marked =
            [token, Convert.ToBase64String(bytes)[..20], Convert.ToBase64String([0, .. bytes])[2..20],
                Convert.ToBase64String([0, 0, .. bytes])[3..20]];
        Assert.All(marked, one => AssertNowhere(one, all));
        string people = written.ToString();
        Assert.Contains("\u27E8U+001B\u27E9]0;owned", people, StringComparison.Ordinal);
        Assert.All((string[])["\u001b]0;", "\u0007", "\u009b", "\u202e"], steering => AssertNowhere(steering, people));
    }

    private static void AssertNowhere(string marked, string all)
    {
        int at = all.IndexOf(marked, StringComparison.Ordinal);
        Assert.True(at < 0, at < 0 ? "" : $"'{marked}' in: …{all[Math.Max(0, at - 300)..Math.Min(all.Length, at + 100)]}…");
    }

    private static readonly string[] EchoScripts =
    [
        "Connect-Genie -WorkspaceUrl $uri -SpaceId 01ef -Token (Hide TOKEN) | Out-Default",
        "Get-GenieSpace | Out-Default; Get-GenieConnection | Out-Default",
        "$answers = 1..4 | ForEach-Object { Invoke-GenieQuestion 'How many?' -LogPath log.txt }; $answers; $answers | Out-Default",
        "$run = Invoke-GenieLoadTest single_test -QuestionCount 9 -WorkerCount 3 -Duration 0 -RunPath runs -LogPath "
            + "log.txt; $run; $run | Out-Default",
        "$run.Results; $run.Results | Out-Default; $run.Causes; $run.Causes | Out-Default; $run.Slices | Out-Default",
        "'csv', 'json', 'jsonl', 'xml', 'md', 'html' | ForEach-Object { $run | Export-GenieRun -Path \"run.$_\" }",
        "Get-GenieRun -RunPath runs; Get-GenieRun -RunPath runs | Out-Default; Compare-GenieRun $run $run | Out-Default; "
            + "Test-GenieRun $run 'SuccessRate > 99' | Out-Default",
    ];

    private static readonly string[] Scripts =
    [
        "Connect-Genie @at -Token (Hide $sim.Token)",
        "Connect-Genie @at -ClientId $sim.ClientId -ClientSecret (Hide $sim.ClientSecret); Get-GenieConnection",
        "Get-GenieSpace; Invoke-GenieQuestion 'How many?' -LogPath log.txt -RefreshExpiredResult",
        "Invoke-GenieLoadTest single_test -QuestionCount 12 -WorkerCount 4 -Duration 0 -RunPath runs -LogPath log.txt",
        "Invoke-GenieLoadTest light_load -WhatIf",
        "Get-GenieRun -RunPath runs | ForEach-Object { $_ | Export-GenieRun -Path run.csv; $_ | Export-GenieRun -Path run.json; "
            + "$_ | Export-GenieRun -Path run.jsonl }",
        "Connect-Genie @at -ClientId $sim.ClientId -ClientSecret (Hide marked-wrong-secret)",
        "Connect-Genie @at -Token (Hide marked-wrong-token)",
        "Connect-Genie @at -Token (Hide 'marked-wrong token')",
        "Connect-Genie @at -Token (Hide marked-wrong-1) -ClientId a -ClientSecret (Hide marked-wrong-2)",
        "Connect-Genie @at -TokenProvider { $sim.Token } -Verbose -Debug; Get-GenieConnection",
        "Connect-Genie @at -TokenProvider { throw \"client_secret=$($sim.ClientSecret)\" }",
        "$env:DATABRICKS_CONFIG_FILE = \"$folder/profiles\"; Connect-Genie -Profile own -SpaceId $sim.SpaceId; Connect-Genie -Profile none",
        "$env:DATABRICKS_TOKEN = $sim.Token; $env:DATABRICKS_CLIENT_SECRET = $sim.ClientSecret; Connect-Genie -WorkspaceUrl $sim.Uri",
        "Connect-Genie @at -Token (Hide $sim.Token) | Disconnect-Genie",
    ];

    private static void Note(StringBuilder shown, ScriptOutcome outcome)
    {
        foreach (object value in outcome.Output)
        {
            shown.AppendLine($"{value}");
            foreach (System.Reflection.PropertyInfo property in value.GetType().GetProperties()
                .Where(property => property.GetIndexParameters().Length == 0))
                shown.AppendLine($"{property.Name}={property.GetValue(value)}");
        }
        foreach (System.Management.Automation.ErrorRecord error in outcome.Errors)
            shown.AppendLine($"{error} {error.FullyQualifiedErrorId} {error.TargetObject} {error.ErrorDetails?.RecommendedAction} "
                + $"{error.Exception}");
        shown.AppendJoin('\n', [.. outcome.Warnings, .. outcome.Verbose, .. outcome.Debug, .. outcome.Information, outcome.Text]);
        shown.AppendJoin('\n', outcome.Progress.Select(record => record.ToString()));
    }
}
