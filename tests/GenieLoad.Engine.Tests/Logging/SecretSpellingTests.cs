using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class SecretSpellingTests
{
    private const string Secret = "Zq/8+W'ü<own>-\"secret\"=&~7?/";

    public static TheoryData<string> Whole
    {
        get
        {
            string address = Uri.EscapeDataString(Secret), form = WebUtility.UrlEncode(Secret);
            string hex = Convert.ToHexString(Encoding.UTF8.GetBytes(Secret));
            return
            [
                Secret, Secret.ToUpperInvariant(), Secret.ToLowerInvariant(), address, form,
                address.Replace("%2F", "%2f").Replace("%2B", "%2b").Replace("%C3%BC", "%c3%bc").Replace("%3C", "%3c").Replace("%3E", "%3e")
                    .Replace("%3D", "%3d").Replace("%3F", "%3f"),
                form.Replace("%2F", "%2f").Replace("%2B", "%2b").Replace("%C3%BC", "%c3%bc").Replace("%3C", "%3c").Replace("%3E", "%3e")
                    .Replace("%3D", "%3d").Replace("%3F", "%3f").Replace("%7E", "%7e"),
                JavaScriptEncoder.Default.Encode(Secret), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Secret),
                WebUtility.HtmlEncode(Secret), hex, hex.ToLowerInvariant(),
                Base64(Secret), Base64("token:" + Secret), Base64(":" + Secret), Base64("ab" + Secret + " and more"),
                Base64("token:" + Secret).Replace('+', '-').Replace('/', '_').TrimEnd('='),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void Every_spelling_goes_as_a_whole(string spelling) => Assert.Equal("a *** b", Cut(Secret, $"a {spelling} b"));

    [Fact]
    public void Base64_within_an_address_or_JSON_goes_but_for_its_ends()
    {
        foreach (string before in (string[])["", ":", "ab"])
        {
            string spelling = Base64(before + Secret);
            string inner = Base64("abc" + Secret)[4..^8];
            foreach (string escaped in (string[])[Uri.EscapeDataString(spelling), JavaScriptEncoder.Default.Encode(spelling)])
            {
                string left = Cut(Secret, escaped);
                Assert.Contains(Redactor.Mark, left, StringComparison.Ordinal);
                Assert.True(left.Length < 16, left);
            }

            Assert.DoesNotContain(inner, Cut(Secret, spelling), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Six_characters_are_found_in_base64_where_nothing_stands_before_them()
    {
        Assert.Equal("***", Cut("sesame", Base64("sesame")));
        Assert.Equal("***", Cut("sesame", Base64("abcsesame7")));
        Assert.Equal(Base64(":sesame"), Cut("sesame", Base64(":sesame")));
    }

    [Fact]
    public void A_short_password_of_a_proxy_goes_together_with_its_user_and_an_escaped_one_as_it_is()
    {
        ProxySecrets.Learn(name => name == "ALL_PROXY" ? "uz:pw2@host:1" : name == "http_proxy" ? "http://u:%51zjxkvwy@host" : null);
        LiveSecrets.Learn("any-user", "");

        Assert.Equal("*** ***", Redactor.Redact("uz:pw2 %51zjxkvwy"));
        Assert.Equal("any-user:", Redactor.Redact("any-user:"));
    }

    [Fact]
    public void A_text_that_is_missing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Redactor.Redact(null!));
        Assert.Throws<ArgumentNullException>(() => Redactor.IsSecretName(null!));
        Assert.Throws<ArgumentNullException>(() => Redactor.WithoutQuery(null!));
        Assert.Throws<ArgumentNullException>(() => CleanedException.Of(null!, text => text));
        Assert.Throws<ArgumentNullException>(() => CleanedException.Of(new IOException(), null!));
        Assert.Throws<ArgumentNullException>(() => EngineLog.None.Log<int>(default, default, 0, null, null!));
    }

    private static string Cut(string secret, string text)
    {
        var cut = new CutText(text);
        new SecretIndex(SecretSpelling.Of(secret)).Cut(cut);
        return cut.ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
