using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Genie;

/// <summary>Lists whose service never says that they are at their end.</summary>
public sealed class PageWalkTests
{
    private readonly ScriptedSpace _space = new();
    private int _page;

    [Fact]
    public async Task Tokens_that_never_end_are_followed_for_so_many_pages()
    {
        GenieLoadException error = await Endless(() => $"t{_page++}");

        Assert.Equal("ListWithoutEnd", error.ErrorId);
        Assert.Contains("1,000 pages", error.Message, StringComparison.Ordinal);
        Assert.Equal(1000, _space.Calls.Count);
    }

    [Fact]
    public async Task A_token_that_comes_again_is_followed_once()
    {
        GenieLoadException error = await Endless(() => "ab"[_page++ % 2].ToString());

        Assert.Contains("read before", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _space.Calls.Count);
    }

    [Fact]
    public async Task A_token_has_a_longest()
    {
        GenieLoadException error = await Endless(() => new string('t', 4097));

        Assert.Contains("4,096", error.Message, StringComparison.Ordinal);
        Assert.Single(_space.Calls);
    }

    [Fact]
    public async Task All_pages_together_have_a_size()
    {
        string filler = new('x', 8 * 1024 * 1024);

        GenieLoadException error = await Endless(() => $"t{_page++}", filler);

        Assert.Contains("64 MiB", error.Message, StringComparison.Ordinal);
        Assert.Equal(8, _space.Calls.Count);
    }

    [Fact]
    public async Task All_pages_together_have_a_time()
    {
        GenieLoadException error = await Endless(() =>
        {
            _space.Time.Advance(TimeSpan.FromSeconds(25));
            return $"t{_page++}";
        });

        Assert.Contains("2 minutes", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _space.Calls.Count);
    }

    [Fact]
    public async Task Conversations_without_end_are_counted_as_far_as_they_go()
    {
        string page = string.Join(',', Enumerable.Repeat("""{"conversation_id":"c"}""", 100));
        _space.AlwaysSays("conversations", () => ScriptedSpace.Json($$"""{"conversations":[{{page}}],"next_page_token":"t{{_page++}}"}"""));

        string? warning = await ConversationQuota.WarningAsync(_space.Client, "s1", 1, CancellationToken.None);

        Assert.StartsWith("The space has 100,000 of your conversations", warning, StringComparison.Ordinal);
    }

    private async Task<GenieLoadException> Endless(Func<string> token, string filler = "")
    {
        _space.AlwaysSays("spaces", () => ScriptedSpace.Json($$"""{"spaces":[null,{"space_id":"s1"}],"filler":"{{filler}}","next_page_token":"{{token()}}"}"""));
        int seen = 0;
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(async () =>
        {
            await foreach (var space in _space.Client.ListSpacesAsync(new CallPolicy(new SeededRandom(1)), CancellationToken.None))
                seen += space.SpaceId == "s1" ? 1 : 0;
        });
        Assert.Equal(_space.Calls.Count, seen);
        return error;
    }
}
