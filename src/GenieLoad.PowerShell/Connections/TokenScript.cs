using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Connections;

/// <summary>
/// A script block that returns a token. It runs on the pipeline thread of the cmdlet that needs the token, like any other script of
/// that pipeline.
/// </summary>
internal sealed class TokenScript
{
    private readonly ScriptBlock _script;
    private readonly Guid _home;

    /// <summary>Takes the script. On the pipeline thread only: it belongs to this runspace.</summary>
    public TokenScript(ScriptBlock script)
    {
        _script = script;
        _home = Runspace.DefaultRunspace.InstanceId;
    }

    /// <summary>Runs it. Called on any thread, while a cmdlet is at work.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GenieLoadException"><c>TokenProviderFailed</c>, <c>TokenProviderUnusable</c>.</exception>
    public Task<IssuedToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        CmdletChannel channel = CmdletChannel.Current ?? throw ConnectionErrors.TokenProviderFailed("no cmdlet is running");
        return channel.InvokeAsync(Run, cancellationToken);
    }

    private IssuedToken Run()
    {
        object? returned;
        try
        {
            returned = Here().InvokeReturnAsIs();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            // Not as inner exception: what a script throws may hold what it was called with.
            throw ConnectionErrors.TokenProviderFailed(e.Message);
        }
        return Read(returned) ?? throw ConnectionErrors.TokenProviderUnusable();
    }

    /// <summary>
    /// In another runspace than its own the script would wait for that one's thread; there it runs without its own variables.
    /// </summary>
    private ScriptBlock Here() =>
        Runspace.DefaultRunspace.InstanceId == _home ? _script : ((ScriptBlockAst)_script.Ast).GetScriptBlock();

    /// <summary>A text or a SecureString; or an object with Token and ExpiresOn, as Get-AzAccessToken returns it.</summary>
    private static IssuedToken? Read(object? returned)
    {
        var shell = returned as PSObject;
        if (Text(shell?.BaseObject ?? returned) is string plain)
            return new IssuedToken(plain, null);
        object? token = shell?.Properties["Token"]?.Value;
        DateTimeOffset? expiry = shell?.Properties["ExpiresOn"]?.Value switch
        {
            DateTimeOffset instant => instant,
            DateTime instant => new DateTimeOffset(instant.ToUniversalTime()),
            _ => null,
        };
        return Text(token is PSObject wrapped ? wrapped.BaseObject : token) is string inner ? new IssuedToken(inner, expiry) : null;
    }

    private static string? Text(object? value) => value switch
    {
        string text when text.Trim().Length > 0 => text.Trim(),
        SecureString secret when secret.Length > 0 => new NetworkCredential("", secret).Password.Trim(),
        _ => null,
    };
}
