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
    [InlineData("..", "_")]
    [InlineData(".", "_")]
    [InlineData("mlflow.runName-2", "mlflow.runName-2")]
    [InlineData("a//b", "a/b")]
    [InlineData("/a/", "a")]
    [InlineData("größe:1", "gr__e_1")]
    [InlineData("", "_")]
    public void A_key_is_made_of_what_every_server_takes(string key, string expected) => Assert.Equal(expected, MlflowLimits.Key(key));

    [Fact]
    public void A_key_has_at_most_250_characters() => Assert.Equal(250, MlflowLimits.Key(new string('k', 251)).Length);

    public static TheoryData<string, string, string, double> UnfitRecords { get; } = new()
    {
        { new string('n', 251), "key", "value", 1 },
        { "name", "a//b", "value", 1 },
        { "name", "key", new string('v', 6001), 1 },
        { "name", "key", new string('€', 2001), 1 },
        { "name", "key", "value", double.NaN },
    };

    [Theory]
    [MemberData(nameof(UnfitRecords))]
    public void A_record_is_made_to_fit_for_one_flaw_alone(string name, string key, string value, double metric)
    {
        RunRecord record = MlflowLimits.Fit(Record(name, key, value, "tag", "m", metric), _ => { });

        Assert.InRange(Encoding.UTF8.GetByteCount(record.Name), 1, MlflowLimits.MaximumKeyLength);
        Assert.All(record.Params, param => Assert.Equal(MlflowLimits.Key(param.Key), param.Key));
        Assert.All(record.Params, param => Assert.InRange(Encoding.UTF8.GetByteCount(param.Value), 1, MlflowLimits.MaximumParamBytes));
        Assert.All(record.Metrics, point => Assert.True(double.IsFinite(point.Value)));
    }

    [Fact]
    public void Tags_and_metrics_are_made_to_fit_for_one_flaw_alone()
    {
        RunRecord tag = MlflowLimits.Fit(Record("name", "key", "value", new string('t', 5001), "m", 1), _ => { });
        RunRecord metric = MlflowLimits.Fit(Record("name", "key", "value", "tag", "m%", 1), _ => { });

        Assert.Equal(MlflowLimits.MaximumTagBytes, Encoding.UTF8.GetByteCount(tag.Tags["tag"]));
        Assert.Equal(MlflowLimits.LongValuesFile, Assert.Single(tag.Artifacts).Name);
        Assert.Equal("m_", Assert.Single(metric.Metrics).Key);
    }

    [Fact]
    public void The_last_point_of_a_series_is_the_one_with_the_highest_step() => Assert.Equal(
        [new MetricPoint("m", 2, 1, 7), new MetricPoint("n", 1, 1, 0)],
        (Record("name", "key", "value", "tag", "m", 1) with
        {
            Metrics = [new("m", 1, 1, 3), new("n", 1, 1, 0), new("m", 2, 1, 7), new("m", 3, 1, 5)],
        }).LatestMetrics());

    private static RunRecord Record(string name, string key, string value, string tag, string metricKey, double metric) => new()
    {
        Key = "k", Name = name, StartTime = 1, EndTime = 2, Status = MlflowRunStatus.Finished,
        Params = new Dictionary<string, string> { [key] = value },
        Tags = new Dictionary<string, string> { ["tag"] = tag },
        Metrics = [new MetricPoint(metricKey, metric, 1, 0)],
        Artifacts = [],
    };

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
                new string('r', 32),
                [.. batch.Metrics.Select(m => new WireMetric { Key = m.Key, Value = m.Value, Timestamp = m.Timestamp, Step = m.Step })],
                batch.Params, batch.Tags);
            Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                request, MlflowJson.Relaxed.LogBatchRequest).Length, 1, 1_000_000);
        });
        Assert.Equal(values.Params, batches.SelectMany(batch => batch.Params));
        Assert.Equal(values.Metrics, batches.SelectMany(batch => batch.Metrics));
        Assert.Equal(values.Tags, batches.SelectMany(batch => batch.Tags));
    }
}
