using System.Security.Cryptography;
using System.Text;

namespace GenieLoad.Engine.Answers;

/// <summary>A short hash of what was said: equal where the text is equal, and nothing of the text can be read from it.</summary>
internal static class Signature
{
    private const int Digits = 16;

    /// <summary>16 lower-case hexadecimal digits of the SHA-256 of a text.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, Digits / 2)).ToLowerInvariant();
    }
}
