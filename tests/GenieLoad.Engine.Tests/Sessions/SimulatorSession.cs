using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>The way of a session into a simulator in this process.</summary>
internal static class SimulatorSession
{
    /// <summary>Its space.</summary>
    public static Connection Connection(this GenieSimulator simulator) => new()
    {
        WorkspaceUrl = WorkspaceAddress.ToText(simulator.Uri), SpaceId = simulator.SpaceId, Credential = "test",
        ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
    };

    /// <summary>Calls it, on a clock.</summary>
    public static GenieApiClient Open(this GenieSimulator simulator, TimeProvider time) => new(
        simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), time,
        handler: simulator.CreateHandler());
}
