using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class AdmissionLimitTests
{
    [Theory]
    [InlineData(5, 1)]
    [InlineData(5, 5)]
    [InlineData(20, 3)]
    public void It_is_a_bucket_of_tokens_with_a_queue_in_front(double perMinute, int burst)
    {
        AdmissionBucket bucket = new AdmissionLimit(perMinute, burst).Fill();
        SeededRandom random = new(1);
        double at = 0, tokens = burst, counted = 0, last = 0;
        for (int i = 0; i < 2_000; i++)
        {
            at += -Math.Log(1 - random.NextDouble()) * 60 / perMinute;
            // The plain way: tokens drip in, and who finds none waits for the first that those before leave over.
            double start = Math.Max(at, last);
            tokens = Math.Min(burst, tokens + ((start - counted) * perMinute / 60));
            double turn = tokens >= 1 ? start : start + ((1 - tokens) * 60 / perMinute);
            tokens = Math.Max(tokens, 1) - 1;
            (counted, last) = (turn, turn);

            Assert.Equal(turn, bucket.Take(at), 1e-6);
        }
    }

    [Fact]
    public void A_rested_bucket_lets_its_burst_through_at_once_and_then_one_a_token()
    {
        AdmissionBucket bucket = new AdmissionLimit(6, 3).Fill();

        Assert.Equal([100, 100, 100, 110, 120], Enumerable.Range(0, 5).Select(_ => bucket.Take(100)));
        Assert.Equal(5, bucket.Missing(100));
        Assert.Equal(0, bucket.Missing(1000));
        Assert.Equal([1000, 1000, 1000, 1010], Enumerable.Range(0, 4).Select(_ => bucket.Take(1000)));
    }

    [Fact]
    public void Without_a_limit_nobody_waits()
    {
        AdmissionBucket bucket = AdmissionLimit.None.Fill();

        Assert.True(AdmissionLimit.None.IsNone);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(7, bucket.Take(7)));
        Assert.Equal(0, bucket.Missing(7));
    }

    [Theory]
    [InlineData("QuestionsPerMinute", 0, 1, null, null)]
    [InlineData("QuestionsPerMinute", double.NaN, 1, null, null)]
    [InlineData("Burst", 5, 0, null, null)]
    [InlineData("LowerPerMinute", 5, 1, 5.1, null)]
    [InlineData("UpperPerMinute", 5, 1, null, 4.9)]
    public void What_can_be_no_limit_is_refused(string field, double perMinute, int burst, double? lower, double? upper)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => new AdmissionLimit(perMinute, burst, lower, upper));

        Assert.StartsWith(field + " is", error.Message, StringComparison.Ordinal);
    }
}
