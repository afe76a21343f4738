using System.Text.RegularExpressions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Addresses;

/// <summary>What people give as a space: its id, or the address of its page as the browser shows it.</summary>
public static partial class SpaceAddress
{
    /// <summary>The id of a space.</summary>
    /// <param name="text">The id, or the address of a page of the space; blanks and line breaks around it do not count.</param>
    /// <param name="workspace">The workspace that is asked.</param>
    /// <returns>The id; what is neither comes back as it is, and is refused as an id.</returns>
    /// <exception cref="GenieLoadException"><c>SpaceOfAnotherWorkspace</c>.</exception>
    public static string IdOf(string text, Uri workspace)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(workspace);
        string trimmed = text.Trim();
        Match page = Page().Match(trimmed);
        if (!page.Success)
            return trimmed;
        if (WorkspaceOf(trimmed) is Uri own && !own.Authority.Equals(workspace.Authority, StringComparison.OrdinalIgnoreCase))
            throw AddressesErrors.SpaceOfAnotherWorkspace(own.Authority, workspace.Authority);
        return page.Groups["id"].Value;
    }

    /// <summary>The workspace that the address of a space's page names; <see langword="null"/> for anything else.</summary>
    /// <param name="text">What was given as a space.</param>
    public static Uri? WorkspaceOf(string? text) =>
        text?.Trim() is string trimmed && Page().Match(trimmed) is { Success: true } page && page.Groups["host"].Length > 0
            ? WorkspaceAddress.TryParse(trimmed)
            : null;

    [GeneratedRegex(
        @"^(?<host>(https?://)?[^/?#\s]+)?/([^?#]*/)?genie/(rooms|spaces|agents)/(?<id>[^/?#\s]+)([/?#]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();
}
