using System.Management.Automation;
using System.Net;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ConnectionTests : IDisposable
{
    private readonly SimulatedSession _simulated = new(connect: false);
    private readonly EnvironmentScope _environment = new();
    private readonly string _profiles = Path.GetTempFileName();

    public ConnectionTests() => _environment.Set("DATABRICKS_CONFIG_FILE", _profiles).Set("GENIE_SPACE_ID", null);

    public void Dispose()
    {
        _environment.Dispose();
        _simulated.Dispose();
        File.Delete(_profiles);
    }

    [Fact]
    public void A_simulator_is_connected_to_through_the_pipe_and_becomes_the_current_connection()
    {
        dynamic connection = _simulated.Run("$simulator | Connect-Genie").Only;

        Assert.Equal(
            (_simulated.Uri, _simulated.SpaceId, "Simulated space", "Simulator", true),
            ((string)connection.WorkspaceUrl, (string)connection.SpaceId, (string)connection.SpaceTitle, (string)connection.Credential,
                (bool)connection.IsSimulator));
        Assert.Same((object)connection, (object)_simulated.Run("Get-GenieConnection").Only);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_workspace_is_connected_to_with_a_token_and_a_space()
    {
        dynamic connection = Connect("-WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Token $token").Only;

        Assert.Equal(("Token parameter", false), ((string)connection.Credential, (bool)connection.IsSimulator));
    }

    [Fact]
    public void Without_a_space_the_workspace_alone_is_checked()
    {
        Assert.Null((string?)Connect("-WorkspaceUrl $simulator.Uri -Token $token").Only.SpaceId);
        Assert.Equal("NoSpace", IdOf(_simulated.Run("Invoke-GenieQuestion 'How many?'").Error));
        Assert.Equal("NoSpace", IdOf(_simulated.Run("Invoke-GenieLoadTest single_test").Error));
        Assert.Equal(0, _simulated.QuestionCount);
        Assert.True((bool)_simulated.Run("Invoke-GenieQuestion 'How many?' -SpaceId $simulator.SpaceId @fast").Only.Success);
    }

    [Fact]
    public void The_environment_says_what_is_not_given()
    {
        _environment.Set("DATABRICKS_HOST", _simulated.Uri).Set("DATABRICKS_TOKEN", _simulated.Token)
            .Set("GENIE_SPACE_ID", _simulated.SpaceId);

        dynamic connection = _simulated.Run("Connect-Genie").Only;

        Assert.Equal(
            (_simulated.Uri, _simulated.SpaceId, "DATABRICKS_TOKEN"),
            ((string)connection.WorkspaceUrl, (string)connection.SpaceId, (string)connection.Credential));
    }

    [Fact]
    public void A_parameter_comes_before_the_environment()
    {
        _environment.Set("DATABRICKS_HOST", "https://nobody.invalid").Set("DATABRICKS_TOKEN", "stale").Set("GENIE_SPACE_ID", "nowhere");

        dynamic connection = Connect("$simulator.Uri $simulator.SpaceId -Token $token").Only;

        Assert.Equal((_simulated.Uri, "Token parameter"), ((string)connection.WorkspaceUrl, (string)connection.Credential));
    }

    [Fact]
    public void A_named_profile_gives_workspace_and_token_whatever_the_environment_says()
    {
        File.WriteAllText(_profiles,
            $"[DEFAULT]\nhost = https://nobody.invalid\ntoken = stale\n[lab]\nhost = {_simulated.Uri}\ntoken = {_simulated.Token}\n");
        _environment.Set("DATABRICKS_HOST", "https://nobody.invalid").Set("DATABRICKS_TOKEN", "stale");

        dynamic connection = _simulated.Run("Connect-Genie -Profile lab").Only;

        Assert.Equal((_simulated.Uri, "Profile lab"), ((string)connection.WorkspaceUrl, (string)connection.Credential));
    }

    [Fact]
    public void Profiles_are_completed_by_name_with_their_host()
    {
        File.WriteAllText(_profiles, "[DEFAULT]\nhost = https://a.example\n[staging]\nhost = https://b.example\n[Stable]\n");

        ScriptOutcome outcome = _simulated.Run("(TabExpansion2 'Connect-Genie -Profile st' 25).CompletionMatches").Clean();

        Assert.Equal(["staging", "Stable"], outcome.Output.Select(match => (string)match.CompletionText));
        Assert.Equal("https://b.example", (string)outcome.Output[0].ToolTip);
        File.WriteAllText(_profiles, "no section = here");
        Assert.False((bool)_simulated.Run(
            "'staging' -in (TabExpansion2 'Connect-Genie -Profile st' 25).CompletionMatches.CompletionText").Only);
    }

    [Theory]
    [InlineData("", "MissingWorkspaceUrl", "DATABRICKS_HOST")]
    [InlineData("-WorkspaceUrl https://", "InvalidWorkspaceUrl", "not a web address")]
    [InlineData("-WorkspaceUrl http://example.com -Token $token", "InvalidWorkspaceUrl", "never over a network")]
    [InlineData("-WorkspaceUrl ftp://example.com -Token $token", "InvalidWorkspaceUrl", "'ftp'")]
    [InlineData("-WorkspaceUrl https://me:word@example.com -Token $token", "InvalidWorkspaceUrl", "user name or password")]
    [InlineData("-WorkspaceUrl $simulator.Uri", "MissingCredential", "There is no credential")]
    [InlineData("-WorkspaceUrl $simulator.Uri -Token $blank", "InvalidToken", "Token parameter")]
    [InlineData("-Profile nowhere", "ProfileNotFound", "It has: lab, bare.")]
    [InlineData("-Profile bare", "MissingCredential", "There is no credential")]
    [InlineData("-WorkspaceUrl $simulator.Uri -Token $wrong", "WorkspaceRefusedToken", "HTTP 401")]
    [InlineData("-WorkspaceUrl $simulator.Uri -SpaceId nowhere -Token $token", "SpaceNotFound", "'nowhere'")]
    public void What_is_wrong_is_said_by_name_and_nothing_is_asked(string parameters, string errorId, string text)
    {
        File.WriteAllText(_profiles, "[lab]\nhost = https://a.example\ntoken = t\n[bare]\nhost = https://b.example\n");

        ScriptOutcome outcome = Connect(parameters);

        Assert.Equal(errorId, IdOf(outcome.Error));
        Assert.Contains(text, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(outcome.Error.ErrorDetails.RecommendedAction));
        Assert.Empty(_simulated.Run("Get-GenieConnection").Clean().Output);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_profile_file_that_is_not_there_is_named()
    {
        _environment.Set("DATABRICKS_CONFIG_FILE", _profiles + ".none");

        ErrorRecord error = _simulated.Run("Connect-Genie -Profile lab").Error;

        Assert.Equal("ProfileFileNotFound", IdOf(error));
        Assert.Contains($"'lab' is wanted, and there is no profile file '{_profiles}.none'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("DATABRICKS_CONFIG_FILE", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"No access to the space."}""", "AccessDenied", "No access to the space.")]
    [InlineData(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Not an id."}""", "SpaceNotFound", "Not an id.")]
    [InlineData(200, "<html>Sign in</html>", "UnexpectedAnswer", "cannot be used")]
    public void A_refusal_of_the_workspace_comes_with_its_own_words(int status, string body, string errorId, string text)
    {
        using var service = new RefusingService(status, body);

        ErrorRecord error = Connect($"-WorkspaceUrl {service.Uri} -SpaceId 01ef -Token $token").Error;

        Assert.Equal(errorId, IdOf(error));
        Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_is_not_there_is_unreachable_and_every_try_says_so()
    {
        ScriptOutcome outcome = Connect($"-WorkspaceUrl http://127.0.0.1:{RefusingService.FreePort()} -SpaceId 01ef -Token $token");
        ErrorRecord error = outcome.Error;

        Assert.Equal(
            ["retry 1 of 2", "retry 2 of 2"],
            outcome.Warnings.Select(text => text[text.IndexOf("retry", StringComparison.Ordinal)..][..12]));

        Assert.Equal("WorkspaceUnreachable", IdOf(error));
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains("given up after 2 retries", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_connection_opens_nothing_wherever_it_is_held()
    {
        _simulated.Run("$held = Connect-Genie -Simulator $simulator").Clean();
        Assert.Empty(_simulated.Run("Disconnect-Genie; Get-GenieConnection; Disconnect-Genie").Clean().Output);
        long calls = _simulated.CallCount;

        foreach (string use in new[] { "Get-GenieSpace", "Invoke-GenieQuestion 'How many?'", "Invoke-GenieLoadTest single_test" })
        {
            Assert.Equal("ConnectionClosed", IdOf(_simulated.Run($"{use} -Connection $held").Error));
            Assert.Equal("NotConnected", IdOf(_simulated.Run(use).Error));
        }
        Assert.Equal(calls, _simulated.CallCount);
    }

    [Fact]
    public void Closing_another_connection_leaves_the_current_one()
    {
        _simulated.Run("$first = Connect-Genie -Simulator $simulator; $second = Connect-Genie -Simulator $simulator").Clean();

        Assert.True((bool)_simulated.Run("$first | Disconnect-Genie; (Get-GenieConnection) -eq $second").Only);
        Assert.Equal("ConnectionClosed", IdOf(_simulated.Run("Get-GenieSpace -Connection $first").Error));
        Assert.Single(_simulated.Run("Get-GenieSpace").Clean().Output);
    }

    [Fact]
    public void Each_session_has_its_own_current_connection()
    {
        using var other = new SimulatedSession();
        _simulated.Run("Connect-Genie -Simulator $simulator").Clean();

        Assert.Equal(_simulated.Uri, (string)_simulated.Run("Get-GenieConnection").Only.WorkspaceUrl);
        Assert.Equal(other.Uri, (string)other.Run("Get-GenieConnection").Only.WorkspaceUrl);
        _simulated.Run("Invoke-GenieQuestion 'How many?' @fast").Clean();
        Assert.Equal((1L, 0L), (_simulated.QuestionCount, other.QuestionCount));
        _simulated.Run("Disconnect-Genie").Clean();
        Assert.Equal(other.Uri, (string)other.Run("Get-GenieConnection").Only.WorkspaceUrl);
    }

    [Fact]
    public void Spaces_are_listed_by_title_and_got_by_id()
    {
        using var several = new SimulatedSession("-SpaceCount 120 -SpaceTitle Sales");

        Assert.Equal(120, several.Run("Get-GenieSpace").Clean().Output.Count);
        Assert.Equal("Sales 7", (string)several.Run("Get-GenieSpace -Title 'sales 7'").Only.Title);
        Assert.Equal(several.SpaceId, (string)several.Run("$simulator.SpaceId | Get-GenieSpace").Only.SpaceId);
        ScriptOutcome mixed = several.Run("Get-GenieSpace nowhere, $simulator.SpaceId");
        Assert.Equal("SpaceNotFound", IdOf(mixed.Error));
        Assert.Equal(several.SpaceId, (string)Assert.Single(mixed.Output).SpaceId);
        Assert.Equal(0, several.QuestionCount);
    }

    private ScriptOutcome Connect(string parameters)
    {
        _simulated.Session.Set("token", new NetworkCredential("", _simulated.Token).SecurePassword);
        _simulated.Session.Set("wrong", new NetworkCredential("", "dapi-wrong").SecurePassword);
        _simulated.Session.Set("blank", new NetworkCredential("", " ").SecurePassword);
        return _simulated.Run("Connect-Genie " + parameters);
    }

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
