using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ScenarioCommandTests : IDisposable
{
    private const string Facts =
        "ForEach-Object { \"$($_.Name)|$($_.QuestionCount)|$($_.DurationSeconds)|$($_.WorkerCount)|$($_.Description)\" }";

    private readonly FolderSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Get_lists_the_seven_scenarios() => Assert.Equal(
        [
            "single_test|1||1|Single question validation",
            "light_load|10|60|3|Light load test",
            "moderate_load|20|30|5|Moderate load test",
            "high_load|35|30|10|High load - 35 questions in 30 seconds",
            "stress_test|50|20|15|Stress test",
            "burst_test|50||20|Burst test (all at once)",
            "sustained_load|100|120|10|Sustained load test",
        ],
        Texts($"Get-GenieScenario | {Facts}"));

    [Theory]
    [InlineData("Get-GenieScenario HIGH_load", "high_load")]
    [InlineData("Get-GenieScenario *_load", "light_load moderate_load high_load sustained_load")]
    [InlineData("Get-GenieScenario burst_test, [sl]i*", "burst_test single_test light_load")]
    [InlineData("'high_load', 'single_test' | Get-GenieScenario", "high_load single_test")]
    [InlineData("Get-GenieScenario high_load | Get-GenieScenario", "high_load")]
    [InlineData("Get-GenieScenario nothing*", "")]
    public void Get_finds_by_name_and_wildcard(string script, string names) =>
        Assert.Equal(names, string.Join(' ', Texts($"{script} | ForEach-Object Name")));

    [Fact]
    public void An_unknown_name_is_an_error_that_names_the_close_one_and_the_next_name_has_its_turn()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieScenario hihg_load, light_load");

        Assert.Equal("UnknownScenario,GenieLoad.PowerShell.Commands.GetGenieScenarioCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, outcome.Error.CategoryInfo.Category);
        Assert.Contains("'high_load'", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("light_load", (string)Assert.Single(outcome.Output).Name);
    }

    [Fact]
    public void A_plan_shows_instants_counts_and_what_percentiles_need()
    {
        dynamic plan = _session.Run("Get-GenieScenario light_load -Plan -Seed 7 -WorkspaceLimit 20").Only;

        Assert.Equal(10, (int)plan.Questions.Count);
        Assert.Equal(54.0, (double)plan.LastSeconds);
        Assert.Equal(54.0, (double)plan.LeastSeconds);
        Assert.Equal(64, ((string)plan.Hash).Length);
        Assert.Equal("P50: 10 of 6 answers", $"{plan.Percentiles[0]}");
        Assert.Equal((string)plan.Hash, (string)_session.Run("(Get-GenieScenario light_load -Plan -Seed 7).Hash").Only);
    }

    [Fact]
    public void The_plan_of_a_scenario_of_one_s_own_comes_through_the_pipe() => Assert.Equal(
        ["mine_4q_60s|2|3"],
        Texts("New-GenieScenario -Name mine -QuestionCount 4 -Duration 60 -WorkerCount 3 | Get-GenieScenario -Plan -Question One, Two | "
            + "ForEach-Object { \"$($_.Name)|$($_.DistinctQuestionCount)|$($_.WorkerCount)\" }"));

    [Fact]
    public void A_plan_with_a_limit_of_nothing_is_refused_with_its_name() => Assert.Equal(
        "InvalidRateLimit,GenieLoad.PowerShell.Commands.GetGenieScenarioCommand",
        _session.Run("Get-GenieScenario light_load -Plan -WorkspaceLimit 0").Error.FullyQualifiedErrorId);

    [Theory]
    [InlineData("Get-GenieScenario ", "single_test light_load moderate_load high_load stress_test burst_test sustained_load")]
    [InlineData("Get-GenieScenario -Name s", "single_test stress_test sustained_load")]
    [InlineData("Get-GenieScenario 'HI", "high_load")]
    public void Scenario_names_complete(string input, string names)
    {
        CommandCompletion completion = Complete(input);

        Assert.Equal(names, string.Join(' ', completion.CompletionMatches.Select(match => match.CompletionText)));
        Assert.All(completion.CompletionMatches, match => Assert.Contains("questions", match.ToolTip, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Name a -QuestionCount 20", "a|20||10|")]
    [InlineData("a 3", "a|3||3|")]
    [InlineData("a 20 60 5 -Description 'Of my own'", "a|20|60|5|Of my own")]
    [InlineData("a 20 -Duration 2m", "a|20|120|10|")]
    [InlineData("a 20 -Duration 00:00:30", "a|20|30|10|")]
    [InlineData("a 20 -Duration ([TimeSpan]::FromSeconds(2.5))", "a|20|2.5|10|")]
    [InlineData("a 20 -Duration immediate", "a|20||10|")]
    [InlineData("a 20 -Duration 0", "a|20||10|")]
    public void New_makes_a_scenario(string arguments, string facts) =>
        Assert.Equal([facts], Texts($"New-GenieScenario {arguments} | {Facts}"));

    [Fact]
    public void New_takes_scenarios_and_table_rows_from_the_pipeline() => Assert.Equal(
        ["more|50|20|15|Stress test", "more|50||20|Burst test (all at once)", "row|7|90|2|", "none|7||7|", "blank|7||3|"],
        Texts(
            $$"""
            & {
                Get-GenieScenario stress_test, burst_test | New-GenieScenario -Name more
                [pscustomobject]@{ Name = 'row'; QuestionCount = '7'; Duration = '90s'; WorkerCount = '2' } | New-GenieScenario
                [pscustomobject]@{ Name = 'none'; QuestionCount = '7'; Duration = $null; WorkerCount = $null } | New-GenieScenario
                [pscustomobject]@{ Name = 'blank'; QuestionCount = '7'; Duration = ''; WorkerCount = 3 } | New-GenieScenario
            } | {{Facts}}
            """));

    [Theory]
    [InlineData("a -Rate 20/min -Duration 10m", "ConstantRate 200 10")]
    [InlineData("a -Arrival poisson -Rate 0.5/s -QuestionCount 7", "Poisson 7 7")]
    [InlineData("a -Stages '10/min for 2m', '30/min for 1m'", "Stages 50 10")]
    [InlineData("a 5 -Threshold 'P90ResponseSeconds < 45', 'SuccessRate >= 90'", "Immediate 5 5")]
    [InlineData("a -UserCount 12 -QuestionsPerUser 5 -ThinkTime 2s-10s -Stagger 1m", "Closed 60 12")]
    [InlineData("a -Rate 2/min -Duration 15m -TurnsPerConversation 3 -QuestionsPerMinute 5 -Overflow shed -WarmUpCount 2",
        "ConstantRate 90 10")]
    public void New_makes_every_shape_and_a_copy_and_a_file_keep_it(string arguments, string facts)
    {
        const string All = "ForEach-Object { $s = $_; ($s.PSObject.Properties | ForEach-Object { \"$($_.Name)=$($_.Value)\" }) -join ';' }";
        string[] lines =
        [
            .. Texts(
                $$"""
                $made = New-GenieScenario {{arguments}}
                "$($made.Arrival) $($made.QuestionCount) $($made.WorkerCount)"
                $made | Export-GenieScenario a.psd1
                $made | {{All}}
                $made | New-GenieScenario | {{All}}
                Import-GenieScenario a.psd1 | {{All}}
                """),
        ];

        Assert.Equal(facts, lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.Equal([lines[1], lines[1]], lines[2..]);
    }

    [Theory]
    [InlineData("a 0", "InvalidQuestionCount", "-QuestionCount is 0")]
    [InlineData("a -5", "InvalidQuestionCount", "-QuestionCount is -5")]
    [InlineData("a 5 -WorkerCount 0", "InvalidWorkerCount", "WorkerCount is 0")]
    [InlineData("a 5 -Duration 31d", "InvalidDuration", "Duration is 2678400")]
    [InlineData("'a b' 5", "InvalidScenarioName", "'a b'")]
    public void New_refuses_what_is_out_of_range(string arguments, string errorId, string words)
    {
        ScriptOutcome outcome = _session.Run($"New-GenieScenario {arguments}");

        Assert.Equal($"{errorId},GenieLoad.PowerShell.Commands.NewGenieScenarioCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Contains(words, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(outcome.Error.ErrorDetails.RecommendedAction);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("psd1")]
    public void Export_and_import_give_the_same_scenarios_to_the_last_bit(string extension)
    {
        const string Make =
            """
            $made = @(
                Get-GenieScenario
                New-GenieScenario third 7 (1 / 3) 2 -Description "It's ‘quoted’, `"twice`": `$null `$(Get-Date) # größer"
            )
            """;
        string exact = Facts.Replace("$_.DurationSeconds", "'{0:R}' -f $_.DurationSeconds", StringComparison.Ordinal);

        ScriptOutcome outcome = _session.Run(
            $$"""
            {{Make}}
            $made | Export-GenieScenario all.{{extension}}
            New-GenieScenario one 1 | Export-GenieScenario one.{{extension}}
            $made | {{exact}}
            '--'
            Import-GenieScenario all.{{extension}} | {{exact}}
            Import-GenieScenario one.{{extension}} | ForEach-Object Name
            """).Clean();

        string[] lines = [.. outcome.Output.Select(line => (string)line)];
        Assert.Equal(8, Array.IndexOf(lines, "--"));
        Assert.Equal(lines[..8], lines[9..17]);
        Assert.Equal("one", lines[^1]);
    }

    [Fact]
    public void Export_does_not_replace_a_file_without_Force()
    {
        _session.Write("a.json", "mine");

        ScriptOutcome refused = _session.Run("Get-GenieScenario high_load | Export-GenieScenario a.json");

        Assert.StartsWith("FileExists,", refused.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_session.File("a.json")));
        dynamic file = _session.Run("Get-GenieScenario high_load | Export-GenieScenario a.json -Force -PassThru").Only;
        Assert.Equal("a.json", (string)file.Name);
        Assert.Contains("high_load", File.ReadAllText(_session.File("a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhatIf_tells_and_writes_nothing()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieScenario *_load | Export-GenieScenario a.psd1 -WhatIf").Clean();

        Assert.Contains("Write 4 scenarios", outcome.Text, StringComparison.Ordinal);
        Assert.Contains(_session.File("a.psd1"), outcome.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_session.Folder));
    }

    [Theory]
    [InlineData("Export-GenieScenario a.yaml -Scenario high_load", "UnknownScenarioFormat")]
    [InlineData("Export-GenieScenario a.json -Scenario high_load, HIGH_LOAD", "DuplicateScenario")]
    [InlineData("Export-GenieScenario none/a.json -Scenario high_load", "FolderNotFound")]
    [InlineData("@() | Export-GenieScenario a.json", "NoScenarioToWrite")]
    public void Export_refuses_what_it_cannot_write(string script, string errorId)
    {
        ScriptOutcome outcome = _session.Run(script);

        Assert.StartsWith($"{errorId},", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_session.Folder));
    }

    [Fact]
    public void Import_reads_wildcards_literal_paths_and_files_from_the_pipeline()
    {
        _session.Write("a.json", """{ "name": "a", "questionCount": 1 }""");
        _session.Write("b.psd1", "@{ name = 'b'; questionCount = 1 } # remark");
        _session.Write("[c].json", """{ "name": "c", "questionCount": 1 }""");

        Assert.Equal("c a", Names("Import-GenieScenario *.json"));
        Assert.Equal("a b", Names("Import-GenieScenario a.json, b.psd1"));
        Assert.Equal("c", Names("Import-GenieScenario -LiteralPath '[c].json'"));
        Assert.Equal("b a", Names("'b.psd1', 'a.json' | Import-GenieScenario"));
        Assert.Equal("a b", Names("[IO.FileInfo]\"$folder/a.json\", [IO.FileInfo]\"$folder/b.psd1\" | Import-GenieScenario"));
        Assert.Equal("c", Names("[pscustomobject]@{ PSPath = \"$folder/[c].json\" } | Import-GenieScenario"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_the_others_their_turn()
    {
        _session.Write("a.json", """{ "name": "a", "questionCount": 1 }""");
        _session.Write("bad.json", "{\n\"name\": \"bad\", \"questionCount\": 0 }");

        ScriptOutcome outcome = _session.Run("Import-GenieScenario none.json, bad.json, a.json");

        Assert.Equal(["FileNotFound", "InvalidQuestionCount"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("bad.json, line 2:", outcome.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.Equal("a", (string)Assert.Single(outcome.Output).Name);
    }

    [Theory]
    [InlineData("@{ Name = 'a'\nQuestionCount = 5; Duration = '2m' }", "a|5|120|5|")]
    [InlineData("@{ Name = 'a'; QuestionCount = 5; Duration = $null; Description = \"two words\" }", "a|5||5|two words")]
    [InlineData("@(@{ Name = 'a'; QuestionCount = 5; Duration = 0.5 })", "a|5|0.5|5|")]
    [InlineData("# remark\n@{ Scenarios = @{ Name = 'a'; QuestionCount = 5 }, @{ Name = 'b'; QuestionCount = 6 } }", "a|5||5| b|6||6|")]
    [InlineData("@{ Scenarios = @(\n@{ Name = 'a'; QuestionCount = 5 }\n@{ Name = 'b'; QuestionCount = 6 }\n) }", "a|5||5| b|6||6|")]
    [InlineData("(@{ Name = 'a'; QuestionCount = (5) })", "a|5||5|")]
    public void A_psd1_file_is_read_as_data(string content, string facts)
    {
        _session.Write("s.psd1", content);

        Assert.Equal(facts, string.Join(' ', Texts($"Import-GenieScenario s.psd1 | {Facts}")));
    }

    [Theory]
    [InlineData("@{ Name = 'a'\nQuestionCount = (Set-Variable -Scope Global -Name harm -Value 1) }", 2)]
    [InlineData("@{ Name = \"$(Set-Variable -Scope Global -Name harm -Value 1)\"; QuestionCount = 5 }", 1)]
    [InlineData("Set-Variable -Scope Global -Name harm -Value 1\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("$global:harm = 1\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("@{ Name = 'a'; QuestionCount = 5 } | Set-Variable -Scope Global -Name harm", 1)]
    [InlineData("@{ Name = 'a'\n\nQuestionCount = & { $global:harm = 1 } }", 3)]
    [InlineData("@{ Name = 'a'; QuestionCount = [Environment]::SetEnvironmentVariable('harm', '1') }", 1)]
    [InlineData("param($harm)\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("begin { $global:harm = 1 } end { @{ Name = 'a'; QuestionCount = 5 } }", 1)]
    [InlineData("using namespace System\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("#Requires -Version 5\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("trap { $global:harm = 1 }\n@{ Name = 'a'; QuestionCount = 5 }", 1)]
    [InlineData("@(trap { $global:harm = 1 }\n@{ Name = 'a'; QuestionCount = 5 })", 1)]
    [InlineData("process { @{ Name = 'a'; QuestionCount = 5 } }", 1)]
    [InlineData("dynamicparam { $global:harm = 1 } end { @{ Name = 'a'; QuestionCount = 5 } }", 1)]
    [InlineData("clean { $global:harm = 1 } end { @{ Name = 'a'; QuestionCount = 5 } }", 1)]
    [InlineData("end { @{ Name = 'a'; QuestionCount = 5 } }", 1)]
    [InlineData("@{ Name = $harm; QuestionCount = 5 }", 1)]
    [InlineData("@{ Name = 'a'; QuestionCount = 5 } &", 1)]
    [InlineData("@(@{ Name = 'a'; QuestionCount = 5 }\n@{ Name = 'b'; QuestionCount = 5 } &)", 2)]
    [InlineData("@{ Name = 'a'; QuestionCount = (5 &) }", 1)]
    [InlineData("@{ Name = 'a'; QuestionCount = 5 } && ($global:harm = 1) &", 1)]
    [InlineData("@{\nName = 'a'; Name = 'b' }", 2)]
    [InlineData("@{\nName = 'a'", 1)]
    public void Nothing_of_a_psd1_file_is_run(string content, int line)
    {
        _session.Write("s.psd1", content);

        ScriptOutcome outcome = _session.Run("Import-GenieScenario s.psd1");

        Assert.StartsWith("InvalidDataFile,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"s.psd1, line {line}: ", outcome.Error.ToString(), StringComparison.Ordinal);
        // The path may be that of any file.
        string told = $"{outcome.Error} {outcome.Error.Exception} {outcome.Error.Exception.InnerException} {outcome.Error.TargetObject}";
        Assert.DoesNotContain("harm", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Name", told, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.False(_session.Run("[bool]$global:harm").Only);
        Assert.Null(Environment.GetEnvironmentVariable("harm"));
    }

    [Fact]
    public void A_bad_field_of_a_psd1_file_is_named_with_its_line()
    {
        _session.Write("s.psd1", "@{\n    Name = 'a'\n    QuesionCount = 5\n}");

        ScriptOutcome outcome = _session.Run("Import-GenieScenario s.psd1");

        Assert.StartsWith("UnknownScenarioField,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "s.psd1, line 3: a scenario has no field 'QuesionCount'. Did you mean 'questionCount'",
            outcome.Error.ToString(), StringComparison.Ordinal);
    }

    private string Names(string script) => string.Join(' ', Texts($"{script} | ForEach-Object Name"));

    private IEnumerable<string> Texts(string script) => _session.Run(script).Clean().Output.Select(line => (string)line);

    private CommandCompletion Complete(string input)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_session.Session.Runspace);
        return CommandCompletion.CompleteInput(input, input.Length, null, shell);
    }
}
