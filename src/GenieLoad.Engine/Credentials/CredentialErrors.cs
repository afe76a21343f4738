using GenieLoad.Engine.Addresses;
using GenieLoad.Model;

namespace GenieLoad.Engine.Credentials;

/// <summary>What can go wrong with a credential, in words for people. The factory's name is the error's id.</summary>
internal static class CredentialErrors
{
    private static readonly string Types = string.Join(", ", AuthType.All);

    public static GenieLoadException MissingWorkspaceUrl() => new(
        nameof(MissingWorkspaceUrl), ErrorKind.InvalidInput,
        "No workspace is given: no -WorkspaceUrl, no DATABRICKS_HOST, and no profile with a host.",
        "Give -WorkspaceUrl, set DATABRICKS_HOST, or name a profile of your .databrickscfg with -Profile.");

    public static GenieLoadException MissingCredential(Uri workspace) => new(
        nameof(MissingCredential), ErrorKind.Authentication,
        $"There is no credential for {workspace.Host}: no parameter, environment variable or profile has one, "
            + "and there is no login with az or databricks.",
        "Give -Token, -ClientId with -ClientSecret, or -Profile; or set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID "
            + "and DATABRICKS_CLIENT_SECRET.",
        workspace);

    public static GenieLoadException CredentialOfAnotherHost(string credential, string? itsHost, Uri workspace) => new(
        nameof(CredentialOfAnotherHost), ErrorKind.Authentication,
        $"{credential} belongs to {itsHost ?? "another host"}; it is not sent to {WorkspaceAddress.ToText(workspace)}.",
        $"Give a credential for {workspace.Host}: -Token, -ClientId with -ClientSecret, -TokenProvider, "
            + $"-AuthType {AuthType.AzureCli} or "
        + $"{AuthType.DatabricksCli}, or -Profile of a profile with that host.", credential);

    public static GenieLoadException TwoCredentials(string first, string second) => new(
        nameof(TwoCredentials), ErrorKind.Authentication,
        $"There are two kinds of credential at once: {first} and {second}.",
        $"Remove one, or say which to use with -AuthType, DATABRICKS_AUTH_TYPE or the profile's auth_type: one of {Types}.");

    public static GenieLoadException IncompleteCredential(string kind, string missing) => new(
        nameof(IncompleteCredential), ErrorKind.Authentication,
        $"The credential of kind {kind} is not complete: {missing} is missing.",
        $"Give {missing}, or use another kind: one of {Types}.", kind);

    public static GenieLoadException UnknownAuthType(string kind, string origin) => new(
        nameof(UnknownAuthType), ErrorKind.InvalidInput,
        $"The kind of credential '{kind}' ({origin}) is not supported.",
        $"Use one of {Types}. For a login in the browser: run 'databricks auth login' and use {AuthType.DatabricksCli}.", kind);

    public static GenieLoadException InvalidCredentialValue(string name, string reason) => new(
        nameof(InvalidCredentialValue), ErrorKind.InvalidInput,
        $"{name} cannot be used: {reason}.",
        $"Copy the value of {name} again, without quotes or spaces.");

    public static GenieLoadException InvalidToken(string origin) => new(
        nameof(InvalidToken), ErrorKind.Authentication,
        $"The token ({origin}) is empty or contains invalid characters.",
        "Copy the token again, without quotes or line breaks.", origin);

    public static GenieLoadException TokenRefused(string origin, string host, Exception inner) => new(
        nameof(TokenRefused), ErrorKind.Authentication,
        $"{host} refused a token for {origin}: {inner.Message}",
        "Check client id, secret and tenant: a secret may have expired, or the service principal may not be of this workspace.", origin,
        inner);

    public static GenieLoadException TokenServiceUnreachable(string origin, string host, Exception inner) => new(
        nameof(TokenServiceUnreachable), ErrorKind.Connection,
        $"{host} cannot be reached for a token for {origin}: {inner.Message}",
        "Check the address, the network and the proxy (HTTPS_PROXY); a managed identity is only available on the Azure "
            + "machine or service that has it.",
        origin, inner);

