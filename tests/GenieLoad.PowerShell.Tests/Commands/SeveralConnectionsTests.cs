using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class SeveralConnectionsTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public SeveralConnectionsTests() => _simulated.Run(
        "$other = Start-GenieSimulator -TimeScale 200 -SpaceTitle Sales; $a = Connect-Genie -Simulator $simulator -Name mine; "
        + "$b = Connect-Genie -Simulator $other").Clean();

    public void Dispose() => _simulated.Dispose();

    [Fact]
    public void One_test_asks_two_spaces_by_weight_and_every_row_names_its_own()
    {
        dynamic run = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 12 -Connection $a, $b -ConnectionWeight 3, 1 -Seed 1 @fast").Only;

        string[] names = [.. ((IEnumerable<dynamic>)run.Results).Select(row => (string)row.Connection)];
        Assert.Equal((9, 3), (names.Count(name => name == "mine"), names.Count(name => name == "Sales")));
        Assert.Equal(9, _simulated.QuestionCount);
        Assert.Equal(3L, (long)_simulated.Run("(Get-GenieSimulator -Id $other.Id).QuestionCount").Only);
        Assert.Equal(
            "mine 9, Sales 3",
            string.Join(", ", _simulated.Run("(Get-GenieRun -Latest).Slices | Where-Object Slice -eq Connection").Clean().Output
                .Select(slice => $"{slice.Key} {slice.Count}").Order(StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_plan_shows_the_shares_and_a_single_connection_is_named_too()
    {
        Assert.Contains(
            "Connections:    mine 5, Sales 5",
            _simulated.Run("Invoke-GenieLoadTest light_load -Connection $a, $b -WhatIf").Clean().Text, StringComparison.Ordinal);
        Assert.Equal("mine", (string)_simulated.Run("(Invoke-GenieLoadTest single_test -Connection $a @fast).Results[0].Connection").Only);
        Assert.Equal("Sales", (string)_simulated.Run("(Invoke-GenieLoadTest single_test @fast).Results[0].Connection").Only);
        Assert.Equal("mine", (string)_simulated.Run("$a.Name").Only);
    }

    [Theory]
    [InlineData("-Connection $a, $b -ConnectionWeight 1, 2, 3", "WrongWeightCount", "3 weights for 2 connections")]
    [InlineData("-Connection $a, $b -ConnectionWeight 1, 0", "InvalidConnectionWeight", "ConnectionWeight is 0")]
    [InlineData("-ConnectionWeight 1", "WrongWeightCount", "1 weight for 0 connections")]
    [InlineData("-Connection $a, $a", "ConnectionTwice", "'mine' is given twice")]
    [InlineData("-Connection $a, (Connect-Genie -Simulator $other -Name MINE)", "ConnectionNameTwice", "'MINE'")]
    [InlineData("-Connection $a, $b -SpaceId x", "OneSpaceForSeveralConnections", "'x'")]
    [InlineData("-Connection $a, (Connect-Genie $other.Uri -Token $token)", "ConnectionWithoutSpace", "has no space")]
    [InlineData("-Connection $a, $closed", "ConnectionClosed", "is closed")]
    public void What_cannot_be_is_refused_before_anything_is_sent(string parameters, string errorId, string text)
    {
        _simulated.Run("$token = [System.Security.SecureString]::new(); $other.Token.ToCharArray().ForEach{ $token.AppendChar($_) }; "
            + "$closed = Connect-Genie -Simulator $other -Name closed; Disconnect-Genie $closed").Clean();
        ScriptOutcome outcome = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 4 @fast " + parameters);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
        Assert.DoesNotContain(_simulated.Run("Get-GenieRun").Clean().Output, run => (int)run.QuestionCount == 4);
    }
}
