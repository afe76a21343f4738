using GenieLoad.Engine.Genie;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>A space that a load test asks, and the way to it: a client, and so a credential and HTTP connections, of its own.</summary>
/// <param name="Connection">What it is, under the name that rows carry.</param>
/// <param name="Client">Way to its workspace. All clients of a test have one clock.</param>
public sealed record RunTarget(RunConnection Connection, GenieApiClient Client);
