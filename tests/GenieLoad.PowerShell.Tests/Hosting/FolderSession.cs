namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>A session whose current location is a folder that goes with the test.</summary>
public sealed class FolderSession : IDisposable
{
    /// <summary>Opens the session.</summary>
    /// <param name="importSamples">Whether the sample cmdlets are imported too.</param>
    public FolderSession(bool importSamples = false)
    {
        Session = new PowerShellSession(importSamples: importSamples);
        Session.Set("folder", Folder);
        Session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public PowerShellSession Session { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    public ScriptOutcome Run(string script) => Session.Run(script);

    /// <summary>Full path of a file of the folder.</summary>
    /// <param name="name">Its name.</param>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file of the folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its text.</param>
    public void Write(string name, string content) => System.IO.File.WriteAllText(File(name), content);

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
