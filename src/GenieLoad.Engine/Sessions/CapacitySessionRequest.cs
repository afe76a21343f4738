using System.Globalization;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Options;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>How a capacity is measured.</summary>
public sealed record CapacitySessionRequest
{
    /// <summary>Questions that may be sent unless said otherwise.</summary>
    public const int DefaultMaximumQuestions = 500;

    /// <summary>Questions of the baseline unless said otherwise.</summary>
    public const int DefaultBaselineQuestions = 30;

    // Fewer are no baseline.
    private const int FewestQuestions = 10;

    /// <summary>What is predicted; without a run a baseline is measured first.</summary>
    public required CapacityRequest Prediction { get; init; }

    /// <summary>What is asked; <see langword="null"/> for the sample questions.</summary>
    public IReadOnlyList<Question>? Questions { get; init; }

    /// <summary>Questions that a person asks in one conversation; <see langword="null"/> for conversations of the questions.</summary>
    public int? TurnsPerConversation { get; init; }

    /// <summary>
    /// How questions are asked, as <see cref="Scenario.Mode"/>; <see langword="null"/> for as the run was asked, or without one chat.
    /// </summary>
    public string? Mode { get; init; }

    /// <summary>Weights of the modes, as <see cref="Scenario.ModeWeight"/>.</summary>
    public string? ModeWeight { get; init; }

    /// <summary>Whether every question gets an ending of its own, so that no cache can answer.</summary>
    public bool UniqueQuestion { get; init; }

    /// <summary>Seed of what is asked when; drawn unless given.</summary>
    public int? Seed { get; init; }

    /// <summary>Questions of the baseline, 10 to 1,000.</summary>
    public int BaselineQuestions { get; init; } = DefaultBaselineQuestions;

    /// <summary>Most questions sent, baseline and probes together, 10 to 1,000,000.</summary>
    public int MaximumQuestions { get; init; } = DefaultMaximumQuestions;

    /// <summary>
    /// Most DBU of Genie for baseline and probes together, at least 8.6: each question that is sent counts as
    /// <see cref="QuestionCost.UpperDbu"/>. <see langword="null"/> for no limit.
    /// </summary>
    public double? MaximumCostDbu { get; init; }

    /// <summary>Longest time of baseline and probes together, in seconds, above 0; <see langword="null"/> for no limit.</summary>
    public double? MaximumSeconds { get; init; }

    /// <summary>Whether it ends with the prediction.</summary>
    public bool PredictsOnly { get; init; }

    /// <summary>Whether the statements of each step are read from the query history, so that waits for the warehouse can be told.</summary>
    public bool IncludesStatements { get; init; }

    /// <summary>Whether the conversations stay in the space.</summary>
    public bool KeepsConversations { get; init; }

    /// <summary>Where the runs are kept.</summary>
    public RunStore Store { get; init; } = new();

    /// <summary>How questions are carried from asking to answer.</summary>
    public LoadTestOptions Run { get; init; } = new();

    /// <summary>Most questions sent, by number and by cost.</summary>
    public int MostQuestions => Math.Min(MaximumQuestions, MostWithinCost);

    /// <summary>Which of the two it is, as it is typed.</summary>
    internal string QuestionBudget => MaximumQuestions <= MostWithinCost
        ? string.Create(CultureInfo.InvariantCulture, $"-MaximumQuestion {MaximumQuestions}")
        : string.Create(CultureInfo.InvariantCulture, $"the {MostWithinCost} of -MaximumCostDbu {MaximumCostDbu:0.##}");

    /// <summary>What is asked.</summary>
    internal AskedOfSpace Asked =>
        new(QuestionList.FromQuestions(Questions ?? SampleQuestions.All), TurnsPerConversation, UniqueQuestion) { Modes = Modes };

    private IReadOnlyList<ModeShare> Modes => Mode is not null ? ScenarioModes.Of(Mode, ModeWeight)
        : Prediction.Run is LoadRun run ? QuestionModes.Of(run.Plan.Questions)
        : ScenarioModes.Of(QuestionMode.Chat);

    private int MostWithinCost => MaximumCostDbu is double dbu ? QuestionCost.MostWithin(dbu) : int.MaxValue;

    /// <summary>Refuses what cannot be measured, before anything is sent.</summary>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>InvalidThreshold</c>, <c>UnknownFigure</c>, <c>UnusableServiceLevel</c>, <c>InvalidThinkTime</c>,
    /// <c>ThinkTimeNotGiven</c>, <c>ConflictingFields</c>, <c>InvalidScenarioValue</c>, errors of the question list.
    /// </exception>
    public void Validate()
    {
        OptionRange.Check("BaselineQuestion", BaselineQuestions, 10, 1_000);
        OptionRange.Check("MaximumQuestion", MaximumQuestions, FewestQuestions, 1_000_000);
        if (MaximumCostDbu is double dbu)
            OptionRange.Check("MaximumCostDbu", dbu, FewestQuestions * (double)QuestionCost.UpperDbu, 1e9);
        if (MaximumSeconds is double seconds)
            OptionRange.Check("MaximumDuration", seconds, 0.001, 31 * 86_400);
        Run.Validate();
        _ = CapacityBasis.LevelsOf(Prediction);
        if (TurnsPerConversation is int turns)
            OptionRange.Check(nameof(TurnsPerConversation), turns, 1, ScenarioRules.MaximumTurns);
        Asked.Validate();
        if (Mode is not null)
        {
            ScenarioModes.Check(Mode, ScenarioPlace.Parameters);
            ScenarioModes.CheckWeights(Mode, ModeWeight, ScenarioPlace.Parameters);
        }
        if (!Prediction.IsOpen && CapacityBasis.GivenThinkTime(Prediction) is null && Prediction.Run is null)
            throw SessionsErrors.ThinkTimeNotGiven();
    }

    /// <summary>Refuses a run of another mode: its service times say nothing of this one.</summary>
    /// <exception cref="GenieLoadException"><c>OtherMode</c>.</exception>
    internal void CheckModeOfRun()
    {
        if (Prediction.Run is LoadRun run
            && !QuestionModes.Of(run.Plan.Questions).Select(share => share.Mode).ToHashSet().SetEquals(Modes.Select(share => share.Mode)))
            throw SessionsErrors.OtherMode(run, Mode!);
    }
}
