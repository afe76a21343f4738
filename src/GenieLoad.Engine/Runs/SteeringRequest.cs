using GenieLoad.Engine.Options;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;

namespace GenieLoad.Engine.Runs;

/// <summary>How a running test is to be changed; what is not given stays.</summary>
public sealed record SteeringRequest
{
    /// <summary>Tells one request from another.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Whether no further question is to be asked for now.</summary>
    public bool? IsPaused { get; init; }

    /// <summary>Most questions a minute, as in a scenario; 0 for no limit.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Most questions in flight, 1 to 100,000.</summary>
    public int? WorkerCount { get; init; }

    /// <summary>Whether it asks for anything.</summary>
    public bool IsEmpty => IsPaused is null && QuestionsPerMinute is null && WorkerCount is null;

    /// <summary>What it asks for, in words.</summary>
    public override string ToString()
    {
        string?[] words =
        [
            IsPaused switch { true => "pause", false => "continue", _ => null },
            QuestionsPerMinute switch
            {
                null => null,
                0 => "no limit of questions per minute",
                double pace => FormattableString.Invariant($"{pace:0.###} questions per minute"),
            },
            WorkerCount is int count ? FormattableString.Invariant($"{count} workers") : null,
        ];
        return string.Join(", ", words.OfType<string>());
    }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="Model.GenieLoadException"><c>NothingToChange</c>; <c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        if (IsEmpty)
            throw RunsErrors.NothingToChange();
        if (QuestionsPerMinute is double pace and not 0)
            OptionRange.Check(nameof(QuestionsPerMinute), pace, ScenarioRules.MinimumQuestionsPerMinute, 60 * Rate.MaximumPerSecond);
        if (WorkerCount is int count)
            OptionRange.Check(nameof(WorkerCount), count, 1, ScenarioRules.MaximumWorkerCount);
    }
}
