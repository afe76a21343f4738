using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>A mode and how much it weighs beside the others.</summary>
/// <param name="Mode">One of <see cref="QuestionMode"/>.</param>
/// <param name="Weight">Above 0.</param>
internal readonly record struct ModeShare(string Mode, double Weight);

/// <summary>The modes of a scenario and their weights, as texts and as what they mean.</summary>
internal static class ScenarioModes
{
    public const string Mode = "mode";
    public const string ModeWeight = "modeWeight";

    /// <summary>The modes of a scenario that passed the checks.</summary>
    /// <param name="modes">Such as <c>Chat, Agent</c>.</param>
    /// <param name="weights">Such as <c>3, 1</c>; <see langword="null"/> for equal ones.</param>
    public static IReadOnlyList<ModeShare> Of(string modes, string? weights = null)
    {
        double[]? numbers = weights is null ? null : Numbers(weights);
        return [.. Parts(modes).Select((mode, i) => new ModeShare(mode, numbers?[i] ?? 1))];
    }

    /// <summary>Modes spelled as they are known, parted in one way; what is not known stays as it was written.</summary>
    /// <param name="modes">Such as <c>agent,chat</c>.</param>
    public static string Spelled(string modes) =>
        string.Join(", ", Parts(modes).Select(mode => ScenarioFields.Known(QuestionMode.All, mode) ?? mode));

    /// <summary>Weights written in one way; what is no list of numbers stays as it was written.</summary>
    /// <param name="weights">Such as <c>3,1.0</c>.</param>
    public static string SpelledWeights(string weights) =>
        Numbers(weights) is double[] numbers ? Text(numbers) : weights;

    /// <summary>Weights as a scenario has them.</summary>
    /// <param name="weights">The weights, in the order of the modes.</param>
    public static string Text(IEnumerable<double> weights) =>
        string.Join(", ", weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Refuses modes that are none.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidScenarioValue</c>.</exception>
    public static void Check(string modes, ScenarioPlace place)
    {
        string[] parts = Parts(modes);
        if (Array.Exists(parts, mode => !QuestionMode.All.Contains(mode)))
            throw ScenariosErrors.InvalidScenarioValue(Mode, modes, "Give Chat, Agent, or both: Chat, Agent.", place);
        if (parts.Distinct().Count() < parts.Length)
        {
            throw ScenariosErrors.InvalidScenarioValue(
                Mode, modes, $"Give each mode once; {place.Name(ModeWeight)} says how often each is used.", place);
        }
    }

    /// <summary>Refuses weights that do not fit the modes.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidScenarioValue</c>.</exception>
    public static void CheckWeights(string modes, string? weights, ScenarioPlace place)
    {
        if (weights is null)
            return;
        int count = Parts(modes).Length;
        if (count == 1)
        {
            throw ScenariosErrors.InvalidScenarioValue(
                ModeWeight, weights, $"Leave it out, or give two modes in {place.Name(Mode)}: Chat, Agent.", place);
        }
        if (Numbers(weights) is not { } numbers || numbers.Length != count
            || Array.Exists(numbers, weight => !(weight > 0 && double.IsFinite(weight))))
        {
            throw ScenariosErrors.InvalidScenarioValue(
                ModeWeight, weights, $"Give one number above 0 for each mode of '{modes}', in that order, such as 3, 1.", place);
        }
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The numbers of a text; <see langword="null"/> where one is none.</summary>
    private static double[]? Numbers(string text)
    {
        List<double> numbers = [];
        foreach (string part in Parts(text))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
                return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
