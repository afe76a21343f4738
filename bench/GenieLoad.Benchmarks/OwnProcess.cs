using System.Diagnostics;
using System.Net.NetworkInformation;

namespace GenieLoad.Benchmarks;

/// <summary>This program: starts it again as another process with a duty of its own, and tells what this one holds.</summary>
internal static class OwnProcess
{
    public static ProcessStartInfo StartInfo(params string[] args)
    {
        string program = Environment.ProcessPath!;
        var info = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        // Started as 'dotnet GenieLoad.Benchmarks.dll', the program is dotnet and the assembly its first argument.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            info.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        foreach (string arg in args)
            info.ArgumentList.Add(arg);
        return info;
    }

    /// <summary>Open connections to a server that nobody else on this machine talks to.</summary>
    public static int Connections(Uri server) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == server.Port && connection.State == TcpState.Established);

    /// <summary>Resident bytes of this process.</summary>
    public static long Resident()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
