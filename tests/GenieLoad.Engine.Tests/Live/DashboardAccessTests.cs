using System.Net;
using System.Net.Sockets;
using System.Text;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>Who may see a dashboard, over real sockets.</summary>
public sealed class DashboardAccessTests : IDisposable
{
    private readonly Dashboard _dashboard = new Dashboard(0);
    private readonly Visitor _visitor;

    public DashboardAccessTests() => _visitor = new Visitor(_dashboard.Listen());

    public void Dispose()
    {
        _visitor.Dispose();
        _dashboard.Dispose();
    }

    [Fact]
    public async Task The_address_opens_once_and_then_only_in_the_browser_that_opened_it()
    {
        await _visitor.EnterAsync();
        using Visitor other = new(_dashboard.Listen());

        using HttpResponseMessage again = await other.GetAsync(_dashboard.Listen().PathAndQuery);
        using HttpResponseMessage own = await _visitor.GetAsync(_dashboard.Listen().PathAndQuery);
        using HttpResponseMessage page = await _visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.False(again.Headers.Contains("Set-Cookie"));
        Assert.Contains("Show-GenieDashboard", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, false), (own.StatusCode, own.Headers.Contains("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Token_and_cookie_are_long_differ_and_scripts_and_other_sites_never_get_the_cookie()
    {
        using HttpResponseMessage reply = await _visitor.GetAsync(_dashboard.Listen().PathAndQuery);

        string cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"));
        string token = _dashboard.Listen().Query["?token=".Length..];
        Assert.Matches("^[0-9a-f]{64}$", token);
        Assert.Matches($"^genieload-{_visitor.Port}=[0-9a-f]{{64}}; Path=/; HttpOnly; SameSite=Strict$", cookie);
        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);
        using Dashboard second = new Dashboard(0);
        Assert.NotEqual(token, second.Listen().Query["?token=".Length..]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/events")]
    [InlineData("/?token=")]
    [InlineData("/?token=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/events?token=TOKEN")]
    public async Task Without_cookie_or_token_nothing_is_shown(string path)
    {
        string asked = path.Replace("TOKEN", _dashboard.Listen().Query["?token=".Length..], StringComparison.Ordinal);
        using HttpResponseMessage reply = await _visitor.GetAsync(asked);
        using HttpResponseMessage guessed = await _visitor.GetAsync(asked, ("Cookie", $"genieload-{_visitor.Port}={new string('0', 64)}"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (reply.StatusCode, guessed.StatusCode));
        await _visitor.EnterAsync();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("[::1]:PORT")]
    [InlineData("localhost.:PORT")]
    [InlineData("")]
    public async Task Other_names_for_this_machine_are_refused_even_with_token_or_cookie(string host)
    {
        host = host.Replace("PORT", $"{_visitor.Port}", StringComparison.Ordinal);
        string withToken = await _visitor.RawAsync($"GET {_dashboard.Listen().PathAndQuery} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", withToken, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", withToken, StringComparison.Ordinal);

        await _visitor.EnterAsync();
        string withCookie = await _visitor.RawAsync($"GET / HTTP/1.1\r\nHost: {host}\r\nCookie: {_visitor.Cookie}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", withCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Localhost_is_a_name_of_this_machine_and_none_at_all_is_not()
    {
        await _visitor.EnterAsync();
        string rest = $"\r\nCookie: {_visitor.Cookie}\r\n\r\n";

        Assert.StartsWith(
            "HTTP/1.1 200 OK\r\n", await _visitor.RawAsync($"GET / HTTP/1.1\r\nHost: localhost:{_visitor.Port}{rest}"),
            StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403 ", await _visitor.RawAsync($"GET / HTTP/1.1{rest}"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 400 ",
            await _visitor.RawAsync($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{_visitor.Port}\r\nHost: evil.example{rest}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "https://127.0.0.1:PORT")]
    [InlineData("Origin", "http://localhost:PORT")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Pages_of_other_sites_get_nothing_even_from_the_browser_that_may(string header, string value)
    {
        value = value.Replace("PORT", $"{_visitor.Port}", StringComparison.Ordinal);
        using HttpResponseMessage entered = await _visitor.GetAsync(_dashboard.Listen().PathAndQuery, (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, entered.StatusCode);

        await _visitor.EnterAsync();
        foreach (string path in (string[])["/", "/events"])
        {
            using HttpResponseMessage reply = await _visitor.GetAsync(path, (header, value));
            Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Its_own_page_may_ask()
    {
        await _visitor.EnterAsync();
        using HttpResponseMessage page = await _visitor.GetAsync("/", ("Sec-Fetch-Site", "none"));
        using HttpResponseMessage events = await _visitor.GetAsync(
            "/events", ("Sec-Fetch-Site", "same-origin"), ("Origin", $"http://127.0.0.1:{_visitor.Port}"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, events.StatusCode));
    }

    [Fact]
    public async Task It_is_only_looked_at_and_has_one_page()
    {
        await _visitor.EnterAsync();
        foreach (string method in (string[])["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])
        {
            using HttpResponseMessage reply = await _visitor.SendAsync(new HttpMethod(method), "/");
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (reply.StatusCode, Assert.Single(reply.Content.Headers.Allow)));
        }
        foreach (string path in (string[])["/index.html", "/events/", "/run.json", "/%2e%2e/", "/../run.json", "//", "/Events"])
        {
            string reply = await _visitor.RawAsync(
                $"GET {path} HTTP/1.1\r\nHost: localhost:{_visitor.Port}\r\nCookie: {_visitor.Cookie}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 404 ", reply, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET http://127.0.0.1/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n folded: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nnothing\r\n\r\n")]
    public async Task What_no_browser_sends_is_refused(string head) =>
        Assert.StartsWith("HTTP/1.1 400 ", await _visitor.RawAsync(head), StringComparison.Ordinal);

    [Fact]
    public async Task A_head_without_end_is_refused_after_16_KiB()
    {
        string head = $"GET / HTTP/1.1\r\nX: {new string('x', 16 * 1024)}";
        Assert.StartsWith("HTTP/1.1 400 ", await _visitor.RawAsync(head[..(16 * 1024)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_not_kept_not_framed_not_guessed_at_and_run_one_script()
    {
        await _visitor.EnterAsync();
        using HttpResponseMessage page = await _visitor.GetAsync("/");
        using HttpResponseMessage events = await _visitor.GetAsync("/events");
        using HttpResponseMessage none = await _visitor.GetAsync("/none");

        foreach (HttpResponseMessage reply in (HttpResponseMessage[])[page, events, none])
        {
            Assert.Equal("no-store", $"{reply.Headers.CacheControl}");
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(reply.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("same-origin", Assert.Single(reply.Headers.GetValues("Cross-Origin-Resource-Policy")));
            Assert.Equal("no-referrer", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
            string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.EndsWith("; frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
        Assert.Contains("connect-src 'self'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", Assert.Single(none.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_names_it()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => new Dashboard(port).Listen());

        Assert.Equal(("DashboardPortInUse", port), (error.ErrorId, error.Target));
        Assert.Contains($"{port}", error.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task As_many_pages_as_may_are_connected_and_no_more()
    {
        // Whoever has left is noticed by what is sent while nothing happens.
        LiveLimits limits = new() { Streams = 2, Silence = TimeSpan.FromMilliseconds(50) };
        using Dashboard dashboard = new(0, limits, TimeProvider.System);
        using Visitor visitor = new(dashboard.Listen());
        await visitor.EnterAsync();
        using EventReader first = await visitor.ListenAsync();
        EventReader second = await visitor.ListenAsync();
        using (HttpResponseMessage third = await visitor.GetAsync("/events"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);

        second.Dispose();
        await using GrowingRun growing = new(1);
        dashboard.Follow(growing.Path);
        await first.UpdateAsync();
        await Wait.Until(() =>
        {
            using HttpResponseMessage reply = visitor.GetAsync("/events").GetAwaiter().GetResult();
            return reply.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Who_does_not_finish_asking_is_dropped()
    {
        FakeTimeProvider time = new();
        using Dashboard dashboard = new(0, new LiveLimits(), time);
        using Visitor visitor = new(dashboard.Listen());

        Task<string[]> replies = Task.WhenAll(visitor.RawAsync("GET / HT"), visitor.RawAsync(""));
        await Wait.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(11));
            return replies.IsCompleted;
        });
        Assert.Equal(["", ""], await replies);
    }

    [Fact]
    public async Task Who_does_not_read_is_dropped()
    {
        FakeTimeProvider time = new();
        await using GrowingRun growing = new(60);
        // More than the system takes for somebody who does not read.
        await growing.FinishAsync(
            [.. Enumerable.Range(1, 60).Select(index => SampleRun.Success(index, 4) with { Sql = new string('x', 6000) })]);
        using Dashboard dashboard = new(0, new LiveLimits { Streams = 1 }, time);
        using Visitor visitor = new(dashboard.Listen());
        dashboard.Follow(growing.Path);
        await visitor.EnterAsync();
        using Socket idle = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await idle.ConnectAsync(IPAddress.Loopback, visitor.Port);
        await idle.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /events HTTP/1.1\r\nHost: localhost:{visitor.Port}\r\nCookie: {visitor.Cookie}\r\n\r\n"));
        byte[] begin = new byte[12];
        await idle.ReceiveAsync(begin);
        Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(begin));

        // Its place is taken, and free again although it never leaves.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, Status());
        await Wait.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(11));
            return Status() == HttpStatusCode.OK;
        });

        HttpStatusCode Status()
        {
            using HttpResponseMessage reply = visitor.GetAsync("/events").GetAwaiter().GetResult();
            return reply.StatusCode;
        }
    }

    [Fact]
    public async Task As_many_connections_as_may_are_open_and_no_more()
    {
        using Dashboard dashboard = new(0, new LiveLimits { Connections = 2 }, TimeProvider.System);
        using Visitor visitor = new(dashboard.Listen());
        using TcpClient first = new();
        using TcpClient second = new();
        await first.ConnectAsync(IPAddress.Loopback, visitor.Port);
        await second.ConnectAsync(IPAddress.Loopback, visitor.Port);

        await Wait.Until(() => ReplyOrNothing().Length == 0);
        first.Close();
        await Wait.Until(() => ReplyOrNothing().StartsWith("HTTP/1.1 403 ", StringComparison.Ordinal));

        string ReplyOrNothing()
        {
            try
            {
                return visitor.RawAsync("GET / HTTP/1.1\r\n\r\n").GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                return "";
            }
        }
    }
}
