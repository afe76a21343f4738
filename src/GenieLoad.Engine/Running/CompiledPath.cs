using System.Reflection;
using System.Runtime.CompilerServices;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The code that a question passes, compiled before the first one is due. .NET compiles a method when it is first called: on a busy machine
/// that made the first question of a session late by 20 to 60 ms, enough to make a short test doubtful.
/// </summary>
internal static class CompiledPath
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    // From the release of a question to the line in the journal.
    private static readonly string[] Folders = ["Running", "Genie", "Http", "Runs", "Json", "Logging", "Figures"];

    private static readonly Lazy<Task> All = new(() => Task.Run(() => Compile(Types())));

    /// <summary>Whether it is compiled.</summary>
    public static bool IsReady => All.IsValueCreated && All.Value.IsCompleted;

    /// <summary>Compiles it, once for the process and beside the caller.</summary>
    public static Task Ready() => All.Value;

    /// <summary>Compiles the methods of types. What cannot be compiled ahead is left for its first call.</summary>
    public static void Compile(IEnumerable<Type> types)
    {
        foreach (MethodBase method in types.SelectMany(MethodsOf))
        {
            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            catch (Exception)
            {
                // Whoever calls it hears of what is wrong with it.
            }
        }
    }

    private static IEnumerable<Type> Types() => typeof(CompiledPath).Assembly.GetTypes().Where(type => Array.Exists(
        Folders, folder => $"{type.Namespace}.".StartsWith($"GenieLoad.Engine.{folder}.", StringComparison.Ordinal)));

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type.ContainsGenericParameters
        ? []
        : type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own))
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters);
}
