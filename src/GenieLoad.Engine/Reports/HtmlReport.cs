using GenieLoad.Engine.Reports.Html;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>Reports as pages of HTML that need nothing but themselves.</summary>
public static class HtmlReport
{
    /// <summary>Writes a run as a page. Texts that are not in the run are not in the page either; the page says so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="options">What the page is to hold beside the run.</param>
    /// <exception cref="GenieLoadException">A threshold cannot be read.</exception>
    public static void Write(LoadRun run, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(stream);
        RunPage.Write(run, options ?? new ReportOptions(), stream);
    }

    /// <summary>Writes comparisons as one page.</summary>
    /// <param name="comparisons">The comparisons, at least one.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(IReadOnlyList<RunComparison> comparisons, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        ArgumentNullException.ThrowIfNull(stream);
        ComparisonPage.Write(comparisons, stream);
    }

    /// <summary>Writes what is known of a space's capacity as a page.</summary>
    /// <param name="capacity">The capacity.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(SpaceCapacity capacity, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        ArgumentNullException.ThrowIfNull(stream);
        CapacityPage.Write(capacity, stream);
    }
}
