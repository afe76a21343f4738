using GenieLoad.Engine.Figures;

namespace GenieLoad.Engine.Verdicts;

/// <summary>Share of the pairs of answers to one question that say the same, in percent.</summary>
internal sealed record AgreementShare(string Name) : Figure(Name, "%")
{
    public override bool IsOfSurvivors => true;

    public override Reading Read(FigureScope scope, double confidence) => PooledAgreement.Of(scope.Rows, confidence) is { } agreement
        ? new Reading(100 * agreement.Value, 100 * agreement.Lower, 100 * agreement.Upper, agreement.AnswerCount)
        : new Reading(null, null, null, 0);

    // Two answers make a pair.
    public override double? CountToDecide(FigureScope scope, double limit, double confidence) =>
        PooledAgreement.Of(scope.Rows, confidence) is { } agreement ? 2 * TrialsToDecide(agreement.Value, limit / 100, confidence) : null;
}
