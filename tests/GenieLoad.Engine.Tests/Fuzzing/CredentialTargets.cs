using System.Text;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of what credentials are made of.</summary>
internal static class CredentialTargets
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<FuzzTarget> All()
    {
        string path = FuzzSamples.Shared.FileFor("databrickscfg");
        yield return new FuzzTarget("credentials/profiles", ProfileFiles(), input => ReadProfiles(path, input), FuzzTargets.IsUserError);
        yield return new FuzzTarget(
            "credentials/token", [.. FuzzSamples.Shared.Replies("token"), .. TokenAnswers()], ReadToken, _ => false);
        yield return new FuzzTarget("credentials/workspace", WorkspaceAddresses(), ReadWorkspace, FuzzTargets.IsUserError);
        yield return new FuzzTarget("wire/retry-after", RetryAfters(), ReadRetryAfter, _ => false);
        yield return new FuzzTarget("text/redactor", Secrets(), Redact, _ => false) { Refuses = false };
    }

    private static bool ReadProfiles(string path, byte[] input)
    {
        File.WriteAllBytes(path, input);
        ProfileFile file = ProfileFile.Read(path);
        foreach (string name in file.Names)
            Assert.NotNull(file.Find(name));
        return file.Find(file.DefaultName) is not null;
    }

    private static bool ReadToken(byte[] input)
    {
        if (TokenAnswer.Read(input, Now) is not IssuedToken token)
            return false;
        Assert.NotEmpty(token.Token);
        Assert.True(token.ExpiresAt is null || token.ExpiresAt - TimeSpan.FromDays(1000) > DateTimeOffset.MinValue);
        return true;
    }

    private static bool ReadWorkspace(byte[] input)
    {
        Uri address = WorkspaceAddress.Parse(Encoding.UTF8.GetString(input));
        Assert.True(address.Scheme == "https" || WorkspaceAddress.IsLoopback(address), $"{address} would get a token in the clear.");
        Assert.NotEmpty(WorkspaceAddress.ToText(address));
        Assert.Empty(address.UserInfo);
        return true;
    }

    private static bool ReadRetryAfter(byte[] input)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", Encoding.Latin1.GetString(input));
        response.Headers.TryAddWithoutValidation(
            "Date", input.Length % 2 == 0 ? "Mon, 23 Nov 2026 12:00:00 GMT" : Encoding.Latin1.GetString(input));
        if (RetryAfterHeader.Seconds(response.Headers, Now) is not double seconds)
            return false;
        Assert.True(seconds >= 0 && double.IsFinite(seconds), $"{seconds}");
        return true;
    }

    private static bool Redact(byte[] input)
    {
        const string secret = "dapi0123456789abcdef0123456789abcdef";
        // Where the input leaves the secret whole, it must be gone, whatever stands around it.
        string text = $"{Encoding.UTF8.GetString(input)} {secret} end";
        Assert.DoesNotContain(secret, Redactor.Redact(text), StringComparison.Ordinal);
        return true;
    }

    private static byte[][] ProfileFiles() => FuzzTarget.Texts(
        "[DEFAULT]\nhost = https://a.example\ntoken = dapi123 # mine\n\n[staging]\nhost=https://b.example\nclient_id = x\nclient_secret "
            + "= y=z\n",
        "; comment\r\n[__settings__]\r\ndefault_profile = prod\r\n[prod]\r\nhost = https://c.example\r\nauth_type = azure-cli\r\n");

    private static byte[][] TokenAnswers() => FuzzTarget.Texts(
        """{"access_token":"abc","expires_in":3600,"token_type":"Bearer"}""",
        """{"accessToken":"abc","expiresOn":"2026-11-23 13:00:00.000000","expires_on":1795438800,"tenant":"t","tokenType":"Bearer"}""",
        """{"access_token":"abc","token_type":"Bearer","expiry":"2026-11-23T13:00:00.123456789+01:00"}""",
        """{"access_token":"abc","expires_on":"1795438800","resource":"r"}""",
        """{"access_token":"\ud800","expiry":"0001-01-01T00:00:00Z","\udc00":"x"}""");

    private static byte[][] WorkspaceAddresses() => FuzzTarget.Texts(
        "adb-1234567890123456.7.azuredatabricks.net", "https://dbc-1.cloud.databricks.com/?o=1", "http://127.0.0.1:8080/",
        "https://[::1]:443/x",
        "https://müller.example", "localhost:99");

    private static byte[][] RetryAfters() =>
        FuzzTarget.Texts("30", "0", "Mon, 23 Nov 2026 12:00:30 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "2147483647");

    private static byte[][] Secrets() => FuzzTarget.Texts(
        "https://store.example/a?X-Amz-Signature=abc&b=c", """{"access_token":"abcdef","client_secret" : "x"}""", "Authorization: Bearer eyJabcdef.ghijkl.mnop",
        "password=hunter22; token dose0123456789", """{\"download_id_signature\":\"abc\"}""");
}
