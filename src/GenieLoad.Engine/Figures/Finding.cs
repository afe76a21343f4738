namespace GenieLoad.Engine.Figures;

/// <summary>Something that speaks against the figures of a run.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Advice">What to do about it; <see langword="null"/> where the text says it.</param>
internal readonly record struct Finding(string Text, string? Advice);
