using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace GenieLoad.Host.Commands;

/// <summary>
/// The commands that the host adds to the engine's own: the few that nearly every script uses and that live outside
/// System.Management.Automation. They do what PowerShell's own do with the parameters they have; they do not have all of them.
/// </summary>
internal static class HostCommands
{
    private static readonly Type[] Types =
    [
        typeof(WriteOutputCommand), typeof(WriteHostCommand), typeof(WriteErrorCommand), typeof(WriteWarningCommand),
        typeof(WriteVerboseCommand), typeof(WriteDebugCommand), typeof(WriteInformationCommand), typeof(ReadHostCommand),
        typeof(SelectObjectCommand), typeof(SortObjectCommand), typeof(FormatTableCommand), typeof(FormatListCommand),
        typeof(JoinPathCommand), typeof(TestPathCommand),
    ];

    public static IEnumerable<SessionStateCommandEntry> All => Types.Select(type =>
    {
        var name = type.GetCustomAttribute<CmdletAttribute>()!;
        return new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, helpFileName: null);
    });
}
