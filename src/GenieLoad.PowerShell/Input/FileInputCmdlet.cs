using System.Management.Automation;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Input;

/// <summary>A cmdlet that reads files: paths with wildcards, paths to the letter, or files from the pipeline.</summary>
public abstract class FileInputCmdlet : GenieCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>Paths of the files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Paths of the files; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of the files, to the letter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Exact paths of the files; wildcard characters are not expanded.")]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether a file that cannot be read ends the pipeline; otherwise the next file has its turn.</summary>
    protected virtual bool EndsAtFirstError => false;

    /// <summary>Reads one file and writes what is in it.</summary>
    /// <param name="path">Full path.</param>
    protected abstract void ReadFile(string path);

    /// <summary>Reads each file.</summary>
    protected override void Process()
    {
        if (ParameterSetName == ByLiteralPath)
        {
            foreach (string path in LiteralPath)
                Try(() => ReadFile(Paths.LiteralFile(path)));
            return;
        }

        foreach (string path in Path)
            Try(() => ReadFiles(Paths.Files(path)));
    }

    private void Try(Action action)
    {
        if (EndsAtFirstError)
            action();
        else
            Attempt(action);
    }

    private void ReadFiles(IReadOnlyList<string> files)
    {
        foreach (string file in files)
            Try(() => ReadFile(file));
    }
}
