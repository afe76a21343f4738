using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>Tells the user where a dashboard is.</summary>
internal static class DashboardNotice
{
    /// <summary>Shows the address as Write-Host does, in no log and no file of ours; and opens it where that is wanted.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <param name="address">The address, with its token.</param>
    /// <param name="opens">Whether the default browser opens it.</param>
    public static void Show(GenieCmdlet cmdlet, Uri address, bool opens)
    {
        cmdlet.WriteInformation(
            new HostInformationMessage { Message = $"Dashboard: {address.AbsoluteUri} (opens once, in one browser)" }, ["PSHOST"]);
        if (!opens)
            return;
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            cmdlet.WriteWarning("No browser could be opened for the dashboard. Open its address yourself.");
        }
    }
}
