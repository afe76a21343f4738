using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>The table of promises names tests that are there.</summary>
public sealed partial class PromiseTests
{
    [Fact]
    public void Every_test_that_keeps_a_promise_is_there()
    {
        string root = BuiltModule.RepositoryRoot;
        string[] named = [.. TestName().Matches(File.ReadAllText(Path.Combine(root, "docs", "promises.md")))
            .Select(match => match.Groups[1].Value)];
        HashSet<string> tests = [.. Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))];

        Assert.True(named.Length > 50);
        Assert.DoesNotContain(named, name => !tests.Contains(name));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_\\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\[(?:Fact|Theory|InlineData|MemberData|BrowserFact)[^\n]*\]\s+public (?:async Task|Task|void) (\w+)\(")]
    private static partial Regex Method();
}
