namespace GenieLoad.Engine.Live.Terminal;

/// <summary>What a live view says besides figures.</summary>
/// <param name="State">What the test does, such as <c>Running</c>.</param>
/// <param name="Message">What the user should know now; <see langword="null"/> for nothing.</param>
/// <param name="Pinned">A line of ours that stays; <see langword="null"/> for none.</param>
/// <param name="Keys">What keys do; <see langword="null"/> where there are none.</param>
internal sealed record LiveFoot(string State, string? Message = null, string? Pinned = null, string? Keys = null);
