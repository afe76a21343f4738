using System.Reflection;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>The scripts that run at a place. What they work on are arguments; no value ever becomes a part of their text.</summary>
internal static class RemoteScript
{
    public static string Check { get; } = Read("check");
    public static string Clock { get; } = Read("clock");
    public static string Folder { get; } = Read("folder");
    public static string List { get; } = Read("list");
    public static string Look { get; } = Read("look");
    public static string ReadPart { get; } = Read("read");
    public static string Remove { get; } = Read("remove");
    public static string Shard { get; } = Read("shard");
    public static string Start { get; } = Read("start");
    public static string Tell { get; } = Read("tell");
    public static string Unpack { get; } = Read("unpack");
    public static string Write { get; } = Read("write");

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"GenieLoad.PowerShell.Remoting.{name}.ps1")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
