namespace GenieLoad.Model;

/// <summary>
/// A named shape of load: how many questions, over how long, by how many workers.
/// </summary>
public sealed record Scenario
{
    /// <summary>Name by which the scenario is asked for: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Questions asked in the whole test, 1 to 1,000,000.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>
    /// Seconds over which the questions are spread, above 0; <see langword="null"/> when all are planned for the first instant, or when
    /// <see cref="Rate"/>, <see cref="Stages"/> or <see cref="ReplayPath"/> says when.
    /// </summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Most questions in flight at once, 1 to 100,000. Questions beyond it wait, and their wait is recorded.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>How arrivals lie in time, one of <see cref="ArrivalShape"/>.</summary>
    public string Arrival { get; init; } = ArrivalShape.Even;

    /// <summary>
    /// Arrivals in a time, such as <c>20/min</c> or <c>0.5/s</c>; the first rate of a ramp. <see langword="null"/> where count and duration
    /// say it.
    /// </summary>
    public string? Rate { get; init; }

    /// <summary>Last rate of a ramp, such as <c>60/min</c>.</summary>
    public string? FinalRate { get; init; }

    /// <summary>
    /// Variance of the gaps between the arrivals of <see cref="ArrivalShape.Gamma"/> over the square of their mean, 0.01 to 100: 1 is
    /// Poisson, more comes in bursts, less is more even.
    /// </summary>
    public double? Burstiness { get; init; }

    /// <summary>Rates and how long each lasts, such as <c>10/min for 5m, 30/min for 5m</c>.</summary>
    public string? Stages { get; init; }

    /// <summary>Full path of the file with the instants that are replayed.</summary>
    public string? ReplayPath { get; init; }

    /// <summary>The scenario's name.</summary>
    public override string ToString() => Name;
}
