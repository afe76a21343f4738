using System.Management.Automation;
using System.Reflection;

namespace GenieLoad.PowerShell.Input;

/// <summary>The parameters that were given to a cmdlet, on their way into options whose properties have the same names.</summary>
internal static class GivenParameters
{
    /// <summary>Sets each property that has the name of a given parameter; the others keep their defaults.</summary>
    /// <param name="options">Options that nobody else uses yet.</param>
    /// <param name="given">Names and values as they were bound.</param>
    public static void Set(object options, IReadOnlyDictionary<string, object?> given)
    {
        foreach ((string name, object? value) in given)
        {
            if (options.GetType().GetProperty(name) is PropertyInfo { CanWrite: true } option)
                option.SetValue(options, Fit(value, option.PropertyType));
        }
    }

    /// <summary>The value as the option holds it: a switch as a truth, the name of a choice as the choice.</summary>
    private static object? Fit(object? value, Type type) => value switch
    {
        SwitchParameter set => set.IsPresent,
        string name when type.IsEnum => Enum.Parse(type, name, ignoreCase: true),
        _ => value,
    };
}
