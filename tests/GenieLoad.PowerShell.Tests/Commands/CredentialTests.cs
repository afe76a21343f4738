using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class CredentialTests : IDisposable
{
    private readonly FolderSession _session = new();

    public CredentialTests() => _session.Run(
        """
        $sim = Start-GenieSimulator -TimeScale 100
        function Hide($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; $s }
        $at = @{ WorkspaceUrl = $sim.Uri; SpaceId = $sim.SpaceId }
        """).Clean();

    public void Dispose()
    {
        _session.Run("Stop-GenieSimulator -All");
        foreach (string name in new[] { "TOKEN", "CLIENT_ID", "CLIENT_SECRET", "AUTH_TYPE" })
            Environment.SetEnvironmentVariable("DATABRICKS_" + name, null);
        _session.Dispose();
    }

    [Theory]
    [InlineData("-Token (Hide $sim.Token)", "Token parameter")]
    [InlineData("-ClientId $sim.ClientId -ClientSecret (Hide $sim.ClientSecret)", "OAuth client *(ClientId parameter)")]
    [InlineData("-Credential ([pscredential]::new($sim.ClientId, (Hide $sim.ClientSecret)))", "OAuth client *(ClientId parameter)")]
    [InlineData("-TokenProvider { $sim.Token }", "TokenProvider parameter")]
    [InlineData("-TokenProvider { Hide $sim.Token }", "TokenProvider parameter")]
    [InlineData("-TokenProvider { [pscustomobject]@{ Token = Hide $sim.Token; ExpiresOn = [DateTimeOffset]::Now.AddHours(1) } }",
        "TokenProvider *")]
    public void Every_way_to_give_a_credential_opens_the_space_and_answers_a_question(string parameters, string description)
    {
        dynamic connection = _session.Run($"Connect-Genie @at {parameters}").Only;
        _session.Session.Set("said", (string)connection.Credential);

        Assert.True((bool)_session.Run($"$said -like '{description}'").Only);
        Assert.True((bool)_session.Run("(Invoke-GenieQuestion 'How many customers?').Success").Only);
    }

    [Fact]
    public void The_environment_gives_client_id_and_secret()
    {
        _session.Run("$env:DATABRICKS_CLIENT_ID = $sim.ClientId; $env:DATABRICKS_CLIENT_SECRET = $sim.ClientSecret").Clean();

        Assert.Contains("DATABRICKS_CLIENT_ID", (string)_session.Run("Connect-Genie @at").Only.Credential, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Token (Hide x12) -ClientId a -ClientSecret (Hide b)", "TwoCredentials")]
    [InlineData("-ClientId a", "IncompleteCredential")]
    [InlineData("-ClientId a -Credential ([pscredential]::new('b', (Hide c)))", "GivenTwice")]
    [InlineData("-TokenProvider { 'x' } -Token (Hide y)", "GivenTwice")]
    [InlineData("-AuthType nonsense", "UnknownAuthType")]
    [InlineData("-ClientId $sim.ClientId -ClientSecret (Hide wrong-secret)", "TokenRefused")]
    [InlineData("-TokenProvider { }", "TokenProviderUnusable")]
    [InlineData("-TokenProvider { 1, 2 }", "TokenProviderUnusable")]
    [InlineData("-TokenProvider { throw 'the vault is closed' }", "TokenProviderFailed")]
    [InlineData("-TokenProvider { 'not-the-token' }", "WorkspaceRefusedToken")]
    public void What_is_wrong_with_a_credential_has_its_own_error(string parameters, string id)
    {
        ScriptOutcome outcome = _session.Run($"Connect-Genie @at {parameters}");

        Assert.StartsWith(id + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", outcome.Error.ToString() + outcome.Error.Exception, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-GenieConnection").Clean().Output);
    }

    [Fact]
    public void A_token_script_runs_on_the_pipeline_of_the_cmdlet_that_needs_it_and_only_then()
    {
        _session.Run("$global:threads = @(); Connect-Genie @at -TokenProvider { $global:threads += "
            + "[Environment]::CurrentManagedThreadId; $sim.Token }").Clean();
        _session.Run("Get-GenieSpace").Clean();

        ScriptOutcome outcome = _session.Run("$threads.Count; $sim.Token | Get-Member -Name Length -ErrorAction Ignore | Out-Null");
        Assert.Equal(1, (int)outcome.Output[0]);
    }

    [Fact]
    public void A_token_script_is_asked_again_before_its_token_ends()
    {
        ScriptOutcome outcome = _session.Run(
            """
            $global:asked = 0
            $soon = { $global:asked++; [pscustomobject]@{ Token = $sim.Token; ExpiresOn = [DateTimeOffset]::Now.AddSeconds(1) } }
            Connect-Genie @at -TokenProvider $soon | Out-Null
            Get-GenieSpace | Out-Null
            Invoke-GenieQuestion 'How many customers?' | Out-Null
            $asked
            """).Clean();

        Assert.InRange((int)outcome.Output[^1], 3, 100);
    }

    [Fact]
    public void Kinds_are_completed() => Assert.Equal(
        ["azure-msi", "azure-client-secret", "azure-cli"],
        _session.Run("(TabExpansion2 'Connect-Genie -AuthType az' 26).CompletionMatches.CompletionText")
            .Clean().Output.Select(text => (string)text));
}
