using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace GenieLoad.Host.Commands;

/// <summary>
/// One value given to <c>-Property</c>: a name, perhaps with wildcards, a script block, or a table with Name (Label) and Expression.
/// </summary>
internal sealed class PropertyExpression
{
    private readonly PSPropertyExpression _expression;

    /// <exception cref="PSArgumentException">It is none of these.</exception>
    public PropertyExpression(object given)
    {
        given = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (given is IDictionary table)
        {
            Name = Find<string>(table, "name", "label");
            IsDescending = Find<object>(table, "descending") is { } descending && LanguagePrimitives.IsTrue(descending);
            given = Find<object>(table, "expression") ?? throw new PSArgumentException("A calculated property needs a key Expression (or e).");
        }

        _expression = given switch
        {
            ScriptBlock block => new PSPropertyExpression(block),
            _ => new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(given)),
        };
    }

    /// <summary>Name that a calculated property was given.</summary>
    public string? Name { get; }

    /// <summary>Whether the table asks for the reverse order.</summary>
    public bool IsDescending { get; }

    /// <summary>Names and values that it stands for in one object; a plain name that the object lacks gives one pair without a value.</summary>
    public IEnumerable<(string Name, object? Value)> Resolve(PSObject source)
    {
        var resolved = _expression.ResolveNames(source);
        if (resolved.Count == 0 && !_expression.HasWildCardCharacters)
            return [(Name ?? _expression.ToString(), null)];
        return resolved.Select(single => (Name ?? single.ToString(), single.GetValues(source).FirstOrDefault()?.Result));
    }

    /// <summary>A key may be shortened, as in <c>@{ n = 'Seconds'; e = { ... } }</c>.</summary>
    private static T? Find<T>(IDictionary table, params string[] names)
        where T : class
    {
        foreach (DictionaryEntry entry in table)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (key.Length > 0 && names.Any(name => name.StartsWith(key, StringComparison.OrdinalIgnoreCase)))
                return LanguagePrimitives.ConvertTo<T>(entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }

        return null;
    }
}
