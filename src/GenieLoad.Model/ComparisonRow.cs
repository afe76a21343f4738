using System.Globalization;

namespace GenieLoad.Model;

/// <summary>One figure of two runs beside each other.</summary>
public sealed class ComparisonRow
{
    /// <summary>Name of the figure, such as <c>P95ResponseSeconds</c>.</summary>
    public required string Figure { get; init; }

    /// <summary>Id of the question whose answers these are; <see langword="null"/> for the whole run.</summary>
    public string? QuestionId { get; init; }

    /// <summary>Its text.</summary>
    public string? Question { get; init; }

    /// <summary>One of <see cref="ChangeVerdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary><c>s</c> or <c>%</c>; shifts of a <c>%</c> are percentage points.</summary>
    public required string Unit { get; init; }

    /// <summary>Value in the reference run.</summary>
    public double? ReferenceValue { get; init; }

    /// <summary>Lower end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? ReferenceLower { get; init; }

    /// <summary>Upper end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? ReferenceUpper { get; init; }

    /// <summary>Value in the difference run.</summary>
    public double? DifferenceValue { get; init; }

    /// <summary>Lower end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? DifferenceLower { get; init; }

    /// <summary>Upper end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? DifferenceUpper { get; init; }

    /// <summary>
    /// Change from reference to difference over the questions that both share, in the same mix; positive where the difference run has more.
    /// </summary>
    public double? Shift { get; init; }

    /// <summary>
    /// What the shift is where it is not the difference of the two values: <c>typical change, same questions</c>; else
    /// <see langword="null"/>.
    /// </summary>
    public string? ShiftBasis { get; init; }

    /// <summary>Lower end of the shift's 95 % interval.</summary>
    public double? ShiftLower { get; init; }

    /// <summary>Upper end of the shift's 95 % interval.</summary>
    public double? ShiftUpper { get; init; }

    /// <summary>
    /// The shift in percent of what the reference has over the same questions in the same mix; <see langword="null"/> for figures that are
    /// percentages.
    /// </summary>
    public double? ChangePercent { get; init; }

    /// <summary>
    /// How likely a shift as large is when nothing differs, two-sided; corrected (Holm) where many questions or phases are looked at
    /// together.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>How shift and p-value were found.</summary>
    public required string Method { get; init; }

    /// <summary>Answers, or questions for a rate, of the reference run.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Answers, or questions for a rate, of the difference run.</summary>
    public required int DifferenceCount { get; init; }

    /// <summary>Why not enough: what is missing; <see langword="null"/> otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Verdict, figure and shift in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict}: {Figure}{(QuestionId is null ? "" : $"{{question={QuestionId}}}")} {ReferenceValue:0.00} -> "
        + $"{DifferenceValue:0.00} {Unit}");
}
