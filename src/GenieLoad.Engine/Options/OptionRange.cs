namespace GenieLoad.Engine.Options;

/// <summary>Checks that an option lies in its range.</summary>
internal static class OptionRange
{
    /// <summary>Refuses a value outside [<paramref name="least"/>, <paramref name="most"/>], NaN included.</summary>
    public static void Check(string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw OptionsErrors.InvalidOption(field, value, least, most);
    }
}
