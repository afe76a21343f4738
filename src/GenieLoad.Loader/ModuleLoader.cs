using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace GenieLoad.Loader;

/// <summary>
/// Runs when PowerShell imports the module, before it looks at the cmdlets: from then on, whoever asks for the engine gets the one in
/// the module's own context.
/// </summary>
/// <remarks>
/// There is one context in the process, however often and in however many runspaces the module is imported: types are the same after
/// <c>Import-Module -Force</c>. The hook stays until the last importer has removed the module.
/// </remarks>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Gate = new();
    private static EngineLoadContext? _context;
    private static int _imports;

    /// <summary>Called by PowerShell on every import.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            _context ??= new EngineLoadContext(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!);
            if (_imports++ == 0)
                AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    /// <summary>Called by PowerShell on every removal, and before an import that is forced.</summary>
    /// <param name="psModuleInfo">The module that goes.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            if (_imports > 0 && --_imports == 0)
                AssemblyLoadContext.Default.Resolving -= Resolve;
        }
    }

    // Anything but the engine is none of our business: answering for a package would force our version on other modules.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineLoadContext.EngineName ? _context?.LoadFromAssemblyName(name) : null;
}
