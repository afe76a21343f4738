namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The second quarter of the Pester suite: the module in the real PowerShell.</summary>
public sealed class SecondPesterTests(SecondPesterTests.Share share) : IClassFixture<SecondPesterTests.Share>
{
    public static TheoryData<string> Files => PesterShare.Files(1);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_passes(string file) => share.AssertPassed(file);

    public sealed class Share() : PesterShare(1);
}
