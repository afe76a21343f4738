using GenieLoad.Model;

namespace GenieLoad.PowerShell.Connections;

/// <summary>What can be wrong with a connection, in words for people. The factory's name is the error's id.</summary>
internal static class ConnectionErrors
{
    public static GenieLoadException NotConnected(IReadOnlyList<Connection> open) => open.Count == 0
        ? new(
            nameof(NotConnected), ErrorKind.NotReady,
            "There is no connection to a workspace in this session.",
            "Run Connect-Genie first. To try it without a workspace: Connect-Genie -Simulator (Start-GenieSimulator).")
        : new(
            nameof(NotConnected), ErrorKind.NotReady,
            $"There is no current connection; open connections are {string.Join(", ", open.Select(one => $"'{one}'"))}.",
            "Make one of them current with Select-GenieConnection, or name one with -Connection.");

    public static GenieLoadException ConnectionClosed(Connection connection) => new(
        nameof(ConnectionClosed), ErrorKind.NotReady,
        $"The connection to {connection} is closed, or came from another process: it no longer has a credential.",
        "Connect again with Connect-Genie and use the returned connection.", connection);

    public static GenieLoadException TokenProviderFailed(string reason) => new(
        nameof(TokenProviderFailed), ErrorKind.Authentication,
        $"The script of -TokenProvider failed: {Engine.Logging.Redactor.Redact(reason)}",
        "Run the script on its own; it must return a token.");

    public static GenieLoadException TokenProviderUnusable() => new(
        nameof(TokenProviderUnusable), ErrorKind.Authentication,
        "The script of -TokenProvider returned no token.",
        "It must return one object: a string, a SecureString, or an object with Token and ExpiresOn, as Get-AzAccessToken returns.");

    public static GenieLoadException GivenTwice(string first, string second) => new(
        nameof(GivenTwice), ErrorKind.InvalidInput,
        $"Two credentials are given: -{first} and {(second.Contains(' ', StringComparison.Ordinal) ? second : "-" + second)}.",
        "Give one of them.");

    public static GenieLoadException ConnectionNotFound(string name, IEnumerable<string?> names) => new(
        nameof(ConnectionNotFound), ErrorKind.NotFound,
        $"There is no connection named '{name}' in this session. Open connections: "
            + $"{string.Join(", ", names.OfType<string>().DefaultIfEmpty("none with a name"))}.",
        "Connect with Connect-Genie -Name, or give the connection itself. Get-GenieConnection lists all.", name);

    public static GenieLoadException SecretAsPlainText(string variable) => new(
        nameof(SecretAsPlainText), ErrorKind.InvalidInput,
        "The secret is plain text, which stays in the command history and in transcripts; this parameter takes a SecureString.",
        "Type it in with (Read-Host -AsSecureString), read it from a vault with (Get-Secret <name>), convert a string you already have "
            + $"with (ConvertTo-SecureString $text -AsPlainText -Force), or omit the parameter and set $env:{variable}.");
}
