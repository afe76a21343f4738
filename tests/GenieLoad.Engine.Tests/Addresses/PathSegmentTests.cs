using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Tests.Addresses;

public sealed class PathSegmentTests
{
    /// <summary>Names that would lead elsewhere, or that no two programs read alike.</summary>
    public static TheoryData<string> Elsewhere =>
    [
        "", ".", "..", " ..", ".. ", "  ", "a/b", "a\\b", "%2e%2e", "a\0", "a\u0085",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_name_that_leads_elsewhere_is_no_part_of_an_address(string name)
    {
        Assert.False(PathSegment.IsOne(name));
        Assert.Throws<ArgumentException>(() => PathSegment.Escape(name));
    }

    [Fact]
    public void Half_a_character_is_none()
    {
        Assert.False(PathSegment.IsOne("a\ud83d"));
        Assert.False(PathSegment.IsOne("\udc00a"));
    }

    [Theory]
    [InlineData("a file #1?.txt", "a%20file%20%231%3F.txt")]
    [InlineData("..a", "..a")]
    [InlineData("Größe 😀", "Gr%C3%B6%C3%9Fe%20%F0%9F%98%80")]
    public void Any_other_name_is_escaped(string name, string expected)
    {
        Assert.Equal(expected, PathSegment.Escape(name));
        Assert.Equal($"/a/{expected}", new Uri(new Uri("https://host"), $"/a/{PathSegment.Escape(name)}").AbsolutePath);
    }

    [Theory]
    [InlineData("responses/0001.json", true)]
    [InlineData("a", true)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/../b", false)]
    [InlineData("", false)]
    public void A_path_is_as_good_as_its_parts(string path, bool good) => Assert.Equal(good, PathSegment.AreAll(path));

    [Fact]
    public void A_name_has_a_longest()
    {
        Assert.True(PathSegment.IsOne(new string('a', PathSegment.Longest)));
        Assert.False(PathSegment.IsOne(new string('a', PathSegment.Longest + 1)));
    }
}
