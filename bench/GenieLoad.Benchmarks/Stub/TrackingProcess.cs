using System.Text.Json;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>The tracking server.</summary>
internal sealed class TrackingProcess : ServerProcess
{
    private TrackingProcess()
        : base(OwnProcess.StartInfo("tracking"))
    {
    }

    public static TrackingProcess Start() => new();

    /// <summary>Calls by kind since this was last asked. Its runs and files are gone then: every round finds the same server.</summary>
    public Dictionary<string, int> TakeCalls() => JsonSerializer.Deserialize<Dictionary<string, int>>(Ask("calls"))!;
}
