using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// What is known of a space's capacity as JUnit XML. One case asks whether anybody meets the service level. A probe that failed is no
/// failure: the search looks for one. <c>docs/reports.md</c> says how results are mapped.
/// </summary>
internal static class CapacityJUnit
{
    private const string Suite = "capacity";

    /// <summary>Writes the report.</summary>
    public static void Write(SpaceCapacity capacity, Stream stream)
    {
        bool isTested = capacity is { Probes.Count: > 0, Lower: not null };
        JUnitCase[] cases = isTested ? [Level(capacity), Agreement(capacity)] : [Level(capacity)];
        JUnitXml.Write(Suite, capacity.DurationSeconds,
            [new JUnitSuite(Suite, cases) { ClassName = $"GenieLoad.{Suite}", Properties = [.. Properties(capacity)] }], stream);
    }

    private static JUnitCase Level(SpaceCapacity capacity)
    {
        CapacityVerdict verdict = CapacityVerdict.Of(capacity);
        string name = ReportText.OneLine(capacity.Model == "Open" ? $"Questions meet {capacity.Slo}" : $"People meet {capacity.Slo}", 200);
        string words = $"{verdict.Word}. {verdict.Reason}";
        string output = string.Join('\n', [words, .. capacity.Probes.Select(probe => $"{probe}"), capacity.Reason]);
        return verdict.Kind switch
        {
            VerdictKind.Fail => new(name, capacity.DurationSeconds, JUnitResult.Failure, words, "ServiceLevelMissed", Output: output),
            VerdictKind.Undecided => new(name, capacity.DurationSeconds, JUnitResult.Skipped, $"{words} {capacity.Reason}", Output: output),
            _ => new(name, capacity.DurationSeconds, JUnitResult.Passed, Output: output),
        };
    }

    /// <summary>A prediction that the probes contradict rests on something that is not so: the case is skipped, and says it.</summary>
    private static JUnitCase Agreement(SpaceCapacity capacity)
    {
        const string Name = "The probes agree with the prediction";
        string predicted = $"{ReportNumber.Count(capacity.Lower!.Value)} to "
            + $"{(capacity.Upper is int upper ? ReportNumber.Count(upper) : "any number of")} people were predicted";
        return capacity.PeopleFailed <= capacity.Lower || capacity.People > capacity.Upper
            ? new(Name, 0, JUnitResult.Skipped, $"{predicted}, but the probes say otherwise. {capacity.Reason}")
            : new(Name, 0, JUnitResult.Passed, Output: predicted);
    }

    private static IEnumerable<(string Name, string Value)> Properties(SpaceCapacity capacity)
    {
        (string Name, IFormattable? Value)[] numbers =
        [
            ("people", capacity.People), ("peopleFailed", capacity.PeopleFailed), ("peoplePredicted", capacity.PeoplePredicted),
            ("questionsPerMinute", capacity.QuestionsPerMinute), ("thinkTimeSeconds", capacity.ThinkTimeSeconds),
            ("limitPerMinute", capacity.LimitPerMinute), ("limitBurst", capacity.LimitBurst), ("questionsSpent", capacity.QuestionsSpent),
        ];
        return
        [
            ("slo", capacity.Slo), ("model", capacity.Model), ("runId", capacity.RunId),
            .. numbers.Where(number => number.Value is not null)
                .Select(number => (number.Name, number.Value!.ToString(null, CultureInfo.InvariantCulture))),
        ];
    }
}
