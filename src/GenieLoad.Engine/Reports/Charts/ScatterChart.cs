using System.Text;
using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Points over time, each kind with a shape of its own: nobody needs to tell colours apart.</summary>
internal static class ScatterChart
{
    /// <summary>Draws the points, kind after kind, so that rare ones lie on top.</summary>
    /// <param name="plot">The chart.</param>
    /// <param name="points">The points.</param>
    public static void Draw(Plot plot, IEnumerable<ScatterPoint> points)
    {
        foreach (IGrouping<PointKind, ScatterPoint> kind in points.GroupBy(point => point.Kind).OrderBy(kind => kind.Key))
        {
            if (plot.Size.IsSmall)
            {
                // A finger finds no hint: one path for all of them is a tenth of the size.
                StringBuilder path = new();
                foreach (ScatterPoint point in kind)
                    path.Append(Shape(kind.Key, plot.X(point.X), plot.Y(point.Y)));
                plot.Add(Svg.Path(StyleOf(kind.Key), path.ToString()));
                continue;
            }

            foreach (ScatterPoint point in kind)
                plot.Add(Svg.Hint(Svg.Path(StyleOf(kind.Key), Shape(kind.Key, plot.X(point.X), plot.Y(point.Y))), point.Hint));
        }
    }

    /// <summary>The shape of a kind beside its name in a legend.</summary>
    public static XElement Key(PointKind kind) => Svg.Path(StyleOf(kind), Shape(kind, 7, 7));

    private static string StyleOf(PointKind kind) => kind switch
    {
        PointKind.Answered => "point answered",
        PointKind.Throttled => "point throttled",
        PointKind.Failed => "point failed",
        _ => "point warm",
    };

    /// <summary>The shape of a kind at a place.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="x">Its middle, from the left.</param>
    /// <param name="y">Its middle, from above.</param>
    /// <param name="size">How many times as large as usual.</param>
    public static string Shape(PointKind kind, double x, double y, double size = 1)
    {
        return kind switch
        {
            PointKind.Throttled => $"M{N(x)} {N(y - (4.5 * size))}l{S(4.5)} {S(4.5)}l{S(-4.5)} {S(4.5)}l{S(-4.5)} {S(-4.5)}z",
            PointKind.BrokenOff => $"M{N(x - (3 * size))} {N(y - (3 * size))}h{S(6)}v{S(6)}h{S(-6)}z",
            PointKind.Failed => $"M{N(x - (4 * size))} {N(y - (4 * size))}l{S(8)} {S(8)}m0 {S(-8)}l{S(-8)} {S(8)}",
            _ => $"M{N(x - (3 * size))} {N(y)}a{S(3)} {S(3)} 0 1 0 {S(6)} 0a{S(3)} {S(3)} 0 1 0 {S(-6)} 0",
        };

        string N(double value) => Svg.Number(value);
        string S(double value) => Svg.Number(value * size);
    }
}

/// <summary>What a point is.</summary>
internal enum PointKind
{
    /// <summary>Only warmed up.</summary>
    WarmUp,

    /// <summary>Answered in full.</summary>
    Answered,

    /// <summary>Answered in full, after 429s.</summary>
    Throttled,

    /// <summary>Come to an end in any other way.</summary>
    Failed,

    /// <summary>Broken off by the end of the run.</summary>
    BrokenOff,
}

/// <summary>A point.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="X">Value along the bottom.</param>
/// <param name="Y">Value upwards.</param>
/// <param name="Hint">What it says when a pointer rests on it.</param>
internal readonly record struct ScatterPoint(PointKind Kind, double X, double Y, string Hint);
