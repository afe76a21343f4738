using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Tests.Files;

public class FileKindTests
{
    /// <summary>What Windows makes of <c>NUL</c>, <c>./CON</c> and the like when it takes them for full paths.</summary>
    [Theory]
    [InlineData(@"\\.\NUL", true)]
    [InlineData(@"\\.\pipe\somebody", true)]
    [InlineData(@"\\?\pipe\somebody", true)]
    [InlineData(@"C:\runs\run.json", false)]
    [InlineData(@"\\?\C:\runs\run.json", false)]
    [InlineData(@"\\server\share\run.json", false)]
    public void Devices_and_pipes_of_Windows_are_told_by_their_path(string path, bool expected) =>
        Assert.Equal(expected, FileKind.IsWindowsDevice(path));
}
