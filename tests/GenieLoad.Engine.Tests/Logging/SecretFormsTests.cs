using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

/// <summary>Where each form of secret begins and ends, to the character.</summary>
public sealed class SecretFormsTests
{
    private const string Hex31 = "0123456789abcdef0123456789abcde";

    [Theory]
    [InlineData("://u:pw@h", "://u:***@h")]
    [InlineData("http://u:@h", "http://u:@h")]
    [InlineData("http://:pw@h", "http://:***@h")]
    [InlineData("http://u:pw@h http://v:pw@h", "http://u:***@h http://v:***@h")]
    [InlineData("http%3A%2F%2Fu:p%40a@h", "http%3A%2F%2Fu:***@h")]
    [InlineData("http%3A%2F%2Fu:p@a%40h", "http%3A%2F%2Fu:***%40h")]
    [InlineData("http%3A%2F%2Fu%3Ap:q%40h", "http%3A%2F%2Fu%3A***%40h")]
    [InlineData("http%3A%2F%2Fu:p%3Aq%40h", "http%3A%2F%2Fu:***%40h")]
    [InlineData("http%3a%2f%2fu%3ap%40h", "http%3a%2f%2fu%3a***%40h")]
    [InlineData("jdbc:\\/\\/u:pw@h", "jdbc:\\/\\/u:***@h")]
    [InlineData("jdbc%3A%2F%2Fu%3Apw%40h", "jdbc%3A%2F%2Fu%3A***%40h")]
    [InlineData("\u0130 jdbc%3a%2F%2Fu%3Apw%40h \u0130", "\u0130 jdbc%3a%2F%2Fu%3A***%40h \u0130")]
    [InlineData("http://u%3Ap@h", "http://u%3Ap@h")]
    [InlineData("http://u:p%40h", "http://u:p%40h")]
    public void A_password_lies_between_the_first_colon_and_the_last_at_sign(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Fact]
    public void What_ends_the_name_of_a_host_ends_the_search_for_its_password()
    {
        foreach (string end in (string[])["/", "?", "#", "\"", "'", "<", ">", "\\", " ", "\t", "\n"])
            Assert.Equal($"http://u:p{end}x@h", Redacted($"http://u:p{end}x@h"));
        foreach (string end in (string[])["&", "%2F", "%2f", "%3F", "%23", "%22", "/", " "])
            Assert.Equal($"http%3A%2F%2Fu%3Ap{end}x%40h", Redacted($"http%3A%2F%2Fu%3Ap{end}x%40h"));

        // In an address that is not escaped, these are part of the password.
        foreach (string part in (string[])["&", "%2F", "%3F", "%23", "%22"])
            Assert.Equal("http://u:***@h", Redacted($"http://u:p{part}x@h"));
    }

