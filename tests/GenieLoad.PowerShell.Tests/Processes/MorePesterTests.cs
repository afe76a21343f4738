namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The other half of <see cref="PesterTests"/>.</summary>
public sealed class MorePesterTests
{
    public static TheoryData<string> Files => PesterSuite.Half(1);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_passes(string file) => PesterSuite.Pass(file);
}
