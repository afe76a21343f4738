namespace GenieLoad.Engine.Paging;

/// <summary>How far the pages of one list are followed.</summary>
/// <param name="Pages">Most pages.</param>
/// <param name="Bytes">Most bytes of all of them.</param>
/// <param name="Time">Most time for all of them.</param>
/// <param name="TokenLength">Most characters of a page token.</param>
internal sealed record PageLimits(int Pages, long Bytes, TimeSpan Time, int TokenLength);
