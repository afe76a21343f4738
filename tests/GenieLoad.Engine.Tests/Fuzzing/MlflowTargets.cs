using System.Text;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Mlflow.Artifacts;
using GenieLoad.Engine.Tests.Mlflow;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of what a tracking server answers.</summary>
internal static class MlflowTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        yield return Answer("experiment", "/experiments/get-by-name", FuzzTarget.Texts(
            """{"experiment":{"experiment_id":"7","name":"/Shared/genie-load-test","lifecycle_stage":"active"}}""",
            """{"experiment":{"experiment_id":"12","name":"\ud83d\ude00 \ud800","lifecycle_stage":"deleted"}}"""));
        yield return Answer("runs", "/runs/search", FuzzTarget.Texts(
            """
            {"runs":[{"info":{"run_id":"0123456789abcdef0123456789abcdef","run_uuid":"a","run_name":"x\ud83d\ude00","experiment_id":"7","status":"FINISHED","start_time":1795438800000,
            "end_time":"1795438800001","artifact_uri":"mlflow-artifacts:/7/0123/artifacts"},"data":{"metrics":[{"key":"m","value":"NaN","timestamp":1,"step":0}],
            "params":[{"key":"p","value":"v"}],"tags":[{"key":"genieload.export","value":"20261123-192455-high_load-3f9a"}]}}]}
            """,
            """{}""", """{"runs":[],"next_page_token":""}"""));
        yield return new FuzzTarget("mlflow/artifact-uri", FuzzTarget.Texts(
            "mlflow-artifacts:/1/abc/artifacts", "mlflow-artifacts://host.example:5000/a/b", "https://host.example/x%20y/z",
            "dbfs:/Volumes/a/b",
            "file:///tmp/x", "s3:", "http:///", "/a/b", "dbfs:/databricks/mlflow-tracking/1/2/artifacts"), ReadRoot, _ => false);
    }

    private static FuzzTarget Answer(string name, string path, byte[][] samples) => new(
        "mlflow/" + name, samples,
        input =>
        {
            var server = new FakeMlflowServer
            {
                Before = (_, called) => called.EndsWith(path, StringComparison.Ordinal)
                    ? new HttpResponseMessage { Content = new ByteArrayContent(input) }
                    : null,
            };
            server.AddExperiment("7", MlflowExportOptions.DefaultExperimentName);
            using var exporter = new MlflowExporter(
                new MlflowExportOptions { TrackingUri = "http://mlflow.example" }, TimeProvider.System, EngineLog.None,
                _ => null, () => server);
            MlflowExportPlan plan = exporter.PrepareAsync(MlflowFixture.Run(), CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(plan.Experiment is null || MlflowName.IsId(plan.Experiment.Id));
            Assert.True(plan.Parent is null || MlflowName.IsId(plan.Parent.RunId));
            return true;
        },
        FuzzTargets.IsUserError)
    {
        Bytes = null, Cost = 4,
    };

    private static bool ReadRoot(byte[] input)
    {
        if (ArtifactRoot.Parse(Encoding.UTF8.GetString(input)) is not ArtifactRoot root)
            return false;
        // However it is put together, nothing of the path is folded away or becomes something else.
        var address = new Uri($"https://own.example/api/artifacts{root.EscapedPath}/results.csv");
        Assert.Equal(("own.example", "", ""), (address.Authority, address.Query, address.Fragment));
        Assert.Equal($"/api/artifacts{root.EscapedPath}/results.csv", address.AbsolutePath);
        Assert.True(root.Host is null || new Uri($"https://{root.Host}").UserInfo.Length == 0);
        return true;
    }
}
