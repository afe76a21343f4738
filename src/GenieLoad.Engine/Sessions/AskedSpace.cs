using GenieLoad.Engine.Addresses;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Which space is asked.</summary>
public static class AskedSpace
{
    /// <summary>The id of the space.</summary>
    /// <param name="given">Its id, or the address of its page; <see langword="null"/> for the connection's.</param>
    /// <param name="connection">The connection.</param>
    /// <exception cref="GenieLoadException"><c>NoSpace</c>, <c>SpaceOfAnotherWorkspace</c>.</exception>
    public static string Of(string? given, Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return (given is null ? connection.SpaceId : SpaceAddress.IdOf(given, WorkspaceAddress.Parse(connection.WorkspaceUrl)))
            ?? throw SessionsErrors.NoSpace();
    }
}
