namespace GenieLoad.Engine.Sessions.Places;

/// <summary>What is installed at a place.</summary>
/// <param name="PowerShellVersion">Version of its PowerShell, such as <c>7.4.6</c>.</param>
/// <param name="ModuleVersion">
/// Version of its GenieLoad: the one that is wanted where it is among several, else the newest; <see langword="null"/> without any.
/// </param>
/// <param name="ModulePath">Manifest of that version, as it is called there.</param>
public sealed record PlaceFacts(string PowerShellVersion, string? ModuleVersion, string? ModulePath);
