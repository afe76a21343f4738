using System.Globalization;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>How long the campaign is, from the environment.</summary>
internal static class CampaignSetting
{
    /// <summary>Load tests in this process; <c>GENIELOAD_CAMPAIGN_RUNS</c>.</summary>
    public static int Runs { get; } = Of("RUNS", 12);

    /// <summary>Load tests in a process that is killed; <c>GENIELOAD_CAMPAIGN_KILLS</c>.</summary>
    public static int Kills { get; } = Of("KILLS", 2);

    /// <summary>Seed of the first; <c>GENIELOAD_CAMPAIGN_SEED</c>.</summary>
    public static int FirstSeed { get; } = Of("SEED", 1);

    private static int Of(string name, int otherwise) =>
        Environment.GetEnvironmentVariable("GENIELOAD_CAMPAIGN_" + name) is { Length: > 0 } value
            ? int.Parse(value, CultureInfo.InvariantCulture)
            : otherwise;
}
