using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace GenieLoad.Engine.Logging;

/// <summary>The ways in which a service or a gateway may repeat a secret.</summary>
internal static class SecretSpelling
{
    // Fewer characters of base64 hold too little of a secret to be told from other text.
    private const int ShortestBase64 = 8;

    /// <summary>
    /// What to look for, each only once: as it is, escaped for addresses, JSON and HTML, in hexadecimal digits, and within base64.
    /// </summary>
    /// <param name="secret">The secret.</param>
    public static IEnumerable<SecretPrint> Of(string secret)
    {
        HashSet<string> plain = [secret, secret.ToUpperInvariant(), secret.ToLowerInvariant(), .. Escaped(secret)];
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        plain.Add(Convert.ToHexString(bytes));
        plain.Add(Convert.ToHexString(bytes).ToLowerInvariant());
        foreach (string spelling in plain)
        {
            if (spelling.Length >= SecretIndex.ShortestSpelling)
                yield return SecretIndex.PrintOf(spelling);
        }
        foreach (string spelling in Enumerable.Range(0, 3).SelectMany(before => Inside(bytes, before)).ToHashSet())
            yield return SecretIndex.PrintOf(spelling, isWithinBase64: true);
    }

    private static IEnumerable<string> Escaped(string text)
    {
        string address = Uri.EscapeDataString(text);
        string form = WebUtility.UrlEncode(text);
        return
        [
            address, LowerDigits(address), form, LowerDigits(form),
            JavaScriptEncoder.Default.Encode(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text), WebUtility.HtmlEncode(text),
        ];
    }

    /// <summary>
    /// The characters of base64 that depend on the secret alone when so many bytes stand before it, as <c>user:</c> does, and whatever
    /// follows.
    /// </summary>
    private static IEnumerable<string> Inside(byte[] secret, int before)
    {
        byte[] bytes = [.. new byte[before], .. secret];
        int first = ((before * 8) + 5) / 6;
        int last = bytes.Length * 8 / 6;
        string inside = Convert.ToBase64String(bytes)[first..last];
        if (inside.Length < ShortestBase64)
            return [];
        return [inside, inside.Replace('+', '-').Replace('/', '_'), .. Escaped(inside)];
    }

    private static string LowerDigits(string escaped)
    {
        char[] letters = escaped.ToCharArray();
        for (int i = 0; i + 2 < letters.Length; i++)
        {
            if (letters[i] != '%')
                continue;
            letters[i + 1] = char.ToLowerInvariant(letters[i + 1]);
            letters[i + 2] = char.ToLowerInvariant(letters[i + 2]);
        }
        return new string(letters);
    }
}
