using System.Text.RegularExpressions;
using GenieLoad.Engine.Addresses;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What a tracking URI names: a server, a Databricks workspace, or a folder.</summary>
/// <param name="Server">Address of a server, its path without a trailing slash.</param>
/// <param name="IsDatabricks">Whether it is a Databricks workspace.</param>
/// <param name="Profile">Profile of that workspace, where one is named.</param>
/// <param name="Folder">Path of a folder.</param>
internal sealed partial record TrackingTarget(Uri? Server, bool IsDatabricks, string? Profile, string? Folder)
{
    /// <summary>What MLflow calls the model registry of Unity Catalog.</summary>
    public const string ModelRegistry = "databricks-uc";

    /// <summary>Whether a text is a machine and a port without a scheme; a single letter before the colon is a drive.</summary>
    public static bool IsHostWithPort(string text) => HostWithPort().IsMatch(text);

    /// <summary>Reads a tracking URI.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidTrackingUri</c>.</exception>
    public static TrackingTarget Parse(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Any(char.IsControl) || Uri.UnescapeDataString(trimmed).Contains('\0', StringComparison.Ordinal))
            throw MlflowErrors.InvalidTrackingUri(Uri.EscapeDataString(trimmed), "it holds control characters");
        if (trimmed.Equals("databricks", StringComparison.OrdinalIgnoreCase))
            return new TrackingTarget(null, true, null, null);
        // "localhost:5000" is what mlflow itself prints; for another machine nobody says whether it is encrypted.
        if (IsHostWithPort(trimmed))
        {
            trimmed = WorkspaceAddress.TryParse($"http://{trimmed}") is not null
                ? $"http://{trimmed}"
                : throw MlflowErrors.InvalidTrackingUri(text, $"it has no scheme; give http://{trimmed} or https://{trimmed}");
        }
        int colon = trimmed.IndexOf("://", StringComparison.Ordinal);
        string scheme = colon < 0 ? "" : trimmed[..colon].ToLowerInvariant();
        if (scheme == ModelRegistry || trimmed.Equals(ModelRegistry, StringComparison.OrdinalIgnoreCase))
        {
            throw MlflowErrors.InvalidTrackingUri(
                text, "it is the model registry of Unity Catalog, which keeps no runs; give 'databricks'");
        }
        return scheme switch
        {
            "http" or "https" => new TrackingTarget(ParseServer(trimmed), false, null, null),
            "databricks" => new TrackingTarget(null, true, ParseProfile(trimmed, trimmed[(colon + 3)..]), null),
            "file" => new TrackingTarget(null, false, null, ParseFile(trimmed)),
            "" when MlflowExportOptions.FolderOf(trimmed) is { Length: > 0 } folder =>
                new TrackingTarget(null, false, null, Path.GetFullPath(folder)),
            "" => throw MlflowErrors.InvalidTrackingUri(text, "it is empty"),
            _ => throw MlflowErrors.InvalidTrackingUri(
                text, $"'{scheme}' is a database or store that only MLflow itself opens; start 'mlflow server' on it and give its address"),
        };
    }

    private static Uri ParseServer(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw MlflowErrors.InvalidTrackingUri(text, "it is not a web address");
        if (uri.UserInfo.Length > 0)
            throw MlflowErrors.InvalidTrackingUri(uri.Host, "it holds a user name or password; give them with -Credential");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw MlflowErrors.InvalidTrackingUri(text, "it ends in a query or a #; give the address of the server, not of a page");
        return new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    private static string ParseProfile(string text, string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
            throw MlflowErrors.InvalidTrackingUri(text, "secret scopes are read inside of a Databricks cluster only");
        return name.Length > 0 ? name : throw MlflowErrors.InvalidTrackingUri(text, "it names no profile");
    }

    private static string ParseFile(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.IsFile && !uri.IsUnc
            ? uri.LocalPath
            : throw MlflowErrors.InvalidTrackingUri(text, "it is not the address of a folder on this machine");

    [GeneratedRegex(
        @"^(\[[0-9a-f:]+\]|[a-z0-9][a-z0-9.-]+):\d{1,5}(/.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostWithPort();
}
