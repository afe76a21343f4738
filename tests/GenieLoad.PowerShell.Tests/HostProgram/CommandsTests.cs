namespace GenieLoad.PowerShell.Tests.HostProgram;

/// <summary>The commands that the host adds to the engine's own. What is expected is what PowerShell 7.6 prints.</summary>
public class CommandsTests
{
    private const string Rows = """
        $rows = 1..4 | ForEach-Object { [pscustomobject]@{ Id = $_; Group = "g$($_ % 2)"; Seconds = 10.0 / $_; Note = $null; More = 'x'; Last = 'y' } }

        """;

    [Fact]
    public void Objects_are_sorted_by_several_keys_and_picked()
    {
        var outcome = Run(Rows + """
            ($rows | Sort-Object Group, Id -Descending | ForEach-Object Id) -join ' '
            ($rows | Sort-Object Group, @{ e = { $_.Id }; Descending = $true } | ForEach-Object Id) -join ' '
            (3, 1, $null, 2 | Sort-Object | ForEach-Object { "<$_>" }) -join ' '
            ('b10', 'B2', 'a' | Sort-Object -Descending) -join ' '
            ($rows | Select-Object -First 2 -Skip 1 -ExpandProperty Id) -join ' '
            ($rows | Select-Object -Last 2 -Skip 1 -ExpandProperty Id) -join ' '
            ($rows | Select-Object -First 0 | ForEach-Object { 'none' }) -join ' '
            """);

        Assert.Equal(["3 1 4 2", "4 2 3 1", "<1> <2> <3>", "B2 b10 a", "2 3", "2 3", ""], outcome);
    }

    [Fact]
    public void Properties_are_picked_by_name_by_wildcard_and_by_calculation()
    {
        var outcome = Run(Rows + """
            $rows | Select-Object -First 2 Id, S*, Nothing, @{ Name = 'Double'; Expression = { $_.Id * 2 } } | Out-Default
            $rows[0] | Select-Object -ExpandProperty Nothing -ErrorVariable missing -ErrorAction SilentlyContinue
            "$($missing.FullyQualifiedErrorId)"
            """);

        Assert.Equal(
            ["", "Id Seconds Nothing Double", "-- ------- ------- ------", " 1   10.00              2", " 2    5.00              4", "",
             "ExpandPropertyNotFound,GenieLoad.Host.Commands.SelectObjectCommand"],
            outcome);
    }

    [Fact]
    public void Tables_and_lists_are_the_engines_own()
    {
        var outcome = Run(Rows + """
            $rows[0..1] | Format-Table Id, Group, @{ n = 'Time'; e = { $_.Seconds }; f = '0.000' }, Note, More, Last -AutoSize
            $rows[0] | Format-List Id, Group
            """);

        Assert.Equal(
            ["", "Id Group   Time Note More Last", "-- -----   ---- ---- ---- ----", " 1 g1    10.000      x    y", " 2 g0     5.000      x    y", "",
             "", "Id    : 1", "Group : g1", ""],
            outcome);
    }

    [Fact]
    public void Paths_are_joined_and_tested()
    {
        var outcome = Run("""
            Join-Path 'a' 'b' 'c.txt'
            Test-Path $PSScriptRoot
            Test-Path $PSCommandPath -PathType Container
            Test-Path $PSCommandPath -PathType Leaf
            Test-Path (Join-Path $PSScriptRoot '*.ps1')
            Test-Path -LiteralPath (Join-Path $PSScriptRoot '*.ps1')
            """);

        Assert.Equal([Path.Combine("a", "b", "c.txt"), "True", "False", "True", "True", "False"], outcome);
    }

    [Fact]
    public void Text_is_written_as_PowerShell_writes_it()
    {
        var outcome = Run("""
            Write-Host 'a' 2 $null @(3, 4)
            Write-Host 1, 2 -Separator '-'
            Write-Host 'no line ' -NoNewline
            'piped' | Write-Host
            @(Write-Output 1 2 (3, 4)).Count
            @(Write-Output -NoEnumerate @(1, 2)).Count
            Write-Output $null | ForEach-Object { 'null' }
            Write-Information 'quiet'
            Write-Information 'notice' -InformationAction Continue
            $text = Write-Host 'host' 6>&1
            "kept $text"
            """);

        Assert.Equal(["a 2  3 4", "1-2", "no line piped", "3", "1", "null", "notice", "kept host"], outcome);
    }

    [Fact]
    public void A_written_error_has_its_id_category_and_target()
    {
        var outcome = Run("""
            Write-Error 'text' -ErrorId 'Mine' -Category InvalidData -TargetObject 42 -ErrorAction SilentlyContinue -ErrorVariable caught
            "$($caught[0].FullyQualifiedErrorId)|$($caught[0].CategoryInfo.Category)|$($caught[0].TargetObject)|$($caught[0])"
            try { Write-Error -Exception ([InvalidOperationException]::new('inner')) -ErrorAction Stop } catch { $_.Exception.GetType().Name }
            """);

        Assert.Equal(["Mine,GenieLoad.Host.Commands.WriteErrorCommand|InvalidData|42|text", "InvalidOperationException"], outcome);
    }

    private static string[] Run(string script)
    {
        var outcome = HostProcess.RunScript(script);
        Assert.Equal(("", 0), (outcome.Error, outcome.ExitCode));
        return outcome.Output[..^1].Split('\n');
    }
}
