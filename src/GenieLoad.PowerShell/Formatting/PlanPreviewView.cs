using System.Management.Automation.Host;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>The default view of a plan, called by the format file.</summary>
public static class PlanPreviewView
{
    /// <summary>The plan as text.</summary>
    /// <param name="preview">The plan.</param>
    /// <param name="host">The session's host: no line is longer than its console is wide.</param>
    public static string Text(PlanPreview preview, PSHost? host = null) => PlanPreviewText.Format(preview, ConsoleWidth.Of(host));
}
