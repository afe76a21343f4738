using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Tests.Files;

public sealed class HomePathTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Fact]
    public void A_leading_tilde_is_the_home_folder_and_no_other_is()
    {
        Assert.Equal(Path.Combine(Home, "x", "y"), HomePath.Expand("~/x/y"));
        Assert.Equal(Home, HomePath.Expand("~").TrimEnd('/'));
        Assert.All(["~x", "a/~/b", "/~", "x~", ""], path => Assert.Equal(path, HomePath.Expand(path)));
    }
}
