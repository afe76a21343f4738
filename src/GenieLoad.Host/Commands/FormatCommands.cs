using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace GenieLoad.Host.Commands;

/// <summary>Shows objects as a table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => FormatEngine.Attach(this, "Table");
}

/// <summary>Shows objects as a list of properties.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => FormatEngine.Attach(this, "List");
}

/// <summary>
/// The engine holds the whole of Format-Table and Format-List but the two lines that join a command to it, and keeps the parts for
/// that to itself. Joining them here by reflection gives PowerShell's own tables; the version of the engine is fixed by this program,
/// and tests see to it that the parts are still there.
/// </summary>
internal static class FormatEngine
{
    private static readonly Assembly Engine = typeof(OuterFormatTableBase).Assembly;
    private static readonly Type Implementation = Type("InnerFormatShapeCommand");
    private static readonly Type Shape = Type("FormatShape");
    private static readonly FieldInfo Slot =
        typeof(FrontEndCommandBase).GetField("implementation", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static void Attach(FrontEndCommandBase command, string shape) =>
        Slot.SetValue(command, Activator.CreateInstance(
            Implementation,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
            binder: null,
            [Enum.Parse(Shape, shape)],
            culture: null));

    private static Type Type(string name) => Engine.GetType($"{typeof(FrontEndCommandBase).Namespace}.{name}", throwOnError: true)!;
}
