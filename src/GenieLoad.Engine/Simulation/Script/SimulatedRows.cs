using System.Globalization;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The data of a simulated space: what a query of a topic brings.</summary>
internal static class SimulatedRows
{
    // Differs in the second digit.
    private const double OtherResult = 0.83;

    // Differs from the fifth digit on.
    private const double Rounding = 1.00001;

    private const double ChangedData = 1.27;

    /// <summary>Names and types of the columns of Genie's queries.</summary>
    /// <param name="topic">What it is about.</param>
    public static IReadOnlyList<(string Name, string Type)> Columns(SimulatedTexts.Topic topic) =>
        [(topic.Dimension, "STRING"), ("total_" + topic.Measure, "DOUBLE"), ("row_count", "LONG")];

    /// <summary>
    /// The cells of a row. They are texts or null whatever the column's type, and large numbers come in scientific notation.
    /// </summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="rowCount">Rows of the result.</param>
    /// <param name="drift">How the answer differs from the usual one.</param>
    /// <param name="hasChanged">Whether the data is another than at the start.</param>
    public static string?[] Row(int row, int rowCount, SimulatedDrift? drift, bool hasChanged)
    {
        double scale = (drift switch { SimulatedDrift.Result => OtherResult, SimulatedDrift.Rounding => Rounding, _ => 1 })
            * (hasChanged ? ChangedData : 1);
        // All its digits: rounding apart only shows where there are more than are compared.
        string format = drift == SimulatedDrift.Rounding ? "0.########E0" : "0.####E0";
        return
        [
            SimulatedTexts.Member(row),
            row % 17 == 16 ? null : (scale * 3.336e8 / (row + 1)).ToString(format, CultureInfo.InvariantCulture),
            (rowCount - row).ToString(CultureInfo.InvariantCulture),
        ];
    }
}
