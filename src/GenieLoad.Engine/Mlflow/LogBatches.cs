using System.Text;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Splits values into batches that a server takes: 1000 metrics, 100 params, 100 tags, 1000 in total, 900 kB.</summary>
internal static class LogBatches
{
    public const int MaximumMetrics = 1000;
    public const int MaximumParams = 100;
    public const int MaximumTags = 100;
    public const int MaximumTotal = 1000;
    public const int MaximumBytes = 900_000;

    // What a value needs beside its key and text: quotes, names of fields, numbers of full length.
    private const int Frame = 128;

    /// <summary>The batches, in the order params, metrics, tags: the way in which a server stores them.</summary>
    public static IEnumerable<RunValues> Split(RunValues values)
    {
        var batch = new Batch();
        foreach (KeyValuePair<string, string> param in values.Params)
        {
            if (!batch.HasRoom(batch.Params.Count, MaximumParams, SizeOf(param.Key, param.Value)))
                yield return batch.Take();
            batch.Add(batch.Params, param, SizeOf(param.Key, param.Value));
        }
        foreach (MetricPoint metric in values.Metrics)
        {
            if (!batch.HasRoom(batch.Metrics.Count, MaximumMetrics, SizeOf(metric.Key, "")))
                yield return batch.Take();
            batch.Add(batch.Metrics, metric, SizeOf(metric.Key, ""));
        }
        foreach (KeyValuePair<string, string> tag in values.Tags)
        {
            if (!batch.HasRoom(batch.Tags.Count, MaximumTags, SizeOf(tag.Key, tag.Value)))
                yield return batch.Take();
            batch.Add(batch.Tags, tag, SizeOf(tag.Key, tag.Value));
        }
        if (batch.Count > 0)
            yield return batch.Take();
    }

    // A control character becomes six bytes of JSON; reckoning with that for every byte would waste room for nothing.
    private static int SizeOf(string key, string value) =>
        Frame + Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value) + (value.Count(c => c is < ' ' or '"' or '\\') * 5);

    private sealed class Batch
    {
        private int _bytes;

        public List<KeyValuePair<string, string>> Params { get; private set; } = [];

        public List<MetricPoint> Metrics { get; private set; } = [];

        public List<KeyValuePair<string, string>> Tags { get; private set; } = [];

        public int Count => Params.Count + Metrics.Count + Tags.Count;

        public bool HasRoom(int ofKind, int mostOfKind, int size) =>
            ofKind < mostOfKind && Count < MaximumTotal && _bytes + size <= MaximumBytes;

        public void Add<T>(List<T> list, T item, int size)
        {
            list.Add(item);
            _bytes += size;
        }

        public RunValues Take()
        {
            var taken = new RunValues(Params, Metrics, Tags);
            (Params, Metrics, Tags, _bytes) = ([], [], [], 0);
            return taken;
        }
    }
}
