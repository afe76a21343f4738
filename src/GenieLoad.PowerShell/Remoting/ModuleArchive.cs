using System.IO.Compression;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>The module as it is installed here, for a place that lacks it.</summary>
internal static class ModuleArchive
{
    /// <summary>Packs it.</summary>
    /// <param name="folder">Folder of the module.</param>
    public static byte[] Of(string folder)
    {
        using MemoryStream packed = new();
        ZipFile.CreateFromDirectory(folder, packed, CompressionLevel.Optimal, includeBaseDirectory: false);
        return packed.ToArray();
    }
}
