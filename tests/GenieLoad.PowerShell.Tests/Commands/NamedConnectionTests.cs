using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Connections as admins name them, and what they paste in the place of ids and tokens.</summary>
[Collection(ModuleCollection.Name)]
public sealed class NamedConnectionTests : IDisposable
{
    private const string Token = "$token = [Net.NetworkCredential]::new('', $simulator.Token).SecurePassword; ";

    private const string Named = "$fin = $simulator | Connect-Genie -Name fin; $hr = $simulator | Connect-Genie -Name 'h r'; ";

    private readonly SimulatedSession _simulated = new(connect: false);
    private readonly EnvironmentScope _environment = new();

    public NamedConnectionTests() => _environment
        .Set("DATABRICKS_CONFIG_FILE", Path.Combine(Path.GetTempPath(), "genieload-none"))
        .Set("GENIE_SPACE_ID", null).Set("DATABRICKS_HOST", null).Set("DATABRICKS_TOKEN", null);

    public void Dispose()
    {
        _environment.Dispose();
        _simulated.Dispose();
    }

    [Fact]
    public void All_open_connections_are_listed_the_current_one_first_and_marked()
    {
        const string List = "Get-GenieConnection | ForEach-Object { \"$($_.Name) $($_.IsCurrent)\" }";

        Assert.Equal(["h r True", "fin False"], Texts(Named + List));
        Assert.Equal(["h r"], Texts("(Get-GenieConnection -Current).Name"));
        Assert.Equal(["fin"], Texts("(Get-GenieConnection F*).Name"));
        Assert.Empty(_simulated.Run("Get-GenieConnection x*").Clean().Output);
        Assert.Equal(["fin False"], Texts("Disconnect-Genie; " + List));
        ErrorRecord error = _simulated.Run("Invoke-GenieQuestion 'A?'").Error;
        Assert.Equal("NotConnected", IdOf(error));
        Assert.Contains("open connections are 'fin'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Select-GenieConnection", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False((bool)_simulated.Run("$hr.IsCurrent").Only);
    }

    [Fact]
    public void Any_open_connection_becomes_the_current_one()
    {
        _simulated.Run(Named + "$plain = $simulator | Connect-Genie").Clean();

        Assert.Empty(_simulated.Run("Select-GenieConnection FIN").Clean().Output);
        Assert.Equal(["fin"], Texts("(Get-GenieConnection -Current).Name"));
        Assert.Equal(["fin True", " False", "h r False"], Texts("Get-GenieConnection | ForEach-Object { \"$($_.Name) $($_.IsCurrent)\" }")
            .OrderByDescending(text => text.EndsWith("True", StringComparison.Ordinal)).ThenBy(text => text, StringComparer.Ordinal));
        Assert.True((bool)_simulated.Run("($plain | Select-GenieConnection -PassThru) -eq (Get-GenieConnection -Current)").Only);
        Assert.Equal(["h r"], Texts("(Select-GenieConnection $hr -PassThru).Name"));
        Assert.Equal(["h r"], Texts("Disconnect-Genie $plain; (Get-GenieConnection -Current).Name"));
        Assert.Equal("ConnectionNotFound", IdOf(_simulated.Run("Select-GenieConnection nope").Error));
        Assert.Equal("ConnectionClosed", IdOf(_simulated.Run("$plain | Select-GenieConnection").Error));
        Assert.Equal(["h r"], Texts("(Get-GenieConnection -Current).Name"));
        _simulated.Run("Disconnect-Genie; Select-GenieConnection fin").Clean();
        Assert.True((bool)_simulated.Run("Invoke-GenieQuestion 'A?' @fast").Only.Success);
    }

    [Fact]
    public void A_connection_of_the_same_name_or_to_the_same_space_takes_the_place_of_the_earlier_one()
    {
        _simulated.Run(Named + "$again = $simulator | Connect-Genie -Name FIN; "
            + "1..3 | ForEach-Object { $last = $simulator | Connect-Genie }").Clean();

        Assert.Equal(3, (int)_simulated.Run("@(Get-GenieConnection).Count").Only);
        Assert.True((bool)_simulated.Run("(Get-GenieConnection fin) -eq $again").Only);
        Assert.True((bool)_simulated.Run("(Get-GenieConnection -Current) -eq $last").Only);
        // Whoever holds the earlier one can use it all the same.
        Assert.Single(_simulated.Run("Get-GenieSpace -Connection $fin").Clean().Output);
    }

    [Theory]
    [InlineData("Get-GenieSpace -Connection fin")]
    [InlineData("Invoke-GenieQuestion 'A?' -Connection FIN @fast")]
    [InlineData("Invoke-GenieLoadTest single_test -Connection fin")]
    [InlineData("Invoke-GenieLoadTest single_test -Connection fin, 'h r'")]
    public void A_name_stands_for_the_connection(string use)
    {
        _simulated.Run(Named).Clean();

        Assert.NotEmpty(_simulated.Run(use).Clean().Output);
        string unknown = use.Replace("fin", "nope", StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ParameterArgumentTransformationError", IdOf(_simulated.Run(unknown).Error));
    }

    [Fact]
    public void A_name_closes_the_connection_and_the_error_of_an_unknown_one_names_those_there_are()
    {
        _simulated.Run(Named + "Disconnect-Genie fin; 'h r' | Disconnect-Genie").Clean();
        Assert.Empty(_simulated.Run("Get-GenieConnection").Clean().Output);

        _simulated.Run(Named).Clean();
        ErrorRecord error = _simulated.Run("Get-GenieConnection nope").Error;
        Assert.Equal("ConnectionNotFound", IdOf(error));
        Assert.Contains("Open connections: fin, h r.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'nope'", _simulated.Run("Resume-GenieLoadTest x -Connection nope").Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-GenieLoadTest -Connection ")]
    [InlineData("Resume-GenieLoadTest -Connection ")]
    [InlineData("Invoke-GenieQuestion -Connection ")]
    [InlineData("Get-GenieSpace -Connection ")]
    [InlineData("Disconnect-Genie -Connection ")]
    [InlineData("Get-GenieConnection -Name ")]
    [InlineData("Select-GenieConnection ")]
    [InlineData("Connect-Genie -Name ")]
    public void Names_complete(string typed) => Assert.Equal(
        ["'h r'", "fin"], Texts(Named + $"(TabExpansion2 '{typed}').CompletionMatches.CompletionText"));

    [Theory]
    [InlineData("Connect-Genie https://a.example -Token 'dapi0123456789'", "DATABRICKS_TOKEN")]
    [InlineData("Connect-Genie https://a.example -ClientId x -ClientSecret 'dapi0123456789'", "DATABRICKS_CLIENT_SECRET")]
    [InlineData("Export-GenieRunToMlflow -TrackingUri http://127.0.0.1 -Token 'dapi0123456789'", "MLFLOW_TRACKING_TOKEN")]
    public void A_secret_in_plain_text_is_refused_with_what_to_do_and_without_the_secret(string script, string variable)
    {
        string text = _simulated.Run(script).Error.ToString();

        Assert.DoesNotContain("dapi", text, StringComparison.Ordinal);
        Assert.All(
            ["ConvertTo-SecureString", "Read-Host -AsSecureString", "Get-Secret", $"$env:{variable}"],
            way => Assert.Contains(way, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_come_without_line_breaks_and_quotes()
    {
        _environment.Set("DATABRICKS_HOST", $"'{_simulated.Uri}'\n").Set("DATABRICKS_TOKEN", $"\"{_simulated.Token}\"\r\n")
            .Set("GENIE_SPACE_ID", $"\n{_simulated.SpaceId}\r\n");

        Assert.Equal(_simulated.SpaceId, (string)_simulated.Run("Connect-Genie").Only.SpaceId);
    }

    [Theory]
    [InlineData("Connect-Genie -Token $token -SpaceId \"$($simulator.Uri)/genie/rooms/$($simulator.SpaceId)?o=1\"")]
    [InlineData("Connect-Genie -Token $token \"$($simulator.Uri)/genie/rooms/$($simulator.SpaceId)?o=1\"")]
    [InlineData("Connect-Genie -Token $token $simulator.Uri \" $($simulator.SpaceId)`n\"")]
    public void The_address_of_a_page_names_space_and_workspace(string connect)
    {
        dynamic connection = _simulated.Run(Token + connect).Only;

        Assert.Equal((_simulated.Uri, _simulated.SpaceId), ((string)connection.WorkspaceUrl, (string)connection.SpaceId));
    }

    [Fact]
    public void The_space_of_a_cmdlet_may_be_the_address_of_its_page_in_this_workspace_only()
    {
        _simulated.Run("$simulator | Connect-Genie; $page = \"$($simulator.Uri)/genie/rooms/$($simulator.SpaceId)?o=1\"").Clean();

        Assert.Equal(_simulated.SpaceId, (string)_simulated.Run("Get-GenieSpace $page").Only.SpaceId);
        Assert.True((bool)_simulated.Run("Invoke-GenieQuestion 'A?' -SpaceId $page @fast").Only.Success);
        Assert.Equal(_simulated.SpaceId, (string)_simulated.Run("Invoke-GenieLoadTest single_test -SpaceId $page").Only.SpaceId);
        long asked = _simulated.QuestionCount;
        string[] uses = ["Get-GenieSpace", "Invoke-GenieQuestion 'A?' -SpaceId", "Invoke-GenieLoadTest single_test -SpaceId"];
        foreach (string use in uses)
            Assert.Equal("SpaceOfAnotherWorkspace", IdOf(_simulated.Run($"{use} https://other.example/genie/rooms/01ef").Error));
        Assert.Equal("SpaceOfAnotherWorkspace", IdOf(_simulated.Run(
            "Connect-Genie $simulator.Uri https://other.example/genie/rooms/01ef -TokenProvider { 'x' }").Error));
        Assert.Equal(asked, _simulated.QuestionCount);
    }

    private string[] Texts(string script) => [.. _simulated.Run(script).Clean().Output.Select(text => (string)text)];

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
