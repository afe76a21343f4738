using System.Net.Http.Headers;

namespace GenieLoad.Engine.Http;

/// <summary>What calls show to a service.</summary>
internal interface IAuthorization
{
    /// <summary>Where it came from, for people; never the secret.</summary>
    string Description { get; }

    /// <summary>The header of the next attempt; <see langword="null"/> for none.</summary>
    /// <param name="stop">Ends the wait for it.</param>
    /// <exception cref="Model.GenieLoadException">There is none to be had.</exception>
    ValueTask<AuthenticationHeaderValue?> NextAsync(CancellationToken stop);

    /// <summary>Takes note that the service refused a header.</summary>
    /// <param name="header">What it was shown.</param>
    /// <returns>Whether another is to be had, so that the call may be sent once more.</returns>
    bool Refused(AuthenticationHeaderValue header);
}
