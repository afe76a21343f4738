using System.Management.Automation;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Paths as PowerShell completes them, those of the wanted kinds alone.</summary>
internal static class PathCompletion
{
    /// <summary>Folders that fit what was typed, and files with one of some extensions.</summary>
    /// <param name="typed">What was typed, with its quotes.</param>
    /// <param name="extensions">Extensions such as <c>.json</c>; none for folders alone.</param>
    public static IEnumerable<CompletionResult> Of(string? typed, params string[] extensions) =>
        CompletionCompleters.CompleteFilename((typed ?? "").Trim('\'', '"')).Where(found =>
            found.ResultType == CompletionResultType.ProviderContainer
            || extensions.Contains(Path.GetExtension(found.ListItemText), StringComparer.OrdinalIgnoreCase));
}
