using GenieLoad.Benchmarks.Stub;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What every section gets.</summary>
/// <param name="Stub">Server to ask.</param>
/// <param name="Folder">Scratch folder; deleted at the end.</param>
/// <param name="Quick">Whether a rough figure will do.</param>
/// <param name="Stop">Ends the section at once.</param>
internal sealed record SectionContext(StubProcess Stub, string Folder, bool Quick, CancellationToken Stop)
{
    /// <summary>Minutes that somebody asked for; <see langword="null"/> for the section's own.</summary>
    public double? Minutes { get; init; }

    /// <summary>Ratios that are compared with those of the page, the greater the better; a section adds its own.</summary>
    public Dictionary<string, double> Ratios { get; } = [];

    /// <summary>Whether a section found what must not be.</summary>
    public bool Failed { get; set; }

    /// <summary>One of two values: the usual one, and the one for a first look.</summary>
    public T Choose<T>(T usual, T quick) => Quick ? quick : usual;
}
