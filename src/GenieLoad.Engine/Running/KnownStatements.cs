using System.Collections.Concurrent;
using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The statements that the answers of a run have brought, each signed once: a question that is asked again is mostly answered by the same
/// one, and to take it apart costs a twentieth of all that a question costs. Safe for several threads.
/// </summary>
internal sealed class KnownStatements
{
    /// <summary>Most statements that are kept; what comes later is signed each time.</summary>
    public const int Most = 1_000;

    /// <summary>Most characters of a statement that is kept.</summary>
    public const int Longest = 8 * 1024;

    private readonly ConcurrentDictionary<string, SqlSignatures> _signed = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Statements that are kept.</summary>
    public int Count => _signed.Count;

    /// <summary>The signatures of a statement.</summary>
    /// <param name="sql">The statement.</param>
    public SqlSignatures SignaturesOf(string sql)
    {
        if (_signed.TryGetValue(sql, out SqlSignatures? known))
            return known;
        SqlSignatures signed = SqlSignatures.Of(sql);
        if (sql.Length <= Longest && Volatile.Read(ref _count) < Most && Interlocked.Increment(ref _count) <= Most)
            _signed.TryAdd(sql, signed);
        return signed;
    }
}
