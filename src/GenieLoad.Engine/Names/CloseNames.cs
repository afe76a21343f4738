namespace GenieLoad.Engine.Names;

/// <summary>Finds what somebody may have meant by a name that does not exist.</summary>
public static class CloseNames
{
    private const int MostNames = 3;
    private const int ShortestBeginning = 3;

    // No name is as long as this; the table of edits of two long ones would fill the memory.
    private const int LongestName = 100;

    /// <summary>Up to three known names close to the wanted one, the closest first; case, <c>_</c> and <c>-</c> are alike.</summary>
    /// <param name="wanted">The name that does not exist.</param>
    /// <param name="known">Those that do.</param>
    public static IReadOnlyList<string> Of(string? wanted, IEnumerable<string> known)
    {
        if (wanted is not { Length: <= LongestName })
            return [];
        string plain = Plain(wanted);
        if (plain.Length == 0)
            return [];
        int limit = Math.Max(2, plain.Length / 3);
        return
        [
            .. known.Select(name => (Name: name, Distance: Distance(plain, Plain(name))))
                .Where(candidate => candidate.Distance <= limit)
                .OrderBy(candidate => candidate.Distance)
                .Take(MostNames)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>A question to add to an error: <c> Did you mean 'this' or 'that'?</c>; empty without names.</summary>
    /// <param name="close">The names.</param>
    public static string Hint(IReadOnlyList<string> close) =>
        close.Count == 0 ? "" : $" Did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?";

    /// <summary>
    /// Edits (insert, delete, replace, swap of neighbours) between two names. To leave off the end of a name counts as one edit, so that
    /// <c>burst</c> is close to <c>burst_test</c>.
    /// </summary>
    private static int Distance(string left, string right)
    {
        int[,] edits = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            edits[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            edits[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = edits[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        int whole = edits[left.Length, right.Length];
        return left.Length < ShortestBeginning
            ? whole
            : Math.Min(whole, 1 + Enumerable.Range(0, right.Length).Min(end => edits[left.Length, end]));
    }

    private static string Plain(string name) =>
        name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
