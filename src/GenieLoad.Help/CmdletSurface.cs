using System.Management.Automation;

namespace GenieLoad.Help;

/// <summary>What can be known of a cmdlet without its page: from its class.</summary>
/// <param name="info">The cmdlet as PowerShell sees it.</param>
public sealed class CmdletSurface(CmdletInfo info)
{
    /// <summary>The cmdlet as PowerShell sees it.</summary>
    public CmdletInfo Info => info;

    /// <summary>Name of the file in which PowerShell looks for the help of this cmdlet.</summary>
    public string HelpFile => Path.GetFileName(info.ImplementingType.Assembly.Location) + "-Help.xml";

    /// <summary>Parameters, each once, without those that every cmdlet has.</summary>
    public IReadOnlyList<CommandParameterInfo> Parameters { get; } =
        [.. info.ParameterSets.OrderByDescending(set => set.IsDefault).SelectMany(Own).DistinctBy(parameter => parameter.Name)];

    /// <summary>Parameters of one set in the order of typing: by position, then the mandatory ones, then the others as declared.</summary>
    /// <param name="set">One of the cmdlet's sets.</param>
    public static IEnumerable<CommandParameterInfo> InSyntaxOrder(CommandParameterSetInfo set) => Own(set)
        .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
        .ThenBy(parameter => !parameter.IsMandatory);

    /// <summary>Values of a closed set; empty when any value may be given.</summary>
    /// <param name="parameter">A parameter.</param>
    public static IReadOnlyList<string> AcceptedValues(CommandParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Type type = ElementType(parameter.ParameterType);
        ValidateSetAttribute? set = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault();
        return set is not null ? [.. set.ValidValues] : type.IsEnum ? Enum.GetNames(type) : [];
    }

    /// <summary>Name of a parameter's type as people type it: <c>Int32</c>, <c>String[]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string TypeName(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ElementType(type).Name + (type.IsArray ? "[]" : "");
    }

    /// <summary>Defaults by parameter name: what the properties of a new instance hold.</summary>
    public IReadOnlyDictionary<string, string> Defaults()
    {
        object cmdlet = Activator.CreateInstance(info.ImplementingType)!;
        using IDisposable? disposable = cmdlet as IDisposable;
        return Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => parameter.IsMandatory ? "None" : Show(info.ImplementingType.GetProperty(parameter.Name)?.GetValue(cmdlet)));
    }

    private static Type ElementType(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    private static IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) => set.Parameters.Where(parameter =>
        !Cmdlet.CommonParameters.Contains(parameter.Name));

    private static string Show(object? value) => value switch
    {
        null => "None",
        string text => text.Length == 0 ? "None" : text,
        SwitchParameter or bool => $"{value}",
        // What a parameter holds when nobody sets it is no default: its page says what happens then.
        TimeSpan span => span == TimeSpan.Zero ? "None" : span.ToString("c"),
        int or double when Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) == 0 => "None",
        Array array => array.Length == 0 ? "None" : string.Join(", ", array.Cast<object>()),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
