namespace GenieLoad.Engine.Sessions.Places;

/// <summary>A file of a shard's run.</summary>
/// <param name="Name">Its name in the folder of the run.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record PlaceFile(string Name, long Length);
