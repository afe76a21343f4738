namespace GenieLoad.Engine.Tests.Model;

/// <summary>Moves this process to another place, as TZ does, until it is disposed of. Such tests run alone.</summary>
internal sealed class TimeZoneScope : IDisposable
{
    private const string Variable = "TZ";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public TimeZoneScope(string zone) => Move(zone);

    public void Dispose() => Move(_before);

    private static void Move(string? zone)
    {
        Environment.SetEnvironmentVariable(Variable, zone);
        TimeZoneInfo.ClearCachedData();
    }
}

/// <summary>Tests that move the process; no other runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimeZoneCollection
{
    public const string Name = "time zone";
}
