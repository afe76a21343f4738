using GenieLoad.Engine.Reports;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>The default view of a comparison, called by the format file.</summary>
public static class RunComparisonView
{
    /// <summary>The comparison as text.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Text(RunComparison comparison) => ComparisonText.Write(comparison);
}
