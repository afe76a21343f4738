using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>A run that is being read on another thread. What there is to say of it waits for whoever takes it.</summary>
public sealed class RunReading
{
    private readonly List<string> _warnings = [];
    private readonly Task<LoadRun> _run;

    internal RunReading(StoredRun stored) => _run = Task.Run(() => RunReader.Read(stored.Folder.Path, _warnings.Add));

    /// <summary>Waits for the run.</summary>
    /// <param name="warn">Told, on this thread, of lines that cannot be used; they are left out.</param>
    /// <exception cref="GenieLoadException">As <see cref="RunReader.Read"/>.</exception>
    public LoadRun Take(Action<string>? warn = null)
    {
        // Of a run that cannot be read as well: there were warnings before the reason.
        Task.WaitAny(_run);
        if (warn is not null)
            _warnings.ForEach(warn);
        return _run.GetAwaiter().GetResult();
    }
}
