using System.Net.Http.Headers;

namespace GenieLoad.Engine.Http;

/// <summary>Keeps when answers were sent for and received, and what second the service's clock showed. Safe for several threads.</summary>
internal sealed class ServiceClock
{
    /// <summary>Most samples kept; of more, evenly spread ones.</summary>
    public const int MostSamples = 4096;

    private readonly object _gate = new();
    private readonly List<ClockSample> _samples = [];
    private long _seen;
    private int _stride = 1;

    /// <summary>What is kept so far.</summary>
    public IReadOnlyList<ClockSample> Samples
    {
        get
        {
            lock (_gate)
                return [.. _samples];
        }
    }

    /// <summary>An answer has come.</summary>
    /// <param name="sentAt">Monotonic timestamp of the send.</param>
    /// <param name="receivedAt">Monotonic timestamp at which its head had come.</param>
    /// <param name="head">Its headers, with or without a Date.</param>
    public void Observe(long sentAt, long receivedAt, HttpResponseHeaders head)
    {
        lock (_gate)
        {
            // Read only where it is kept.
            if (_seen++ % _stride != 0 || head.Date is not DateTimeOffset shown)
                return;
            _samples.Add(new ClockSample(sentAt, receivedAt, shown.UtcDateTime));
            if (_samples.Count < MostSamples)
                return;
            // Every second one goes, and from now on every second one is not taken.
            for (int i = 0; i < MostSamples / 2; i++)
                _samples[i] = _samples[2 * i];
            _samples.RemoveRange(MostSamples / 2, MostSamples / 2);
            _stride *= 2;
        }
    }
}
