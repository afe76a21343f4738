namespace GenieLoad.Engine.Sessions.Places;

/// <summary>How a test of several places is carried out.</summary>
public sealed class PlacesOptions
{
    /// <summary>Version of GenieLoad that every place needs: this one.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Oldest PowerShell that runs it.</summary>
    public Version LeastPowerShell { get; init; } = new(7, 4);

    /// <summary>Makes an archive of the module for places that lack it; <see langword="null"/> where nothing is to be installed.</summary>
    public Func<byte[]>? ModuleArchive { get; init; }

    /// <summary>Gives the token that is sent to the places; <see langword="null"/> where each has a credential of its own.</summary>
    public Func<CancellationToken, Task<string>>? Token { get; init; }

    /// <summary>Parameters of the load test at each place.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>
    /// Seconds from the instant when all places are ready to the first question; <see langword="null"/> for
    /// <see cref="LeastDelaySeconds"/>, or for as long as the slowest place took to get ready: it is slow at its start too.
    /// </summary>
    public double? StartDelaySeconds { get; init; }

    /// <summary>Seconds of the delay that is chosen, at least.</summary>
    public double LeastDelaySeconds { get; init; } = 5;

    /// <summary>Seconds that a clock may be off without a warning.</summary>
    public double ClockToleranceSeconds { get; init; } = 1;

    /// <summary>Seconds between two looks at a place.</summary>
    public double LookSeconds { get; init; } = 1;

    /// <summary>Seconds after which a connection that does not answer is taken for broken.</summary>
    public double AnswerSeconds { get; init; } = 60;

    /// <summary>Seconds that a place has to load the module and connect.</summary>
    public double PrepareSeconds { get; init; } = 180;

    /// <summary>Seconds between two tries to open a broken connection.</summary>
    public double ReopenSeconds { get; init; } = 5;

    /// <summary>Seconds after the end of all others for which a place that is out of reach is waited for.</summary>
    public double PatienceSeconds { get; init; } = 60;

    /// <summary>As <see cref="PatienceSeconds"/>, after the test was stopped.</summary>
    public double StopPatienceSeconds { get; init; } = 10;
}
