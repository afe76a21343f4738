using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>What a plan is made with, beside scenario and questions.</summary>
public sealed class PlanOptions
{
    /// <summary>Name of the test, 1 to 200 characters; <see langword="null"/> for the one that <see cref="TestName"/> makes.</summary>
    public string? Name { get; init; }

    /// <summary>Seed of everything random in the run. The same scenario, questions, options and seed make the same plan.</summary>
    public required int Seed { get; init; }

    /// <summary>The connections over which the questions are divided by weight; <see langword="null"/>, or one, for no division.</summary>
    public IReadOnlyList<RunConnection>? Connections { get; init; }

    /// <summary>
    /// Whether each question gets an ending that no other has, such as <c> (iteration 2, run 0000002a)</c>, so that no cache can
    /// answer. The iteration counts how often a text is asked in this run; the run's mark is its seed. So nothing is alike within a
    /// run, nor between runs of different seeds; two runs of one seed ask the same texts, as everything else of them is the same.
    /// </summary>
    public bool UniqueQuestion { get; init; }
}
