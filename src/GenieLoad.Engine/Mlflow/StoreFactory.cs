using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Mlflow.Artifacts;
using GenieLoad.Engine.Mlflow.Folders;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Opens what the options and MLflow's environment variables name.</summary>
/// <param name="environment">Reads environment variables.</param>
/// <param name="time">Clock of retries and timestamps.</param>
/// <param name="log">Where retries are told.</param>
/// <param name="handler">Takes the place of the network, in tests.</param>
internal sealed class StoreFactory(Func<string, string?> environment, TimeProvider time, ILogger log, Func<HttpMessageHandler>? handler)
{
    // A page of a thousand runs is a few megabytes.
    private const int LongestAnswer = 64 * 1024 * 1024;

    /// <summary>Opens the store.</summary>
    /// <exception cref="Model.GenieLoadException">
    /// <c>InvalidTrackingUri</c>, <c>FolderNamedMlruns</c>, what is wrong with the credential, or with one of the variables.
    /// </exception>
    public IMlflowStore Open(MlflowExportOptions options)
    {
        string? uri = options.TrackingUri ?? Variable("MLFLOW_TRACKING_URI");
        TrackingTarget target = uri is null
            ? new TrackingTarget(null, false, null, Path.Combine(new RunStore().Root, "mlflow", "tracking"))
            : TrackingTarget.Parse(uri);
        if (target.Folder is not null)
            return new FolderStore(target.Folder, time);
        MlflowSettings settings = MlflowSettings.Read(environment);
        if (target.IsDatabricks)
        {
            (Uri workspace, ICredential credential) = Workspace(options, target.Profile);
            return Rest(options, settings, workspace, isDatabricks: true, new BearerAuthorization(credential));
        }
        MlflowCredential own = MlflowCredential.Find(options, environment, target.Server!, text => log.LogWarning("{Text}", text));
        if (own.Header is not null && target.Server!.Scheme == Uri.UriSchemeHttp && !WorkspaceAddress.IsLoopback(target.Server))
        {
            log.LogWarning(
                "The credential for {Server} crosses the network unencrypted: its address is http, not https.", target.Server.Authority);
        }
        return Rest(options, settings, target.Server!, isDatabricks: false, own);
    }

    /// <summary>A variable's value; <see langword="null"/> where it is not set or empty.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private (Uri Workspace, ICredential Credential) Workspace(MlflowExportOptions options, string? profile)
    {
        var context = new CredentialContext { Environment = environment, Time = time, Handler = handler?.Invoke() };
        try
        {
            return new CredentialResolver(context).Resolve(new CredentialInput { Token = options.Token, Profile = profile });
        }
        catch (GenieLoadException e) when (profile is null && IsConnected(options, e))
        {
            // A token that was given is meant, wherever the workspace comes from.
            return (options.ConnectedWorkspace!, options.Token is null
                ? options.ConnectedCredential!
                : TokenCredential.Create(options.Token, "Token parameter"));
        }
    }

    /// <summary>Whether the connection has what is missing: the workspace, or what opens the very workspace that was named.</summary>
    private static bool IsConnected(MlflowExportOptions options, GenieLoadException missing) =>
        options is { ConnectedWorkspace: Uri connected, ConnectedCredential: not null }
        && (missing.ErrorId == nameof(CredentialErrors.MissingWorkspaceUrl)
            || (missing.ErrorId == nameof(CredentialErrors.MissingCredential)
                && missing.Target is Uri named && WorkspaceAddress.IsSameOrigin(connected, named)));

    private RestStore Rest(MlflowExportOptions options, MlflowSettings settings, Uri root, bool isDatabricks, IAuthorization authorization)
    {
        var exchange = new HttpExchange(
            new HttpMessageInvoker(handler?.Invoke() ?? MlflowTls.CreateHandler(root, settings)),
            new ExchangeOptions(settings.Retry, settings.TimeoutSeconds, LongestAnswer) { WillRepeat = WillRepeat }, time, log);
        var server = new MlflowServer(root, authorization, exchange, time);
        var artifacts = new ArtifactRouter(server, isDatabricks, settings.SkipFilesApi);
        return new RestStore(server, artifacts, options.Workspace ?? Variable("MLFLOW_WORKSPACE"), isDatabricks);
    }

    // A server without workspaces, or without a file store, says so with a 500; a certificate stays what it is; for a token it was asked
    // again already.
    private static bool WillRepeat(ApiFailure failure) => failure.ErrorType is "FEATURE_DISABLED" or "TRANSPORT_TLS" or ApiFailure.NoToken;
}
