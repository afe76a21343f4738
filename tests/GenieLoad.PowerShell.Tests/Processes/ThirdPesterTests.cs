namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The third quarter of the Pester suite: the module in the real PowerShell.</summary>
public sealed class ThirdPesterTests(ThirdPesterTests.Share share) : IClassFixture<ThirdPesterTests.Share>
{
    public static TheoryData<string> Files => PesterShare.Files(2);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_passes(string file) => share.AssertPassed(file);

    public sealed class Share() : PesterShare(2);
}
