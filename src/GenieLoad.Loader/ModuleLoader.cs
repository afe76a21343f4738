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
/// <c>Import-Module -Force</c>. The hook stays for good: what a module does on its removal may be the first thing to ask for the engine.
/// </remarks>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    private static readonly object Gate = new();
    private static EngineLoadContext? _context;

    /// <summary>Called by PowerShell on every import.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (_context is not null)
                return;
            _context = new EngineLoadContext(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!);
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    // Anything but the engine is none of our business: answering for a package would force our version on other modules.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineLoadContext.EngineName ? _context?.LoadFromAssemblyName(name) : null;
}
