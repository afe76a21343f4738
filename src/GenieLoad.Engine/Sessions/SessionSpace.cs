using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>A space that a session asks.</summary>
/// <param name="Connection">The connection to its workspace.</param>
/// <param name="SpaceId">The space.</param>
/// <param name="Named">
/// The connection as the plan or the resumed run knows it; <see langword="null"/> for the only one of a new test, which is named after what
/// is found there.
/// </param>
internal sealed record SessionSpace(Connection Connection, string SpaceId, RunConnection? Named);
