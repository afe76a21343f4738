using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>What holds of traces on every server alike, the test server and a real one.</summary>
public sealed class MlflowTraceContractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Targets => MlflowTarget.Servers;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_trace_is_shown_by_the_run_of_its_question_and_by_its_session(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);

        MlflowExport export = await target.ExportAsync(MlflowFixture.Run(_folder), WithTraces);

        Assert.Equal((5, true), (export.TraceCount, export.Verified));
        SeenTrace[] traces = [.. (await target.SeeTracesAsync()).OrderBy(trace => trace.Name, StringComparer.Ordinal)];
        Assert.Equal(Enumerable.Range(1, 5).Select(index => $"question_{index}"), traces.Select(trace => trace.Name));
        Assert.All(traces, trace => Assert.Equal([trace.Name!], trace.Runs));
        Assert.Equal(["OK", "OK", "OK", "OK", "ERROR"], traces.Select(trace => trace.State));
        Assert.Equal(("Question 1?", "c1"), (traces[0].Request, traces[0].Session));
        Assert.All(traces, trace => Assert.Single(trace.Spans, span => span == "question"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Exporting_again_doubles_neither_traces_nor_spans(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);
        await target.ExportAsync(MlflowFixture.Run(_folder), options => WithTraces(options, skip: true));
        IReadOnlyList<SeenTrace> before = await target.SeeTracesAsync();

        await target.ExportAsync(MlflowFixture.Run(_folder), options => WithTraces(options, skip: true));
        await target.ExportAsync(MlflowFixture.Run(_folder), WithTraces);

        IReadOnlyList<SeenTrace> after = await target.SeeTracesAsync();
        Assert.Equal(
            before.Select(trace => (trace.Id, trace.Spans.Count)).Order(), after.Select(trace => (trace.Id, trace.Spans.Count)).Order());
        // Written for the parent alone at first, each is its question's now too.
        Assert.All(after, trace => Assert.Equal(["load_test_high_load", trace.Name!], trace.Runs));
    }

    private static MlflowExportOptions WithTraces(MlflowExportOptions options) => WithTraces(options, skip: false);

    private static MlflowExportOptions WithTraces(MlflowExportOptions options, bool skip) => new()
    {
        TrackingUri = options.TrackingUri, ExperimentName = options.ExperimentName, Trace = true, SkipQuestionRun = skip,
    };
}
