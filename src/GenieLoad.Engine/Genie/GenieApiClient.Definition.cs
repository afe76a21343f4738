using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The definition of a space.</summary>
public sealed partial class GenieApiClient
{
    /// <summary>
    /// Reads a space with its definition. Needs the right to edit it; without it some workspaces refuse, others leave it out.
    /// </summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<SpaceExport>> GetDefinitionAsync(string spaceId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(Operation.GetDefinition, $"{Space(spaceId)}?include_serialized_space=true"),
            body => WireJson.Read(body, WireJson.Default.SpaceExport), policy, cancellationToken);
}
