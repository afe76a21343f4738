namespace GenieLoad.PowerShell.Pipeline;

/// <summary>How far a piece of work is.</summary>
/// <param name="Activity">What is being done, such as <c>Load test high_load</c>.</param>
/// <param name="Status">Where it is, such as <c>12 of 35 answered</c>.</param>
/// <param name="PercentComplete">0 to 100; below 0 when unknown.</param>
/// <param name="SecondsRemaining">Seconds left; below 0 when unknown.</param>
public sealed record ProgressLine(string Activity, string Status, int PercentComplete = -1, int SecondsRemaining = -1);
