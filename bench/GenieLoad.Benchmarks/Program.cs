using GenieLoad.Benchmarks;
using GenieLoad.Benchmarks.Sections;
using GenieLoad.Benchmarks.Stub;

// The stub servers and the probes are processes of their own, made of this same program.
switch (args)
{
    case ["stub"]:
        return StubServer.Serve(Console.In, Console.Out);
    case ["tracking"]:
        return TrackingServer.Serve(Console.In, Console.Out);
    case ["probe", var count, var url, var folder]:
        return await MemoryProbe.RunAsync(Number.Parse(count), new Uri(url), folder);
    case ["streams-probe", var client, var count, var seconds, var url, var folder]:
        return await StreamsProbe.RunAsync(client, Number.Parse(count), Number.Parse(seconds), new Uri(url), folder);
    case ["reading-probe", var way, var folder]:
        return ReadingProbe.Run(way, folder);
    case ["merge-probe", var way, var folder, var shards]:
        return await MergeProbe.RunAsync(way, folder, Number.Parse(shards));
    case ["large-run", var count, var folder]:
        await new LargeRun(Number.Parse(count), seed: 7).WriteAsync(folder);
        return 0;
    case ["small-runs", var count, var folder]:
        await ReadingSection.WriteSmallRunsAsync(Number.Parse(count), folder);
        return 0;
}

if (BenchmarkOptions.Parse(args) is not BenchmarkOptions options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
try
{
    return await Benchmark.RunAsync(options, Console.Out, stop.Token) ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
