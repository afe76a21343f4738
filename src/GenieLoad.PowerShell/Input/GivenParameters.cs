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

    /// <summary>The options that are set, by name.</summary>
    /// <param name="options">Options whose properties are <see langword="null"/> where nothing is set.</param>
    public static IReadOnlyDictionary<string, object> Of(object options) => options.GetType().GetProperties()
        .Select(property => (property.Name, Value: property.GetValue(options)))
        .Where(option => option.Value is not null)
        .ToDictionary(option => option.Name, option => option.Value!);

    /// <summary>The value as the option holds it: a switch as a truth, the name of a choice as the choice.</summary>
    private static object? Fit(object? value, Type type) => value switch
    {
        SwitchParameter set when type != typeof(SwitchParameter) => set.IsPresent,
        bool set when type == typeof(SwitchParameter) => new SwitchParameter(set),
        string name when type.IsEnum => Enum.Parse(type, name, ignoreCase: true),
        _ => value,
    };
}
