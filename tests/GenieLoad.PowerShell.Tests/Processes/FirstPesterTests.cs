namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The first quarter of the Pester suite: the module in the real PowerShell.</summary>
public sealed class FirstPesterTests(FirstPesterTests.Share share) : IClassFixture<FirstPesterTests.Share>
{
    public static TheoryData<string> Files => PesterShare.Files(0);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_passes(string file) => share.AssertPassed(file);

    public sealed class Share() : PesterShare(0);
}
