namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The fourth quarter of the Pester suite: the module in the real PowerShell.</summary>
public sealed class FourthPesterTests(FourthPesterTests.Share share) : IClassFixture<FourthPesterTests.Share>
{
    public static TheoryData<string> Files => PesterShare.Files(3);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_passes(string file) => share.AssertPassed(file);

    public sealed class Share() : PesterShare(3);
}
