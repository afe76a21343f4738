using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>
/// The real <c>sshd</c> on loopback: its own port, host key and configuration, and a login by key for the account that tests.
/// </summary>
internal sealed class SshDaemon : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genieload-sshd-");
    private readonly Process _process;

    public SshDaemon(string home)
    {
        Port = FreePort();
        foreach (string key in (string[])["host", "login"])
            Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", PathOf(key));
        string shell = PathOf("pwsh");
        File.WriteAllText(shell, $"#!/bin/sh\nexec {Environment.ProcessPath} '{BuiltModule.Shell}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(shell, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string dotnet = Path.GetDirectoryName(Environment.ProcessPath)!;
        File.WriteAllLines(PathOf("config"),
        [
            $"Port {Port}", "ListenAddress 127.0.0.1", $"HostKey {PathOf("host")}", $"AuthorizedKeysFile {PathOf("login")}.pub",
            "PidFile none", "StrictModes no", "UsePAM no", "PasswordAuthentication no", "PermitRootLogin prohibit-password",
            $"SetEnv PSModulePath={BuiltModule.Store} GENIELOAD_HOME={home} DOTNET_ROOT={dotnet}",
            $"Subsystem powershell {shell} -sshs -NoLogo -NoProfile",
        ]);
        // Where root runs it without a service, nobody has made the folder that it wants to see empty.
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");
        _process = Process.Start(new ProcessStartInfo(Program!, ["-D", "-e", "-f", PathOf("config")]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        Sync.Await(Listens, "sshd listens");
    }

    /// <summary>Where it is installed; <see langword="null"/> where it is not.</summary>
    public static string? Program { get; } = Array.Find(
        (string[])["/usr/sbin/sshd", "/usr/local/sbin/sshd"],
        path => OperatingSystem.IsLinux() && File.Exists(path) && File.Exists("/usr/bin/ssh"));

    public int Port { get; }

    /// <summary>What New-PSSession needs to get there.</summary>
    public string Options =>
        $"@{{ HostName = '127.0.0.1'; Port = {Port}; KeyFilePath = '{PathOf("login")}'; Options = "
        + $"@{{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '{PathOf("known")}'; LogLevel = 'ERROR' }} }}";

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private bool Listens()
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static void Run(string program, params string[] words)
    {
        using Process process = Process.Start(program, words);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