    [Theory]
    [InlineData("http://x?sig=1", "http://x?***")]
    [InlineData("HTTPS://X?a=1&SIG=1 b", "HTTPS://X?*** b")]
    [InlineData("http://x?signature=1", "http://x?***")]
    [InlineData("httpx http https http://x?sig=1", "httpx http https http://x?***")]
    [InlineData("http://x?sig=1 http://x?a=1 https://y?sig=2", "http://x?*** http://x?a=1 https://y?***")]
    [InlineData("\"http://x?sig=1\" sig=2", "\"http://x?***\" sig=2")]
    [InlineData("'http://x?sig=1' sig=2", "'http://x?***' sig=2")]
    [InlineData("<http://x?sig=1> sig=2", "<http://x?***> sig=2")]
    [InlineData("http://x?sig=1<sig=2", "http://x?***<sig=2")]
    [InlineData("http://x?X-Amz-Date=1", "http://x?***")]
    [InlineData("http://x?x-goog-a-b=1", "http://x?***")]
    [InlineData("http://x?x-amz-1=2&x-amz-a=3", "http://x?***")]
    [InlineData("http://x?x-amz-a&x-goog-b=1", "http://x?***")]
    [InlineData("http://x?x-amz-=1", "http://x?x-amz-=1")]
    [InlineData("http://x?x-amz-a", "http://x?x-amz-a")]
    [InlineData("http://x/sig=1", "http://x/sig=1")]
    [InlineData("httpx://x?sig=1", "httpx://x?sig=1")]
    public void A_signed_link_loses_its_query_and_another_keeps_it(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("accesstoken")]
    [InlineData("access_token")]
    [InlineData("X-ACCESS-TOKEN")]
    [InlineData("refreshtoken")]
    [InlineData("refresh_token")]
    [InlineData("refresh-token")]
    [InlineData("authtoken")]
    [InlineData("auth_token")]
    [InlineData("auth-token")]
    [InlineData("X-Databricks-Azure-SP-Management-Token")]
    [InlineData("clientsecret")]
    [InlineData("client_secret")]
    [InlineData("Client-Secret")]
    [InlineData("idtoken")]
    [InlineData("id_token")]
    [InlineData("my-id_token")]
    [InlineData("password")]
    [InlineData("oldpassword")]
    [InlineData("X-IDENTITY-HEADER")]
    [InlineData("Authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("download_id_signature")]
    [InlineData("HTTP_HEADERS")]
    public void Names_of_secrets_are_known(string name)
    {
        Assert.True(Redactor.IsSecretName(name));
        if (name != "HTTP_HEADERS")
            Assert.Equal($"a {name}=*** b", Redacted($"a {name}=x b"));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("secret")]
    [InlineData("my_secret")]
    [InlineData("my_token")]
    [InlineData("management-token")]
    [InlineData("paidtoken")]
    [InlineData("valid_token")]
    [InlineData("xauthorization")]
    [InlineData("8authorization")]
    [InlineData("signature")]
    [InlineData("http_header")]
    [InlineData("")]
    public void Names_of_other_things_are_not(string name)
    {
        Assert.False(Redactor.IsSecretName(name));
        Assert.Equal($"{name}=x", Redacted($"{name}=x"));
    }

    [Theory]
    [InlineData("password = x", "password = ***")]
    [InlineData("password\t:\tx", "password\t:\t***")]
    [InlineData("'password': 'x y' z", "'password': '***' z")]
    [InlineData("\"password\" : \"x\" z", "\"password\" : \"***\" z")]
    [InlineData("password=", "password=")]
    [InlineData("password=\"", "password=\"")]
    [InlineData("password=\"\" x", "password=\"\" x")]
    [InlineData("password", "password")]
    [InlineData("password is x", "password is x")]
    [InlineData("password=x password=y", "password=*** password=***")]
    [InlineData("password=\"not ended", "password=\"*** ended")]
    [InlineData("password=\"a\nb\"", "password=\"***\nb\"")]
    [InlineData("password=\"a\rb\"", "password=\"***\rb\"")]
    [InlineData("password='a\\'b' c", "password='***' c")]
    [InlineData("password=\"a'b\" c", "password=\"***\" c")]
    [InlineData("password=\"a\\\\\" b\"", "password=\"***\\\\\" b\"")]
    [InlineData("{\\\"password\\\":\\\"a\\\\\\\"b\\\"}", "{\\\"password\\\":\\\"***\\\"}")]
    [InlineData("{\\\"password\\\":\\\"a\" b", "{\\\"password\\\":\\\"***\" b")]
    public void A_named_value_ends_with_its_quote(string text, string expected) => Assert.Equal(expected, Redacted(text));

    [Fact]
    public void A_named_value_without_quotes_ends_at_the_next_mark()
    {
        foreach (char end in "\"'\\,; \t\n&<>}")
            Assert.Equal($"password=***{end}x", Redacted($"password=ab{end}x"));
        foreach (char end in "\"'\\,; \t\n")
            Assert.Equal($"authorization=***{end}x", Redacted($"authorization=ab{end}x"));
        foreach (char part in "&<>}")
            Assert.Equal("authorization=***", Redacted($"authorization=ab{part}x"));
    }

    [Theory]
    [InlineData("authorization: Bearer abc, x", "authorization: ***, x")]
    [InlineData("authorization: Basic abc, x", "authorization: ***, x")]
    [InlineData("authorization: Digest abc, x", "authorization: ***, x")]
    [InlineData("authorization: NTLM abc, x", "authorization: ***, x")]
    [InlineData("authorization: Negotiate   abc, x", "authorization: ***, x")]
    [InlineData("authorization: bearer", "authorization: ***")]
    [InlineData("authorization: other abc", "authorization: *** abc")]
    [InlineData("authorization: bearers abc", "authorization: *** abc")]
    [InlineData("password=bearer abc", "password=*** abc")]
    public void A_header_loses_its_scheme_and_what_is_behind(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("bearer 0123456789abcdef", "bearer ***")]
    [InlineData("bearer 0123456789abcde", "bearer 0123456789abcde")]
    [InlineData("BASIC \t 0123456789abcdef== x", "BASIC \t *** x")]
    [InlineData("basic a.b_c~d+e/f-012345! x", "basic ***! x")]
    [InlineData("basic0123456789abcdef", "basic0123456789abcdef")]
    [InlineData("xbasic 0123456789abcdef", "xbasic 0123456789abcdef")]
    [InlineData("digest 0123456789abcdef", "digest 0123456789abcdef")]
    [InlineData("basic x basic 0123456789abcdef basic 0123456789abcdef", "basic x basic *** basic ***")]
    public void Behind_a_scheme_sixteen_characters_are_a_secret(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("eyJabcde.x", "***")]
    [InlineData("eyJabcd.x", "eyJabcd.x")]
    [InlineData("eyJabcde.", "eyJabcde.")]
    [InlineData("an eyJabcd.x", "an eyJabcd.x")]
    [InlineData("eyJabcde", "eyJabcde")]
    [InlineData("eyJabcde!x", "eyJabcde!x")]
    [InlineData("eyJa_c-e.x.y-Z_9. z", "*** z")]
    [InlineData("eyJ eyJabcde.x eyJabcde.x", "eyJ *** ***")]
    public void A_web_token_has_two_parts_the_first_of_eight_characters(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("dapi12345678", "***")]
    [InlineData("dapi1234567", "dapi1234567")]
    [InlineData("dkeaABCxyz12", "***")]
    [InlineData("dose12345678-2 x", "*** x")]
    [InlineData("dapi12345678-23", "***")]
    [InlineData("dapi12345678-", "***-")]
    [InlineData("dapi12345678-x", "***-x")]
    [InlineData("dapi12345678 dapi1 dapi12345678", "*** dapi1 ***")]
    [InlineData("_dapi12345678", "_***")]
    [InlineData("xdapi12345678", "xdapi12345678")]
    [InlineData("xdapi" + Hex31, "xdapi" + Hex31)]
    [InlineData("xdapi" + Hex31 + "g", "xdapi" + Hex31 + "g")]
    [InlineData("xdapi" + Hex31 + "f", "x***")]
    [InlineData("9dapi" + Hex31 + "fzz y dapi12345678", "9*** y ***")]
    [InlineData("xdapi dapi12345678", "xdapi ***")]
    public void A_token_of_Databricks_has_eight_characters_and_within_a_word_32_digits(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Fact]
    public void Pieces_that_overlap_or_touch_leave_one_mark()
    {
        Assert.Equal("***ef", Cut("abcdef", (2, 4), (0, 2)));
        Assert.Equal("***bc***f", Cut("abcdef", (3, 5), (0, 1)));
        Assert.Equal("***f", Cut("abcdef", (0, 5), (1, 2)));
        Assert.Equal("a***", Cut("abcdef", (1, 4), (3, 6)));
        Assert.Equal("abcdef", Cut("abcdef"));
    }

    [Fact]
    public void A_link_can_lose_its_query_whatever_is_in_it()
    {
        Assert.Equal("https://x/a?***", Redactor.WithoutQuery("https://x/a?b=1?c"));
        Assert.Equal("?***", Redactor.WithoutQuery("?a"));
        Assert.Equal("https://x/a", Redactor.WithoutQuery("https://x/a"));
    }

    [Fact]
    public void Short_secrets_are_whole_words_and_long_ones_parts_of_words()
    {
        var index = new SecretIndex([SecretIndex.PrintOf("sesam77"), SecretIndex.PrintOf("sesame88"), SecretIndex.PrintOf("other6")]);

        foreach (string stays in (string[])["xsesam77", "sesam77x", "_sesam77", "sesam77_", "1sesam77", "sesam7", "esam77"])
            Assert.Equal(stays, Cut(index, stays));
        Assert.Equal("***", Cut(index, "sesam77"));
        Assert.Equal("-*** ***!", Cut(index, "-sesam77 sesam77!"));
        Assert.Equal("a***b", Cut(index, "asesame88b"));
        Assert.Equal("***", Cut(index, "other6"));
        Assert.Equal("*** esame88", Cut(index, "sesame88 esame88"));
    }

    [Fact]
    public void A_secret_within_base64_takes_the_whole_of_it()
    {
        var index = new SecretIndex([SecretIndex.PrintOf("c2VjcmV0", isWithinBase64: true)]);

        Assert.Equal("a=***;", Cut(index, "a=Zz09+/-_c2VjcmV0Zz09+/-_==;"));
        Assert.Equal("***", Cut(index, "c2VjcmV0="));
        Assert.Equal("*** ***", Cut(index, "xc2VjcmV0c2VjcmV0 c2VjcmV0y"));
    }

    /// <summary>By form alone: what another test has in use as a secret is not looked for.</summary>
    private static string Redacted(string text)
    {
        var cut = new CutText(text);
        LinkSecrets.Cut(cut);
        NamedSecrets.Cut(cut);
        TokenForms.Cut(cut);
        string left = cut.ToString();
        // Whatever holds one of the forms has a sign by which the gate knows that it has to look closer.
        if (left != text)
            Assert.NotEqual(text, Redactor.Redact(text));
        return left;
    }

    private static string Cut(SecretIndex index, string text)
    {
        var cut = new CutText(text);
        index.Cut(cut);
        return cut.ToString();
    }

    private static string Cut(string text, params (int Start, int End)[] pieces)
    {
        var cut = new CutText(text);
        foreach ((int start, int end) in pieces)
            cut.Out(start, end);
        return cut.ToString();
    }
}
