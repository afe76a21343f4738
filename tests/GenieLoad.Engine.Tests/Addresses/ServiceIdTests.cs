using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Tests.Addresses;

public sealed class ServiceIdTests
{
    /// <summary>Texts that would lead elsewhere, or that no service gives as an id.</summary>
    public static TheoryData<string?> NoIds =>
    [
        null, "", " ", ".", "..", "...", "-", "~", "a/b", "/a", "a/", "../a", "..\\a", "a\\b", "%2e%2e", "%2E", "a%2fb", "a\0b",
        "a\nb", "a\u007f",
        " a", "a ", "\ta", "ä", "１", "\ud83d\ude00", "a?b", "a#b", "a;b", "a b", new string('a', 129),
    ];

    [Theory]
    [MemberData(nameof(NoIds))]
    public void What_is_no_id_is_told(string? text)
    {
        Assert.False(ServiceId.IsPlausible(text));
        Assert.Null(ServiceId.OrNull(text));
        Assert.DoesNotContain(ServiceId.Shown(text), character => char.IsControl(character) || character > '…');
    }

    [Theory]
    [InlineData("01f0a3b2c4d5e6f708192a3b4c5d6e7f")]
    [InlineData("01f0a3b2-c4d5-e6f7-0819-2a3b4c5d6e7f")]
    [InlineData("s1")]
    [InlineData("_a.b~c-D")]
    public void An_id_is_taken_as_it_is_and_stays_one_part_of_an_address(string id)
    {
        Assert.Equal(id, ServiceId.OrNull(id));
        Assert.True(PathSegment.IsOne(id));
        Assert.Equal($"/spaces/{id}/x", new Uri(new Uri("https://host"), $"/spaces/{id}/x").AbsolutePath);
    }

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal((false, "'a?'"), (ServiceId.IsPlausible("a\ud83d"), ServiceId.Shown("a\ud83d")));

    [Fact]
    public void A_long_text_is_shown_short() =>
        Assert.Equal($"'{new string('a', 40)}…' (5000 characters)", ServiceId.Shown(new string('a', 5000)));
}
