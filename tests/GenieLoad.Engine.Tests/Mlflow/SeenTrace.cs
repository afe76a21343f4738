namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>A trace as a server shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>OK</c> or <c>ERROR</c>.</param>
/// <param name="Request">What lists show of the question.</param>
/// <param name="Session">The session that it is of.</param>
/// <param name="Runs">Names of the runs that show it.</param>
/// <param name="Spans">Names of its spans.</param>
internal sealed record SeenTrace(
    string Id, string? Name, string? State, string? Request, string? Session, IReadOnlyList<string> Runs, IReadOnlyList<string> Spans);
