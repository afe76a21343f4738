using GenieLoad.Engine.Files;
using GenieLoad.Engine.Variables;

namespace GenieLoad.Engine.Credentials;

/// <summary>
/// Databricks' profile file (<c>.databrickscfg</c>): INI sections of <c>key = value</c> or <c>key: value</c>. Values of DEFAULT are not
/// inherited by other sections.
/// </summary>
public sealed class ProfileFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _profiles;

    private ProfileFile(string path, Dictionary<string, Dictionary<string, string>> profiles)
    {
        Path = path;
        _profiles = profiles;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Names of its profiles, in file order.</summary>
    public IEnumerable<string> Names => _profiles.Keys.Where(name => name != "__settings__");

    /// <summary>The profile to use when none is named: the file's own <c>default_profile</c> setting, else <c>DEFAULT</c>.</summary>
    public string DefaultName =>
        _profiles.TryGetValue("__settings__", out Dictionary<string, string>? settings)
        && settings.TryGetValue("default_profile", out string? name) ? name : "DEFAULT";

    /// <summary>The path that applies: <c>DATABRICKS_CONFIG_FILE</c>, else <c>.databrickscfg</c> in the home folder.</summary>
    /// <param name="environment">Reads environment variables.</param>
    public static string DefaultPath(Func<string, string?> environment)
    {
        return HomePath.Expand(VariableText.Of(environment("DATABRICKS_CONFIG_FILE")) ?? "~/.databrickscfg");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="Model.GenieLoadException"><c>ProfileFileNotReadable</c>, <c>InvalidProfileFile</c>.</exception>
    public static ProfileFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = BoundedFile.ReadAllLines(path, BoundedFile.SmallSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CredentialErrors.ProfileFileNotReadable(path, e);
        }
        var profiles = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
                section = BeginSection(path, i + 1, line, profiles);
            else
                ReadPair(path, i + 1, line, section);
        }
        return new ProfileFile(path, profiles);
    }

    /// <summary>A profile's values.</summary>
    /// <param name="name">Its name.</param>
    /// <returns><see langword="null"/> where there is no such profile.</returns>
    public IReadOnlyDictionary<string, string>? Find(string name) => _profiles.GetValueOrDefault(name);

    private static Dictionary<string, string> BeginSection(
        string path, int number, string line, Dictionary<string, Dictionary<string, string>> profiles)
    {
        int end = line.IndexOf(']', StringComparison.Ordinal);
        if (end < 2)
            throw CredentialErrors.InvalidProfileFile(path, number, "a section's name is not closed by ]");
        string name = line[1..end].Trim();
        if (!profiles.TryGetValue(name, out Dictionary<string, string>? section))
            profiles[name] = section = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return section;
    }

    private static void ReadPair(string path, int number, string line, Dictionary<string, string>? section)
    {
        if (section is null)
            throw CredentialErrors.InvalidProfileFile(path, number, "there is a value before the first [section]");
        int end = line.AsSpan().IndexOfAny('=', ':');
        string key = end < 1 ? "" : line[..end].Trim();
        // An address is no key, whatever its colon looks like. The line itself may hold a token: the message must not show it.
        if (key.Length == 0 || line.AsSpan(end).StartsWith("://"))
            throw CredentialErrors.InvalidProfileFile(path, number, "it is neither a section nor key = value");
        section[key] = VariableText.Of(WithoutComment(line[(end + 1)..])) ?? "";
    }

    /// <summary>A comment after a value needs a blank before it, and stands behind quotes: a token may hold a # or a ;.</summary>
    private static string WithoutComment(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().TrimStart();
        int start = value.Length - text.Length;
        int closed = text is ['"' or '\'', ..] ? text[1..].IndexOf(text[0]) + 1 : 0;
        for (int i = closed > 0 ? start + closed + 1 : 0; i + 1 < value.Length; i++)
        {
            if (char.IsWhiteSpace(value[i]) && value[i + 1] is ('#' or ';'))
                return value[..i];
        }
        return value;
    }
}
