using System.Text;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Mlflow.Wire;

namespace GenieLoad.Engine.Tests.Mlflow;

public sealed class MlflowLimitsTests
{
    [Theory]
    [InlineData("p95_response_seconds", "p95_response_seconds")]
    [InlineData("rate (%)", "rate ___")]
    [InlineData("../x", "x")]
    [InlineData("a//b", "a/b")]
    [InlineData("/a/", "a")]
    [InlineData("größe:1", "gr__e_1")]
    [InlineData("", "_")]
    public void A_key_is_made_of_what_every_server_takes(string key, string expected) => Assert.Equal(expected, MlflowLimits.Key(key));

    [Fact]
    public void A_key_has_at_most_250_characters() => Assert.Equal(250, MlflowLimits.Key(new string('k', 251)).Length);

    [Fact]
    public void A_text_is_cut_between_characters()
    {
        string cut = MlflowLimits.Cut(string.Concat(Enumerable.Repeat("😀", 10)), 14);

        Assert.Equal("😀😀…", cut);
        Assert.Equal(11, Encoding.UTF8.GetByteCount(cut));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(200, 1)]
    [InlineData(200.5, 2)]
    [InlineData(3600, 30)]
    [InlineData(864_000, 7200)]
    public void The_interval_grows_so_that_the_points_stay_few(double total, int expected)
    {
        Assert.Equal(expected, SeriesInterval.Seconds(total));
        Assert.InRange(total / expected, 0, SeriesInterval.MaximumCount);
    }

    [Fact]
    public void Batches_keep_every_limit_and_every_value()
    {
        var values = new RunValues(
            [.. Enumerable.Range(0, 250).Select(i => KeyValuePair.Create($"p{i}", new string('"', 3000)))],
            [.. Enumerable.Range(0, 2500).Select(i => new MetricPoint("m", i, 1, i))],
            [.. Enumerable.Range(0, 130).Select(i => KeyValuePair.Create($"t{i}", new string('ä', 2500)))]);

        RunValues[] batches = [.. LogBatches.Split(values)];

        Assert.All(batches, batch =>
        {
            Assert.InRange(batch.Params.Count, 0, 100);
            Assert.InRange(batch.Tags.Count, 0, 100);
            Assert.InRange(batch.Count, 1, 1000);
            var request = new LogBatchRequest(
                new string('r', 32), [.. batch.Metrics.Select(m => new WireMetric(m.Key, m.Value, m.Timestamp, m.Step))],
                [.. batch.Params.Select(p => new KeyAndValue(p.Key, p.Value))],
                [.. batch.Tags.Select(t => new KeyAndValue(t.Key, t.Value))]);
            Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                request, MlflowJson.Relaxed.LogBatchRequest).Length, 1, 1_000_000);
        });
        Assert.Equal(values.Params, batches.SelectMany(batch => batch.Params));
        Assert.Equal(values.Metrics, batches.SelectMany(batch => batch.Metrics));
        Assert.Equal(values.Tags, batches.SelectMany(batch => batch.Tags));
    }
}
