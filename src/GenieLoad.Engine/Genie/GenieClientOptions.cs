using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Options;

namespace GenieLoad.Engine.Genie;

/// <summary>How the service is talked to.</summary>
public sealed class GenieClientOptions
{
    /// <summary>For a single call whose outcome somebody is waiting for at the prompt: says within seconds what is wrong.</summary>
    public static GenieClientOptions WhileSomebodyWaits { get; } = new() { Retry = new RetryOptions { MaximumRetries = 2 } };

    /// <summary>Retry policy.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Most seconds of one HTTP attempt, 0.1 to 3,600. Default 30.</summary>
    public double AttemptTimeoutSeconds { get; init; } = 30;

    /// <summary>Most seconds to open a connection, 0.1 to 600. Default 15.</summary>
    public double ConnectTimeoutSeconds { get; init; } = 15;

    /// <summary>Clients that are used at the same time and share the process's file handles, 1 or more. Default 1.</summary>
    public int ClientCount { get; init; } = 1;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        Retry.Validate();
        OptionRange.Check(nameof(AttemptTimeoutSeconds), AttemptTimeoutSeconds, 0.1, 3600);
        OptionRange.Check(nameof(ConnectTimeoutSeconds), ConnectTimeoutSeconds, 0.1, 600);
        OptionRange.Check(nameof(ClientCount), ClientCount, 1, 10_000);
    }
}
