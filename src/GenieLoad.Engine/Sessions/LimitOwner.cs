namespace GenieLoad.Engine.Sessions;

/// <summary>Finds to whom a limit belongs, by what connections have in common that share it or do not.</summary>
internal sealed class LimitOwner
{
    private static readonly string[] Everybody = ["User", "Space", "Workspace"];

    private readonly HashSet<string> _candidates = [.. Everybody];

    /// <summary>Who may be its owner: one, several, or nobody where what was seen contradicts itself.</summary>
    public string Text => _candidates.Count == 0
        ? "Unknown"
        : string.Join(" or ", Everybody.Where(_candidates.Contains));

    /// <summary>Takes what another connection met while the limit of the first one was used up.</summary>
    /// <param name="measured">The first connection.</param>
    /// <param name="other">The other one.</param>
    /// <param name="isShared">Whether it was refused as well.</param>
    public void Add(SessionSpace measured, SessionSpace other, bool isShared)
    {
        HashSet<string> differing = Differing(measured, other);
        _candidates.RemoveWhere(owner => differing.Contains(owner) == isShared);
    }

    /// <summary>In what two connections differ. Nobody gives the same space twice but for two users.</summary>
    private static HashSet<string> Differing(SessionSpace one, SessionSpace other)
    {
        if (one.Connection.WorkspaceUrl != other.Connection.WorkspaceUrl)
            return [.. Everybody];
        HashSet<string> differing = [];
        if (one.SpaceId != other.SpaceId)
            differing.Add("Space");
        if (one.SpaceId == other.SpaceId || one.Connection.Credential != other.Connection.Credential)
            differing.Add("User");
        return differing;
    }
}
