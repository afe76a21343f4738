using System.Security.Cryptography;
using System.Text;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The style sheet of the reports, and the hash by which a page allows it and no other.</summary>
internal static class StyleSheet
{
    /// <summary>The style sheet.</summary>
    public static string Text { get; } = Read();

    /// <summary>As a source in a content security policy.</summary>
    public static string Source { get; } = SourceOf(Text);

    /// <summary>A text of our own as such a source.</summary>
    public static string SourceOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Read()
    {
        using Stream stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("GenieLoad.Engine.Reports.report.css")!;
        using StreamReader reader = new(stream, Encoding.UTF8);

        // A browser hashes what it reads, and reads every line break as \n.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
