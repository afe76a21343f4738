using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>The verdict of the whole never says other than its rows.</summary>
public class OverallVerdictTests
{
    private static readonly string[] Names =
        ["P50ResponseSeconds", "P90ResponseSeconds", "P95ResponseSeconds", "MeanResponseSeconds", "SuccessRate", "ThrottleShare"];

    [Theory]
    [InlineData(400, "S.5 S.5 S.5 S.5 S.5 S.5", "Same", "median, P95 and success rate are the same")]
    [InlineData(60, "S.5 S.5 N.5 S.5 S.5 S.5", "Same", "median, P90 and success rate are the same")]
    [InlineData(30, "S.5 N.5 N.5 S.5 S.5 S.5", "Same", "median and success rate are the same")]
    [InlineData(30, "S.5 N.04 N.5 S.5 S.5 S.5", "NotEnoughData", "P90ResponseSeconds may have changed (p 0.040)")]
    [InlineData(60, "S.5 S.5 N.02 S.5 S.5 S.5", "NotEnoughData", "P95ResponseSeconds may have changed (p 0.020)")]
    [InlineData(60, "S.5 W.006 N.5 S.5 S.5 S.5", "Worse", "P90ResponseSeconds is worse (p 0.006)")]
    [InlineData(400, "S.5 S.5 N.5 S.5 S.5 S.5", "NotEnoughData", "P95ResponseSeconds: too wide")]
    [InlineData(400, "S.5 S.5 S.5 S.5 N.5 S.5", "NotEnoughData", "SuccessRate: too wide")]
    [InlineData(400, "S.5 S.5 S.5 S.5 W.036 S.5", "NotEnoughData",
        "SuccessRate is worse (p 0.036), which is not enough to decide: ask more questions")]
    [InlineData(400, "B.001 B.001 B.001 B.001 W.036 S.5", "NotEnoughData",
        "P50ResponseSeconds is better (p 0.001), but SuccessRate is worse (p 0.036)")]
    [InlineData(400, "B.001 B.001 B.001 B.001 S.5 W.01", "NotEnoughData",
        "P50ResponseSeconds is better (p 0.001), but ThrottleShare is worse (p 0.010)")]
    [InlineData(400, "S.5 S.5 S.5 W.01 S.5 S.5", "NotEnoughData",
        "MeanResponseSeconds is worse (p 0.010), which is not enough to decide: ask more questions")]
    [InlineData(400, "B.001 B.001 B.001 B.001 W.03 S.5", "Worse", "SuccessRate is worse (p 0.030)")]
    [InlineData(400, "B.03 S.5 S.5 S.5 S.5 S.5", "Better", "P50ResponseSeconds is better (p 0.030)")]
    [InlineData(400, "B.04 S.5 S.5 S.5 S.5 S.5", "NotEnoughData", "P50ResponseSeconds is better (p 0.040), which is not enough to decide")]
    [InlineData(72, "S.5 S.5 S.5 S.5 S.5 S.5", "Same", "median, P95 and success rate are the same")]
    [InlineData(71, "S.5 S.5 S.5 S.5 S.5 S.5", "Same", "median, P90 and success rate are the same")]
    [InlineData(36, "S.5 S.5 S.5 S.5 S.5 S.5", "Same", "median, P90 and success rate are the same")]
    [InlineData(35, "S.5 S.5 S.5 S.5 S.5 S.5", "Same", "median and success rate are the same")]
    [InlineData(30, "S.5 N.03 N.02 S.5 S.5 S.5", "NotEnoughData", "P90ResponseSeconds may have changed (p 0.030)")]
    [InlineData(30, "S.5 N.05 N.5 S.5 S.5 S.5", "NotEnoughData", "P90ResponseSeconds may have changed (p 0.050)")]
    [InlineData(400, "S.5 N.02 S.5 S.5 S.5 S.5", "Same", "median, P95 and success rate are the same")]
    [InlineData(400, "W.02 S.5 W.01 S.5 S.5 S.5", "Worse", "P95ResponseSeconds is worse (p 0.010)")]
    [InlineData(400, "W.0005 S.5 S.5 S.5 S.5 S.5", "Worse", "P50ResponseSeconds is worse (p < 0.001)")]
    [InlineData(400, "W.001 S.5 S.5 S.5 S.5 S.5", "Worse", "P50ResponseSeconds is worse (p 0.001)")]
    public void The_whole_follows_its_rows_and_names_the_one(int count, string rows, string verdict, string reason)
    {
        OverallVerdict overall = OverallVerdict.Of([.. rows.Split(' ').Select((text, i) => Row(Names[i], text, count))]);

        Assert.Equal(verdict, overall.Verdict);
        Assert.StartsWith(reason, overall.Reason, StringComparison.Ordinal);
    }

    private static ComparisonRow Row(string figure, string text, int count) => new()
    {
        Figure = figure,
        Verdict = text[0] switch
        {
            'S' => ChangeVerdict.Same, 'W' => ChangeVerdict.Worse, 'B' => ChangeVerdict.Better, _ => ChangeVerdict.NotEnoughData,
        },
        PValue = double.Parse("0" + text[1..], System.Globalization.CultureInfo.InvariantCulture),
        Unit = "s", Method = "", ReferenceCount = count, DifferenceCount = count, Reason = text[0] == 'N' ? "too wide" : null,
    };
}