    public static GenieLoadException TokenAnswerUnusable(string origin, string source) => new(
        nameof(TokenAnswerUnusable), ErrorKind.Protocol,
        $"{source} was asked for a token for {origin}, but its answer contains none.",
        "Check the address of the workspace; if it is right, run the same request by hand and look at its answer.", origin);

    public static GenieLoadException UnsafeTokenEndpoint(string endpoint, string workspace) => new(
        nameof(UnsafeTokenEndpoint), ErrorKind.Protocol,
        $"{workspace} says that its tokens are issued at {endpoint}, which is neither https nor of the same "
            + "service. No secret was sent there.",
        "Check the address of the workspace.", endpoint);

    public static GenieLoadException TenantNotFound(string host) => new(
        nameof(TenantNotFound), ErrorKind.Authentication,
        $"{host} does not say which Azure tenant it belongs to.",
        "Give -TenantId, set ARM_TENANT_ID, or add azure_tenant_id to the profile.", host);

    public static GenieLoadException TokenTooSlow(string origin, double seconds) => new(
        nameof(TokenTooSlow), ErrorKind.Timeout,
        FormattableString.Invariant($"There was no token for {origin} within {seconds:0} s."),
        "Try again; if it happens again, check the network or the program that provides the token.", origin);

    public static GenieLoadException TokenBrokenOff(string origin) => new(
        nameof(TokenBrokenOff), ErrorKind.Connection,
        $"Getting a token for {origin} was cancelled.",
        "Try again.", origin);

    public static GenieLoadException TokenNotObtained(string origin, Exception inner) => new(
        nameof(TokenNotObtained), ErrorKind.Authentication,
        $"There is no token for {origin}: {Logging.Redactor.Redact(inner.Message)}",
        "Fix what the message says, then connect again.", origin);

    public static GenieLoadException NoCredentialWorks(string host, IEnumerable<GenieLoadException> failures) => new(
        nameof(NoCredentialWorks), ErrorKind.Authentication,
        $"There is no credential for {host}. These logins were tried: {string.Join(" ", failures.Select(failure => failure.Message))}",
        "Give -Token, -ClientId with -ClientSecret, or -Profile; or log in with 'az login' or 'databricks auth login'.", host);

    public static GenieLoadException ProgramNotFound(string program, string kind) => new(
        nameof(ProgramNotFound), ErrorKind.NotFound,
        $"The program '{program}', which {kind} needs, is not on the PATH.",
        $"Install {program} and log in with it, or use another kind of credential.", program);

    public static GenieLoadException ProgramFailed(string program, string reason, string recommendation) => new(
        nameof(ProgramFailed), ErrorKind.Authentication,
        $"'{program}' gives no token: {reason}", recommendation, program);

    public static GenieLoadException ProfileFileNotFound(string path, string profile, bool isNamed) => new(
        nameof(ProfileFileNotFound), ErrorKind.NotFound,
        $"Profile '{profile}' is wanted, and there is no profile file '{path}'.",
        isNamed
            ? "Correct the path in DATABRICKS_CONFIG_FILE, or remove the variable to use .databrickscfg in your home folder."
            : "Write the file with 'databricks configure', name another with DATABRICKS_CONFIG_FILE, or give -WorkspaceUrl and -Token "
                + "instead.",
        path);

    public static GenieLoadException ProfileFileNotReadable(string path, Exception inner) => new(
        nameof(ProfileFileNotReadable), ErrorKind.NotFound,
        $"The profile file '{path}' cannot be read: {inner.Message}",
        "Check the path in DATABRICKS_CONFIG_FILE and the permissions of the file.", path, inner);

    public static GenieLoadException InvalidProfileFile(string path, int line, string reason) => new(
        nameof(InvalidProfileFile), ErrorKind.InvalidData,
        $"The profile file '{path}' has an error in line {line}: {reason}.",
        "Each line is a [section], a key = value or key: value, or a comment that begins with # or ;.", path);

    public static GenieLoadException ProfileNotFound(string profile, string path, IEnumerable<string> present) => new(
        nameof(ProfileNotFound), ErrorKind.NotFound,
        $"Profile '{profile}' is not in '{path}'. It has: {string.Join(", ", present.DefaultIfEmpty("no profile"))}.",
        "Give -Profile one of those names, or add the section to the file.", profile);
}
