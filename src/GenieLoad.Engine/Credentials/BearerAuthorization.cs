using System.Net.Http.Headers;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Credentials;

/// <summary>Shows the token of a credential.</summary>
/// <param name="credential">The credential.</param>
internal sealed class BearerAuthorization(ICredential credential) : IAuthorization
{
    private AuthenticationHeaderValue? _current;

    /// <inheritdoc/>
    public string Description => credential.Description;

    /// <inheritdoc/>
    public async ValueTask<AuthenticationHeaderValue?> NextAsync(CancellationToken stop)
    {
        string token = await credential.GetTokenAsync(stop).ConfigureAwait(false);
        AuthenticationHeaderValue? current = _current;
        // The same object for every call until it is renewed.
        if (ReferenceEquals(token, current?.Parameter))
            return current;
        LiveSecrets.Learn(token);
        return _current = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    public bool Refused(AuthenticationHeaderValue header) => credential.Refused(header.Parameter!);
}
