using System.Collections;
using System.Management.Automation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>What the transformations of parameters have in common.</summary>
internal static class InputConversion
{
    // What remoting adds to every object on its way back.
    private static readonly string[] RemotingProperties = ["PSComputerName", "PSShowComputerName", "RunspaceId"];

    /// <summary>Converts what was given, or each of a list of them.</summary>
    /// <typeparam name="T">What it becomes.</typeparam>
    /// <param name="input">What was given.</param>
    /// <param name="convert">Converts one.</param>
    /// <returns>A <typeparamref name="T"/>, an array of them for a list, or <see langword="null"/> for <c>$null</c>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">One cannot be converted.</exception>
    public static object? OfEach<T>(object? input, Func<object?, T> convert)
    {
        try
        {
            return Unwrap(input) switch
            {
                null => null,
                IList list => list.Cast<object?>().Select(convert).ToArray(),
                _ => convert(input),
            };
        }
        catch (GenieLoadException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.Recommendation}", exception);
        }
    }

    /// <summary>The object inside PowerShell's wrapper. An object that is nothing but properties stays as it is.</summary>
    /// <param name="value">An object, wrapped or not.</param>
    public static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : value;

    /// <summary>Whether an object is one that this module's cmdlets write, and no text or table.</summary>
    /// <param name="value">An object that is not wrapped.</param>
    public static bool IsOurs(object value) => value.GetType().Assembly == typeof(Model.LoadRun).Assembly;

    /// <summary>The properties of an object by name, in their order.</summary>
    /// <param name="value">An object, wrapped or not.</param>
    public static IDictionary Properties(object value)
    {
        System.Collections.Specialized.OrderedDictionary properties = new(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in PSObject.AsPSObject(value).Properties)
        {
            if (property.IsGettable && !RemotingProperties.Contains(property.Name))
                properties.Add(property.Name, Value(property));
        }

        return properties;
    }

    // A property of any object may refuse to be read: a process that runs has no exit code.
    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return Unwrap(property.Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
