using System.Diagnostics;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Running;

/// <summary>Looks at this process.</summary>
internal sealed class ProcessProbe : IGeneratorProbe, IDisposable
{
    // Counting open files means listing them, which with tens of thousands of sockets is no longer cheap.
    private const int LooksPerHandleCount = 10;

    private readonly Process _process = Process.GetCurrentProcess();
    private readonly int? _handleLimit = HandleLimit.Soft;
    private PoolErrand _errand = PoolErrand.Send();
    private int _looks;

    /// <inheritdoc/>
    public GeneratorReading Read()
    {
        double poolDelay = _errand.WaitedSeconds;
        if (_errand.IsBack)
            _errand = PoolErrand.Send();
        _process.Refresh();
        return new GeneratorReading
        {
            ProcessorSeconds = _process.TotalProcessorTime.TotalSeconds,
            ProcessorCount = Environment.ProcessorCount,
            GcPauseSeconds = GC.GetTotalPauseDuration().TotalSeconds,
            PoolDelaySeconds = poolDelay,
            HandleCount = _looks++ % LooksPerHandleCount == 0 ? CountHandles() : null,
            HandleLimit = _handleLimit,
            WorkingSetBytes = _process.WorkingSet64,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private int? CountHandles()
    {
        int count = _process.HandleCount;
        return count > 0 ? count : null;
    }

    /// <summary>A piece of work that does nothing but be picked up by a pool thread.</summary>
    private sealed class PoolErrand : IThreadPoolWorkItem
    {
        private readonly long _sentAt = Stopwatch.GetTimestamp();
        private long _pickedUpAt;

        public bool IsBack => Volatile.Read(ref _pickedUpAt) != 0;

        public double WaitedSeconds =>
            Stopwatch.GetElapsedTime(_sentAt, IsBack ? Volatile.Read(ref _pickedUpAt) : Stopwatch.GetTimestamp()).TotalSeconds;

        public static PoolErrand Send()
        {
            PoolErrand errand = new();
            ThreadPool.UnsafeQueueUserWorkItem(errand, preferLocal: false);
            return errand;
        }

        public void Execute() => Volatile.Write(ref _pickedUpAt, Stopwatch.GetTimestamp());
    }
}
