using GenieLoad.Engine.Paging;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Paging;

public class PageWalkTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Pages_have_an_end_by_number() => Refused("more than 3 pages", walk =>
    {
        Assert.Equal("a", walk.Next("a"));
        Assert.Equal("b", walk.Next("b"));
        walk.Next("c");
    });

    [Fact]
    public void A_token_that_comes_again_is_not_followed() => Refused("read before", walk =>
    {
        walk.Next("a");
        walk.Next("a");
    });

    [Fact]
    public void A_token_has_a_longest() => Refused("5 characters, more than 4", walk =>
    {
        walk.Next("aaaa");
        walk.Next("bbbbb");
    });

    [Fact]
    public void Pages_have_an_end_by_bytes() => Refused("more than 1 MiB", walk =>
    {
        walk.Took(1024 * 1024);
        Assert.Equal("a", walk.Next("a"));
        walk.Took(1);
    });

    [Fact]
    public void Pages_have_an_end_by_time() => Refused("after 2 minutes", walk =>
    {
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("a", walk.Next("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(walk.Next(""));
        Assert.Null(walk.Next(null));
        walk.Next("b");
    });

    private void Refused(string limit, Action<PageWalk> go)
    {
        var walk = new PageWalk(
            new PageLimits(Pages: 3, Bytes: 1024 * 1024, Time: TimeSpan.FromMinutes(2), TokenLength: 4), _time,
            met => new GenieLoadException("WithoutEnd", ErrorKind.Protocol, met, "Look there."));

        Assert.Contains(limit, Assert.Throws<GenieLoadException>(() => go(walk)).Message, StringComparison.Ordinal);
    }
}
