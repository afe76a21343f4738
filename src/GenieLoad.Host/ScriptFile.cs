using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace GenieLoad.Host;

/// <summary>A script file and the way its arguments are handed to it.</summary>
/// <param name="path">Full path.</param>
internal sealed class ScriptFile(string path)
{
    public string Path { get; } = path;

    /// <summary>The script's name without its folder, by which it calls itself.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <exception cref="StartException">There is no such file, or it is no script.</exception>
    public static ScriptFile Find(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new StartException(ExitCode.BadUsage, $"There is no script '{path}' (looked for {full}).");
        if (!full.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new StartException(ExitCode.BadUsage, $"'{path}' is no PowerShell script: its name does not end with .ps1.");
        return new ScriptFile(full);
    }

    /// <summary>
    /// Reads the script. Its block remembers the file, so that <c>$PSScriptRoot</c> and the positions in errors are right.
    /// </summary>
    /// <exception cref="ParseException">The script is not PowerShell.</exception>
    public ScriptBlockAst Parse()
    {
        var script = Parser.ParseFile(Path, out _, out var errors);
        return errors.Length == 0 ? script : throw new ParseException(errors);
    }

    /// <summary>
    /// Words of a command line as parameters: <c>-Name</c>, <c>-Name:value</c> or a value by position. A value that follows
    /// <c>-Name</c> is bound to it by the engine, which alone knows whether the parameter is a switch.
    /// </summary>
    public static IEnumerable<CommandParameter> ToParameters(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var isName = word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';
            yield return
                !isName ? new CommandParameter(null, word)
                : colon < 0 ? new CommandParameter(word)
                : new CommandParameter(word[..(colon + 1)], ToValue(word[(colon + 1)..]));
        }
    }

    /// <summary><c>-Switch:$false</c> is the one value that pwsh does not hand over as text.</summary>
    private static object ToValue(string text) => text.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => text,
    };
}
