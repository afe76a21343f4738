namespace GenieLoad.Help;

/// <summary>A type that goes into a cmdlet or comes out of it.</summary>
/// <param name="Type">Name of the type.</param>
/// <param name="Text">What it holds.</param>
public sealed record HelpType(string Type, string Text);
