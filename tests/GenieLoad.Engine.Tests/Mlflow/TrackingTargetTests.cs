using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Planning;

namespace GenieLoad.Engine.Tests.Mlflow;

public sealed class TrackingTargetTests
{
    [Theory]
    [InlineData("localhost:5000", "http://localhost:5000")]
    [InlineData(" LOCALHOST:5000/ml ", "http://localhost:5000/ml")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000")]
    [InlineData("[::1]:5000", "http://[::1]:5000")]
    public void A_port_of_this_machine_is_http(string text, string server)
    {
        Assert.Equal(server, TrackingTarget.Parse(text).Server!.OriginalString.TrimEnd('/'));
        Assert.Null(MlflowExportOptions.FolderOf(text));
    }

    [Theory]
    [InlineData("databricks-uc", "Unity Catalog, which keeps no runs; give 'databricks'")]
    [InlineData("databricks-uc://profile", "Unity Catalog, which keeps no runs; give 'databricks'")]
    [InlineData("mlflow.corp.example:5000", "give http://mlflow.corp.example:5000 or https://mlflow.corp.example:5000")]
    [InlineData("mlflow:80/prefix", "it has no scheme")]
    public void What_MLflow_means_otherwise_is_refused_with_what_to_give(string text, string reason)
    {
        ErrorAssert.Refused("InvalidTrackingUri", () => TrackingTarget.Parse(text), reason);
        Assert.Null(MlflowExportOptions.FolderOf(text));
    }

    [Theory]
    [InlineData("mlruns")]
    [InlineData("./localhost/5000")]
    [InlineData("C:5000")]
    [InlineData("c:5000/x")]
    [InlineData("a b:5000")]
    public void A_folder_stays_one(string text) => Assert.Equal(text, MlflowExportOptions.FolderOf(text));
}
