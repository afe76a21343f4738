using System.Management.Automation.Host;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>How wide the console is.</summary>
internal static class ConsoleWidth
{
    /// <summary>Its columns; 0 for a host without a console.</summary>
    public static int Of(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI?.BufferSize.Width ?? 0;
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or NotSupportedException or IOException)
        {
            return 0;
        }
    }
}
