using System.Net;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A call as any transport brings it.</summary>
/// <param name="Method">Such as GET, in capitals.</param>
/// <param name="Path">Without the query, still percent-encoded.</param>
/// <param name="Query">Without the question mark; empty without one.</param>
/// <param name="Authorization">Value of that header.</param>
/// <param name="Body">Body; empty without one.</param>
internal sealed record SimulatedRequest(string Method, string Path, string Query, string? Authorization, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of a query parameter, or <see langword="null"/>.</summary>
    public string? Parameter(string name) => Value(Query, name);

    /// <summary>The values of a query parameter that may be repeated.</summary>
    public IReadOnlyList<string> Parameters(string name) => [.. Values(Query, name)];

    /// <summary>The value of a name in text of the form <c>a=1&amp;b=2</c>, or <see langword="null"/>.</summary>
    public static string? Value(string form, string name) => Values(form, name).FirstOrDefault();

    private static IEnumerable<string> Values(string form, string name)
    {
        foreach (string pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && WebUtility.UrlDecode(pair[..equals]) == name)
                yield return WebUtility.UrlDecode(pair[(equals + 1)..]);
        }
    }
}
