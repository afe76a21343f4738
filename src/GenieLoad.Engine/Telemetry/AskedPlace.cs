using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>Whom a question went to.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="SpaceId">Id of the space.</param>
/// <param name="SpaceTitle">Its title; <see langword="null"/> where it is not known.</param>
/// <param name="Server">Address of the workspace; <see langword="null"/> where it is not known.</param>
internal sealed record AskedPlace(string RunId, string SpaceId, string? SpaceTitle, Uri? Server)
{
    /// <summary>Whom a question of a run went to.</summary>
    public static AskedPlace Of(LoadRun run, QuestionResult row)
    {
        RunConnection? connection = run.Connections.FirstOrDefault(one => one.Name == row.Connection)
            ?? (run.Connections.Count == 1 ? run.Connections[0] : null);
        _ = Uri.TryCreate(connection?.WorkspaceUrl ?? run.WorkspaceUrl, UriKind.Absolute, out Uri? server);
        return new AskedPlace(run.RunId, connection?.SpaceId ?? run.SpaceId, connection?.SpaceTitle, server);
    }
}
