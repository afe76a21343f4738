namespace GenieLoad.Engine.Logging;

/// <summary>
/// The secrets that this process has in use, learnt by whoever sends one, so that they are taken out of every text whatever they look like.
/// What is kept are digests: after Disconnect-Genie no secret is left here, and what comes late is redacted all the same.
/// </summary>
public static class LiveSecrets
{
    // Of an hourly token a year holds 9,000; what was replaced a thousand tokens ago has long ended.
    private const int MostSecrets = 1000;

    private static readonly object Gate = new();
    private static readonly Dictionary<SecretPrint, SecretPrint[]> Known = [];
    private static readonly Queue<SecretPrint> InOrder = [];
    private static volatile SecretIndex _index = new([]);

    /// <summary>All of them.</summary>
    internal static SecretIndex Index => _index;

    /// <summary>Takes note of a secret, before anybody else gets to see it.</summary>
    /// <param name="secret">
    /// Token, password or client secret. One of fewer than 6 characters is not looked for: it would be found in innocent words.
    /// </param>
    public static void Learn(string? secret)
    {
        if (secret is not { Length: >= SecretIndex.ShortestSpelling })
            return;
        SecretPrint id = SecretIndex.PrintOf(secret);
        lock (Gate)
        {
            if (Known.ContainsKey(id))
                return;
            if (Known.Count == MostSecrets)
                Known.Remove(InOrder.Dequeue());
            Known.Add(id, [.. SecretSpelling.Of(secret)]);
            InOrder.Enqueue(id);
            _index = new SecretIndex(Known.Values.SelectMany(prints => prints));
        }
    }

    /// <summary>Takes note of a password, and of the pair that it forms with its user name, for a short password too.</summary>
    /// <param name="user">User name; no secret.</param>
    /// <param name="password">The secret.</param>
    public static void Learn(string user, string password)
    {
        Learn(password);
        if (password.Length > 0)
            Learn($"{user}:{password}");
    }
}
