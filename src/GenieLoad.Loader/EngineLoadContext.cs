using System.Reflection;
using System.Runtime.Loader;

namespace GenieLoad.Loader;

/// <summary>
/// Holds the engine and its packages apart from everything else in the session, so that another module may bring other versions of
/// the same packages. The nouns of GenieLoad.Model are shared with the session: the same type on both sides.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    /// <summary>The one assembly that the session may ask of this context.</summary>
    public const string EngineName = "GenieLoad.Engine";

    private const string ModelName = "GenieLoad.Model";
    private readonly string _dependencyFolder;

    /// <summary>Makes the context and loads the nouns into the session.</summary>
    /// <param name="binFolder">The module's <c>bin</c> folder.</param>
    public EngineLoadContext(string binFolder) : base("GenieLoad")
    {
        _dependencyFolder = Path.Combine(binFolder, "dependencies");
        Model = Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == ModelName)
            ?? Default.LoadFromAssemblyPath(Path.Combine(binFolder, ModelName + ".dll"));
    }

    /// <summary>The nouns as the session sees them.</summary>
    public Assembly Model { get; }

    /// <summary>Finds an assembly that the engine or one of its packages asks for.</summary>
    /// <returns>The session's nouns, a file of the dependency folder, or <see langword="null"/> for what comes with .NET.</returns>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == ModelName)
            return Model;
        string path = Path.Combine(_dependencyFolder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
