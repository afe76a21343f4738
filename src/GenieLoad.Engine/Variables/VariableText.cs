namespace GenieLoad.Engine.Variables;

/// <summary>
/// What somebody meant to put into an environment variable or a settings file: a pipeline's secret comes with a line break, and a value
/// that was copied from a shell with its quotes.
/// </summary>
public static class VariableText
{
    /// <summary>
    /// The value without blanks, line breaks and a pair of quotes around it; <see langword="null"/> where nothing is left.
    /// </summary>
    /// <param name="value">The value as it stands there.</param>
    public static string? Of(string? value)
    {
        string text = value?.Trim() ?? "";
        if (text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0])
            text = text[1..^1].Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>The value of an environment variable, read in the same way.</summary>
    /// <param name="name">Its name.</param>
    public static string? Read(string name) => Of(System.Environment.GetEnvironmentVariable(name));
}
