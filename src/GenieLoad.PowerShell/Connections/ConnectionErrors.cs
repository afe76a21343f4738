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
            $"No connection of this session is the current one; open are {string.Join(", ", open.Select(one => $"'{one}'"))}.",
            "Name one with -Connection, or run Connect-Genie again to make a connection the current one.");

    public static GenieLoadException ConnectionClosed(Connection connection) => new(
        nameof(ConnectionClosed), ErrorKind.NotReady,
        $"The connection to {connection} is closed, or came from another process: it no longer holds a credential.",
        "Connect again with Connect-Genie and use what it returns.", connection);

    public static GenieLoadException TokenProviderFailed(string reason) => new(
        nameof(TokenProviderFailed), ErrorKind.Authentication,
        $"The script of -TokenProvider failed: {Engine.Logging.Redactor.Redact(reason)}",
        "Run the script by itself; it must return a token.");

    public static GenieLoadException TokenProviderUnusable() => new(
        nameof(TokenProviderUnusable), ErrorKind.Authentication,
        "The script of -TokenProvider returned no token.",
        "It must return one thing: a text, a SecureString, or an object with Token and ExpiresOn, such as Get-AzAccessToken returns.");

    public static GenieLoadException GivenTwice(string first, string second) => new(
        nameof(GivenTwice), ErrorKind.InvalidInput,
        $"There are two credentials at once: -{first} and {(second.Contains(' ', StringComparison.Ordinal) ? second : "-" + second)}.",
        "Give one of them.");

    public static GenieLoadException ConnectionNotFound(string name, IEnumerable<string?> names) => new(
        nameof(ConnectionNotFound), ErrorKind.NotFound,
        $"There is no connection named '{name}' in this session. It has: "
            + $"{string.Join(", ", names.OfType<string>().DefaultIfEmpty("none with a name"))}.",
        "Connect with Connect-Genie -Name, or give the connection itself. Get-GenieConnection lists all.", name);

    public static GenieLoadException SecretAsPlainText(string variable) => new(
        nameof(SecretAsPlainText), ErrorKind.InvalidInput,
        "The secret is given as plain text, which stays in the command history and in transcripts; this parameter takes a SecureString.",
        "Type it in with (Read-Host -AsSecureString), read it from a vault with (Get-Secret <name>), convert a text that you already have "
            + $"with (ConvertTo-SecureString $text -AsPlainText -Force), or leave the parameter out and set $env:{variable}.");
}
