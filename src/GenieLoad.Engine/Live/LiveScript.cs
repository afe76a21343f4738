using System.Text;

namespace GenieLoad.Engine.Live;

/// <summary>The script of the dashboard's page: the only one that any page of ours has.</summary>
internal static class LiveScript
{
    /// <summary>The script.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(LiveScript).Assembly.GetManifestResourceStream("GenieLoad.Engine.Live.dashboard.js")!;
        using StreamReader reader = new(stream, Encoding.UTF8);

        // A browser hashes what it reads, and reads every line break as \n.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
