using GenieLoad.Engine.Capacity;

namespace GenieLoad.Engine.Tests.Capacity;

/// <summary>What a search found, and what it cost.</summary>
internal sealed record CapacitySearch(int? People, int? PeopleFailed, int Asked, double Seconds, IReadOnlyList<Probe> Probes);
