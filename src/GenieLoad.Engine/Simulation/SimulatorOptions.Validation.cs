using System.Globalization;
using System.Reflection;

namespace GenieLoad.Engine.Simulation;

public sealed partial record SimulatorOptions
{
    private const double Day = 86_400;
    private const int LongestText = 1000;

    // A header holds it, and a head of 32 KiB is all that the server takes.
    private const int LongestWord = 8000;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="Model.GenieLoadException">A setting cannot be used; names it, its value and what is possible.</exception>
    public void Validate()
    {
        foreach ((PropertyInfo setting, WithinAttribute range) in RangedSettings.All)
            Check(setting.Name, Value(setting), range);
        foreach (IGrouping<string, PropertyInfo> whole in RangedSettings.Shares)
            CheckTogether(whole);
        CheckText(nameof(FailedErrorType), FailedErrorType);
        CheckText(nameof(UnknownStatus), UnknownStatus);
        CheckText(nameof(SpaceTitle), SpaceTitle);
        CheckText(nameof(WarehouseSize), WarehouseSize);
        if (OwnStatementError is not null)
            CheckText(nameof(OwnStatementError), OwnStatementError);
        CheckWord(nameof(SpaceId), SpaceId);
        CheckWord(nameof(Token), Token);
        CheckWord(nameof(ForbiddenToken), ForbiddenToken);
        CheckWord(nameof(ClientId), ClientId);
        CheckWord(nameof(ClientSecret), ClientSecret);
        if (Token is not null && Token == ForbiddenToken)
            throw SimulationErrors.SimulatorTokensEqual();
    }

    private double? Value(PropertyInfo setting) =>
        setting.GetValue(this) is object value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private void CheckTogether(IEnumerable<PropertyInfo> shares)
    {
        double sum = shares.Sum(share => Value(share)!.Value);
        // Room for sums such as 0.1 + 0.2 + 0.7.
        if (sum > 1 + 1e-9)
            throw SimulationErrors.SimulatorSharesTooLarge(string.Join(", ", shares.Where(s => Value(s) > 0).Select(s => s.Name)), sum);
    }

    private static void Check(string name, double? value, WithinAttribute range)
    {
        // Written so that NaN fails too.
        if (value is double number && !(number >= range.Least && number <= range.Most))
            throw SimulationErrors.SimulatorNumberOutOfRange(name, number, range.Least, range.Most);
    }

    private static void CheckText(string name, string? value, int most = LongestText)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw SimulationErrors.SimulatorTextEmpty(name);
        if (value.Length > most)
            throw SimulationErrors.SimulatorTextTooLong(name, value.Length, most);
    }

    private static void CheckWord(string name, string? value)
    {
        if (value is null)
            return;
        CheckText(name, value, LongestWord);
        if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw SimulationErrors.SimulatorTextUnusable(name);
    }
}
