using GenieLoad.Model;

namespace GenieLoad.Engine.Credentials;

/// <summary>The logins of other tools, tried in order when nothing is configured: the first that yields a token is the credential from
/// then on.</summary>
/// <param name="workspace">Address of the workspace.</param>
/// <param name="candidates">The logins, in order; at least one.</param>
internal sealed class FirstLoginCredential(Uri workspace, IReadOnlyList<ICredential> candidates) : ICredential
{
    private ICredential? _chosen = candidates.Count == 1 ? candidates[0] : null;

    public string Description => _chosen?.Description ?? string.Join(" or ", candidates.Select(candidate => candidate.Description));

    public string Kind => (_chosen ?? candidates[0]).Kind;

    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_chosen is not null)
            return await _chosen.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        List<GenieLoadException> failures = [];
        foreach (ICredential candidate in candidates)
        {
            try
            {
                string token = await candidate.GetTokenAsync(cancellationToken).ConfigureAwait(false);
                _chosen = candidate;
                return token;
            }
            catch (GenieLoadException e)
            {
                failures.Add(e);
            }
        }
        throw CredentialErrors.NoCredentialWorks(workspace.Authority, failures);
    }

    public bool Refused(string token) => _chosen?.Refused(token) ?? false;
}
