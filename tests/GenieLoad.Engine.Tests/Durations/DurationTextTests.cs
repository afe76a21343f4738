using System.Globalization;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Durations;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("immediate", 0)]
    [InlineData("30", 30)]
    [InlineData(" 30 ", 30)]
    [InlineData("1.5", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("30 S", 30)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("1d", 86400)]
    [InlineData("1m30s", 90)]
    [InlineData("1h 30m", 5400)]
    [InlineData("0.5h", 1800)]
    [InlineData("00:00:30", 30)]
    [InlineData("1.00:00:01.5", 86401.5)]
    public void A_text_is_read(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [Fact]
    public void Numbers_are_seconds_and_time_spans_are_themselves()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), DurationText.Parse(30));
        Assert.Equal(TimeSpan.FromSeconds(30), DurationText.Parse(30L));
        Assert.Equal(TimeSpan.FromSeconds(0.1), DurationText.Parse(0.1));
        Assert.Equal(TimeSpan.FromSeconds(30), DurationText.Parse(30ul));
        Assert.Equal(TimeSpan.FromMinutes(3), DurationText.Parse(TimeSpan.FromMinutes(3)));
    }

    public static TheoryData<object> Unquoted => [(short)2, (ushort)2, (sbyte)5, (byte)5, 1m, new System.Numerics.BigInteger(5)];

    [Theory]
    [MemberData(nameof(Unquoted))]
    public void A_number_of_a_type_that_units_make_is_refused_wherever_a_duration_is_read(object value)
    {
        Assert.Equal("UnquotedDuration", Assert.Throws<GenieLoadException>(() => DurationText.Parse(value)).ErrorId);
        foreach (string field in (string[])["duration", "stagger"])
        {
            Dictionary<string, object> fields = new() { ["questionCount"] = 4, ["userCount"] = 2, [field] = value };
            GenieLoadException error = Assert.Throws<GenieLoadException>(() => ScenarioDraft.FromDictionary(fields, "/").ToScenario("a"));
            Assert.Equal("UnquotedDuration", error.ErrorId);
            Assert.Contains("'1.5s'", error.Recommendation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_decimal_sign_is_a_point_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(TimeSpan.FromSeconds(1.5), DurationText.Parse("1.5"));
            Assert.Throws<GenieLoadException>(() => DurationText.Parse("1,5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("1.2.3s")]
    [InlineData("1m30")]
    [InlineData("-30")]
    [InlineData("-00:00:30")]
    [InlineData("00:30")]
    [InlineData("00:00:99")]
    [InlineData("٣٠s")]
    [InlineData("1e30")]
    [InlineData("99999999999d")]
    [InlineData("922337203686")]
    [InlineData("10675200d")]
    [InlineData("99999999.00:00:00")]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(true)]
    public void Anything_else_is_refused_by_name(object? value)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => DurationText.Parse(value));

        Assert.Equal("InvalidDuration", error.ErrorId);
        Assert.EndsWith(" is not a duration.", error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{value}"), error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("'1h30m'", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_that_there_is_does_not_come_round_to_below_zero()
    {
        Assert.Equal(TimeSpan.MaxValue, DurationText.Parse(TimeSpan.MaxValue));
        Assert.True(DurationText.Parse(Math.BitDecrement(TimeSpan.MaxValue.TotalSeconds)) > TimeSpan.FromDays(10_000_000));
        Assert.Throws<GenieLoadException>(() => DurationText.Parse(TimeSpan.MaxValue.TotalSeconds));
    }

    [Fact]
    public void A_text_of_absurd_length_is_refused_and_not_repeated()
    {
        string many = string.Concat(Enumerable.Repeat("1s", 100));
        foreach (string text in (string[])[many, "1" + new string('0', 200) + "ms", "30s" + new string('x', 5000)])
        {
            GenieLoadException error = Assert.Throws<GenieLoadException>(() => DurationText.Parse(text));
            Assert.InRange(error.Message.Length, 1, 120);
        }
    }

    [Theory]
    [InlineData(30.0, "30s")]
    [InlineData(2.5, "2.5s")]
    [InlineData(0.1, "0.1s")]
    [InlineData(null, "immediate")]
    public void Seconds_are_written_short_with_a_point_in_every_culture(double? seconds, string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(text, DurationText.Format(seconds));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
