using System.Globalization;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>
/// Comparisons of small runs, written down: the same runs and the same seed give the same figures on every machine. Whoever changes how
/// runs are compared changes these lines, and reads them.
/// </summary>
public class ComparisonFiguresTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 99, Seed = 3 };

    [Fact]
    public void Two_runs_of_another_mix() => Same(
        RunComparer.Compare(Draw(1, 1, 24), Draw(2, 1.4, 30), Quick),
        """
        NotEnoughData: 99 resamples, share 0.4855, needs 4 runs
        P50ResponseSeconds NotEnoughData 6.4875 [4.1 8.875] of 24 -> 7.9975 [2.975 14.595] of 30
          2.305 [1.4675 3.14] 37.0069 % p 0.01 same: answers waited for each other: repeat the run, 4 times on each side
        P90ResponseSeconds NotEnoughData 9.9375 [8.875 -] of 24 -> 12.6735 [2.975 -] of 30
          3.0849 [- -] 31.2873 % p 0.1242 same: needs 36 in each run, has 24 and 30
        P95ResponseSeconds NotEnoughData 10.2938 [9.425 -] of 24 -> 13.2318 [2.975 -] of 30
          3.19 [- -] 31.3433 % p 0.1029 same: needs 72 in each run, has 24 and 30
        MeanResponseSeconds NotEnoughData 6.2573 [5.0437 9.319] of 24 -> 7.861 [- -] of 30
          2.34 [1.6788 3.0892] 39.5755 % p 0.01 same: answers waited for each other: repeat the run, 4 times on each side
        SuccessRate NotEnoughData 100 [86.2024 100] of 24 -> 100 [88.6487 100] of 30
          0 [-11.3513 13.7976] - % p 1: the interval of the change is too wide
        ThrottleShare NotEnoughData 2.567 [1.0194 7.3473] of 24 -> 2.1683 [0.9348 5.9201] of 30
          -0.4682 [-5.4051 3.5902] - % p 0.63 same: the interval of the change is too wide
        P50DurationSeconds NotEnoughData 6.4875 [4.1 8.875] of 24 -> 7.9975 [2.975 14.595] of 30
          2.305 [1.4675 3.14] 37.0069 % p 0.03 same: answers waited for each other: repeat the run, 4 times on each side
        P50ServiceSeconds NotEnoughData 6.4875 [4.1 8.875] of 24 -> 7.9975 [2.975 14.595] of 30
          2.305 [1.4675 3.14] 37.0069 % p 0.03 same: answers waited for each other: repeat the run, 4 times on each side
        P50AskingAiSeconds NotEnoughData 3.2438 [2.05 4.4375] of 24 -> 3.9988 [1.4875 7.2975] of 30
          1.1525 [0.7338 1.57] 37.0069 % p 0.03 same: answers waited for each other: repeat the run, 4 times on each side
        q0 NotEnoughData 2.8125 [2.125 4.1] of 8 -> 4.4625 [3.605 5.32] of 12
          1.54 [0.735 2.515] 54.7556 % p 0.0015 same: answers waited for each other: repeat the run, 4 times on each side
        q1 NotEnoughData 6.4875 [5.75 7.225] of 8 -> 8.6975 [7.875 9.835] of 12
          2.335 [1.445 3.315] 35.9923 % p 0 same: answers waited for each other: repeat the run, 4 times on each side
        q2 NotEnoughData 9.6375 [8.875 10.475] of 8 -> 12.8275 [11.445 14.595] of 6
          3.12 [1.98 4.62] 32.3735 % p 0.0013 same: answers waited for each other: repeat the run, 4 times on each side
        """);

    [Fact]
    public void Two_runs_of_conversations_with_failures() => Same(
        RunComparer.Compare(Draw(3, 1, 40, turns: 4, failing: 5), Draw(4, 0.7, 40, turns: 4, failing: 7), Quick),
        """
        Better: 99 resamples, share 1, needs  runs
        P50ResponseSeconds Better 8.15 [4.075 12.225] of 32 -> 5.0925 [4.06 6.3525] of 35
          -2.5838 [-3.45 -1.9475] -35.1133 % p 0.01 same
        P90ResponseSeconds NotEnoughData 12.02 [4.075 -] of 32 -> 8.8095 [7.91 -] of 35
          -3.1518 [- -] -26.236 % p 0.02 same: needs 36 in each run, has 32 and 35
        P95ResponseSeconds NotEnoughData 12.1475 [4.075 -] of 32 -> 9.0773 [8.2775 -] of 35
          -3.0409 [- -] -25.0401 % p 0.01 same: needs 72 in each run, has 32 and 35
        MeanResponseSeconds Better 8.1438 [- -] of 32 -> 5.2785 [- -] of 35
          -2.7631 [-3.0231 -2.4804] -34.1572 % p 0.01 same
        SuccessRate NotEnoughData 80 [65.2427 90.9478] of 40 -> 87.5 [73.8879 95.814] of 40
          7.5 [-9.9683 24.4382] - % p 0.41: the interval of the change is too wide
        ThrottleShare Same 1.5823 [- -] of 40 -> 1.1307 [- -] of 40
          -0.4516 [-0.6262 -0.2592] - % p 0.01
        P50ResponseWithFailuresSeconds Better 10.275 [6.1 11.925] of 40 -> 5.8188 [4.3925 7.0525] of 40
          -4.4563 [-5.2149 -2.8142] -43.3698 % p 0.02
        P90ResponseWithFailuresSeconds NotEnoughData Infinity [12.225 Infinity] of 40 -> Infinity [8.9425 Infinity] of 40
          0 [- -] - % p 1 same: not reached in either run: too many questions failed
        P95ResponseWithFailuresSeconds NotEnoughData Infinity [Infinity -] of 40 -> Infinity [9.345 -] of 40
          0 [- -] - % p 1 same: not reached in either run: too many questions failed
        P50DurationSeconds Better 8.15 [4.075 12.225] of 32 -> 5.0925 [4.06 6.3525] of 35
          -2.5838 [-3.45 -1.9475] -35.1133 % p 0.03 same
        P50ServiceSeconds Better 8.15 [4.075 12.225] of 32 -> 5.0925 [4.06 6.3525] of 35
          -2.5838 [-3.45 -1.9475] -35.1133 % p 0.03 same
        P50AskingAiSeconds Better 4.075 [2.0375 6.1125] of 32 -> 2.5463 [2.03 3.1763] of 35
          -1.2919 [-1.725 -0.9738] -35.1133 % p 0.03 same
        q0 Better 4.275 [4.125 4.475] of 8 -> 2.17 [1.47 2.835] of 9
          -2.0063 [-2.6575 -1.59] -46.9298 % p 0.0003 same
        q2 Better 10.275 [10.1 10.5] of 8 -> 6.3175 [5.6525 7.0175] of 9
          -4.0313 [-4.48 -3.3975] -39.2336 % p 0.0003 same
        q1 Better 6.025 [5.85 6.25] of 8 -> 4.3925 [3.7275 4.795] of 9
          -1.7063 [-2.155 -1.205] -28.3195 % p 0.0003 same
        q3 Better 12 [11.875 12.225] of 8 -> 8.7763 [7.945 9.345] of 8
          -3.2563 [-3.965 -2.815] -27.1354 % p 0.0003 same
        """);

    [Fact]
    public void Two_runs_whose_answers_hang_together() => Same(
        RunComparer.Compare(Draw(10, 1, 48, wave: 6), Draw(11, 1.2, 48, wave: 6), Quick),
        """
        Worse: 99 resamples, share 0.5524, needs  runs
        P50ResponseSeconds Worse 6.925 [5.525 8.6] of 48 -> 8.385 [6.57 10.44] of 48
          1.7125 [0.8675 2.5775] 24.8809 % p 0.01 same
        P90ResponseSeconds Worse 10.6575 [9.925 11.725] of 48 -> 13.182 [2.46 -] of 48
          2.6208 [0.4048 3.9598] 24.6445 % p 0.0378 same
        P95ResponseSeconds NotEnoughData 11.1725 [10.075 -] of 48 -> 13.839 [2.46 -] of 48
          2.782 [- -] 25.1398 % p 0.1168 same: needs 72 in each run, has 48 and 48
        MeanResponseSeconds Worse 6.8958 [6.0679 7.7156] of 48 -> 8.39 [7.0474 9.7489] of 48
          1.7059 [1.0197 2.2359] 25.1095 % p 0.01 same
        SuccessRate NotEnoughData 100 [92.59 100] of 48 -> 100 [92.59 100] of 48
          0 [-7.41 7.41] - % p 1: the interval of the change is too wide
        ThrottleShare NotEnoughData 2.6073 [1.36 4.2179] of 48 -> 2.8322 [1.5256 5.3976] of 48
          0.2294 [-1.8238 1.9417] - % p 0.88 same: the interval of the change is too wide
        P50DurationSeconds Worse 6.925 [5.525 8.6] of 48 -> 8.385 [6.57 10.44] of 48
          1.7125 [0.8675 2.5775] 24.8809 % p 0.03 same
        P50ServiceSeconds Worse 6.925 [5.525 8.6] of 48 -> 8.385 [6.57 10.44] of 48
          1.7125 [0.8675 2.5775] 24.8809 % p 0.03 same
        P50AskingAiSeconds Worse 3.4625 [2.7625 4.3] of 48 -> 4.1925 [3.285 5.22] of 48
          0.8563 [0.4338 1.2888] 24.8809 % p 0.03 same
        q0 Worse 3.825 [3.1 4.775] of 16 -> 5.13 [3.66 6.33] of 17
          1.2975 [0.115 2.425] 33.9216 % p 0.0279 same
        q1 Worse 6.925 [6.2 7.875] of 16 -> 8.7 [7.8 9.66] of 17
          1.7925 [0.765 2.715] 25.8845 % p 0.0024 same
        q2 Worse 10.025 [9.75 10.75] of 16 -> 12.39 [10.62 13.86] of 14
          2.3525 [0.93 3.39] 23.4663 % p 0.0013 same
        """);

    [Fact]
    public void Several_runs_a_side() => Same(
        RunComparer.Compare(
            [Draw(5, 1, 21), Draw(6, 1.05, 24)], [Draw(7, 1.5, 24), Draw(8, 1.4, 21, failing: 6), Draw(9, 1.45, 27)], Quick),
        """
        Worse: 0 resamples, share 1, needs  runs
        P50ResponseSeconds Worse 6.3444 [0 16.1202] of 45 -> 9.3496 [7.2271 11.472] of 69
          2.7609 [0.8294 4.6924] 43.1047 % p 0.0199 same
        P90ResponseSeconds Worse 9.7518 [4.647 14.8565] of 45 -> 14.1945 [12.5229 15.8661] of 69
          4.3845 [2.8637 5.9053] 44.9743 % p 0.0027 same
        P95ResponseSeconds NotEnoughData 10.0519 [3.6746 16.4292] of 45 -> 14.7087 [13.1826 16.2348] of 69
          4.5688 [- -] 45.1601 % p 0.0035 same: needs 72 in each run, has 45 and 69
        MeanResponseSeconds Worse 6.5506 [1.6878 11.4134] of 45 -> 9.3293 [8.2079 10.4508] of 69
          2.6384 [1.8815 3.3954] 39.9421 % p 0.0016 same
        SuccessRate NotEnoughData 100 [100 100] of 45 -> 95.2381 [74.7493 100] of 72
          -4.408 [-22.5181 13.7022] - % p 0.495 same: the interval of the change is too wide
        ThrottleShare NotEnoughData 2.4289 [0 8.6688] of 45 -> 2.8014 [1.9813 3.6215] of 72
          0.4797 [-1.1006 2.06] - % p 0.4053 same: the interval of the change is too wide
        P50ResponseWithFailuresSeconds Worse 6.3444 [0 16.1202] of 45 -> 9.6879 [9.0119 10.364] of 72
          3.2 [1.4341 4.9659] 50.1208 % p 0.0104 same
        P90ResponseWithFailuresSeconds NotEnoughData 9.7518 [4.647 14.8565] of 45 -> Infinity [- -] of 72
          Infinity [-Infinity Infinity] - % p 0.495: the interval of the change is too wide
        P95ResponseWithFailuresSeconds NotEnoughData 10.0519 [3.6746 16.4292] of 45 -> Infinity [- -] of 72
          Infinity [- -] - % p 0.495: needs 72 in each run, has 45 and 72
        P50DurationSeconds NotEnoughData 6.3444 [0 16.1202] of 45 -> 9.3496 [7.2271 11.472] of 69
          2.7609 [0.8294 4.6924] 43.1047 % p 0.0597 same: the interval of the change is too wide
        P50ServiceSeconds NotEnoughData 6.3444 [0 16.1202] of 45 -> 9.3496 [7.2271 11.472] of 69
          2.7609 [0.8294 4.6924] 43.1047 % p 0.0597 same: the interval of the change is too wide
        P50AskingAiSeconds NotEnoughData 3.1722 [0 8.0601] of 45 -> 4.6748 [3.6136 5.736] of 69
          1.3805 [0.4147 2.3462] 43.1047 % p 0.0597 same: the interval of the change is too wide
        q2 Worse 9.4763 [9.1088 10.2638] of 15 -> 13.405 [12.8325 14.105] of 25
          4.0171 [2.6956 5.3386] 42.5849 % p 0.007 same
        q1 Worse 6.4388 [5.775 7.0875] of 16 -> 9.135 [8.025 10.005] of 23
          2.649 [0.7747 4.5232] 42.118 % p 0.041 same
        q0 NotEnoughData 3.7275 [2.835 4.325] of 14 -> 4.83 [4.1625 5.5125] of 21
          0.8965 [-0.2039 1.9969] 23.456 % p 0.0809 same: the interval of the change is too wide, from 14 and 21 answers
        """);

    [Fact]
    public void A_question_without_an_answer_on_a_side_comes_last_and_has_no_change()
    {
        string[] before = ["a:1 b:1 c:! d:2", "a:1 b:1 c:! d:2"], after = ["a:2 b:4 c:1 d:!", "a:2 b:4 c:1 d:!"];
        RunComparison comparison = RunComparer.Compare(
            SmallRun.Of(1, string.Join(' ', before)), SmallRun.Of(2, string.Join(' ', after)), Quick);

        Assert.Equal(["b", "a", "c", "d"], comparison.Questions.Select(row => row.QuestionId));
        Assert.Equal([300, 100, null, null], comparison.Questions.Select(row => row.ChangePercent));
        Assert.All(comparison.Questions.Skip(2), row => Assert.Equal((null, null), (row.Shift, row.ShiftBasis)));
    }

    [Fact]
    public void A_percentile_that_a_run_never_reached_has_no_interval_over_the_runs_and_no_number_is_none()
    {
        LoadRun[] before = [SmallRun.Of(1, "a:1 a:2 a:3"), SmallRun.Of(2, "a:1 a:2 a:4")];
        LoadRun[] after = [SmallRun.Of(3, "a:1 a:! a:!"), SmallRun.Of(4, "a:1 a:2 a:3")];

        ComparisonRow row = RunComparer.Compare(before, after, Quick).Rows.Single(row => row.Figure == "P90ResponseWithFailuresSeconds");

        Assert.Equal((double.PositiveInfinity, null, null), (row.DifferenceValue, row.DifferenceLower, row.DifferenceUpper));
        Assert.NotNull(row.ReferenceUpper);
    }

    private static void Same(RunComparison comparison, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Split('\n'), Lines(comparison));

    private static IEnumerable<string> Lines(RunComparison comparison) =>
    [
        FormattableString.Invariant(
            $"{comparison.Verdict}: {comparison.ResampleCount} resamples, share {comparison.EffectiveShare:0.####}, ")
            + FormattableString.Invariant($"needs {comparison.NeededRunCount} runs"),
        .. comparison.Rows.Concat(comparison.Questions).SelectMany(Lines),
    ];

    private static string[] Lines(ComparisonRow row) =>
    [
        $"{row.QuestionId ?? row.Figure} {row.Verdict} "
            + $"{Side(row.ReferenceValue, row.ReferenceLower, row.ReferenceUpper, row.ReferenceCount)}"
            + $" -> {Side(row.DifferenceValue, row.DifferenceLower, row.DifferenceUpper, row.DifferenceCount)}",
        $"  {N(row.Shift)} [{N(row.ShiftLower)} {N(row.ShiftUpper)}] {N(row.ChangePercent)} % p {N(row.PValue)}"
            + (row.ShiftBasis is null ? "" : " same") + (row.Reason is null ? "" : $": {row.Reason}"),
    ];

    private static string Side(double? value, double? lower, double? upper, int count) =>
        FormattableString.Invariant($"{N(value)} [{N(lower)} {N(upper)}] of {count}");

    private static string N(double? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "-";

    /// <summary>Three questions in turn, the second and third asked more often the higher the number; times without any pattern.</summary>
    private static LoadRun Draw(
        int number, double factor, int count, int turns = 1, int failing = int.MaxValue, int wave = 0)
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, count).Select(i =>
        {
            int question = turns > 1 ? i % turns : (i + (i / (3 + number))) % 3;
            double seconds = factor * (2 + (3 * question) + (((i * 7919 * (number + 13)) % 101) / 40.0)
                + (wave > 0 && i / wave % 2 == 0 ? 1.7 : 0));
            string conversation = turns > 1 ? FormattableString.Invariant($"c{(i - 1) / turns}/") : "";
            string answer = i % failing == 0 ? "!" : seconds.ToString(CultureInfo.InvariantCulture);
            return SmallRun.Row(i, $"{conversation}q{question}:{answer}") with
            {
                ThrottleSeconds = i % 4 == 0 ? seconds / 10 : 0, AskingAiSeconds = answer == "!" ? null : seconds / 2,
                AskingAiUpperSeconds = seconds,
            };
        })];
        return SmallRun.Of(number, rows);
    }
}
