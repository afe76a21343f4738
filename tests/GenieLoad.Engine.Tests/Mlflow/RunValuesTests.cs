using GenieLoad.Engine.Mlflow;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>What of a record is written again into a run that is there already.</summary>
public sealed class RunValuesTests
{
    private static readonly MetricPoint[] Series = [new("m", 1, 1, 0), new("m", 2, 2, 1)];

    [Theory]
    [InlineData(null, true)]
    [InlineData(2.0, false)]
    [InlineData(3.0, true)]
    public void A_metric_is_missing_whole_where_its_last_point_is_not_there(double? stored, bool isMissing)
    {
        var record = new RunRecord
        {
            Key = "k", Name = "name", StartTime = 1, EndTime = 2, Status = MlflowRunStatus.Finished,
            Params = new Dictionary<string, string>(), Tags = new Dictionary<string, string>(), Artifacts = [],
            Metrics = [Series[0], new("there", 5, 1, 0), Series[1]],
        };
        var metrics = new Dictionary<string, MetricPoint> { ["there"] = new("there", 5, 1, 0) };
        if (stored is double value)
            metrics["m"] = new("m", value, 2, 1);

        RunValues missing = RunValues.Missing(record, new StoredRun { RunId = "r", ExperimentId = "1", Metrics = metrics });

        Assert.Equal(isMissing ? Series : [], missing.Metrics);
    }
}
