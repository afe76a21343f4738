using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>The default view of a plan, called by the format file.</summary>
public static class PlanPreviewView
{
    /// <summary>The plan as text.</summary>
    /// <param name="preview">The plan.</param>
    public static string Text(PlanPreview preview) => PlanPreviewText.Format(preview);
}
