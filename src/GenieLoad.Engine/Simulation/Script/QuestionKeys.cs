namespace GenieLoad.Engine.Simulation.Script;

/// <summary>Numbers that stand for a question's text, the same in every process.</summary>
internal static class QuestionKeys
{
    /// <summary>FNV-1a over the characters.</summary>
    public static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = unchecked((hash ^ c) * 1099511628211);
        return hash;
    }

    /// <summary>The n-th time a text comes.</summary>
    public static long Of(string text, int occurrence) => unchecked((long)Hash(text) + occurrence);
}
