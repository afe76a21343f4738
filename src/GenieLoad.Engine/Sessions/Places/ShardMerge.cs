using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>Merges the shards that came back into one run of the local store.</summary>
/// <param name="folder">The folder that holds them.</param>
/// <param name="store">Where the run goes.</param>
/// <param name="warn">Told of what cannot be used.</param>
/// <returns>The run.</returns>
internal delegate LoadRun ShardMerge(string folder, RunStore store, Action<string> warn);
