namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>Rules over many things fail with all that is wrong, not with the first.</summary>
internal static class Complaints
{
    /// <summary>Fails the test with every complaint on a line of its own.</summary>
    /// <param name="complaints">What is wrong.</param>
    public static void None(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
