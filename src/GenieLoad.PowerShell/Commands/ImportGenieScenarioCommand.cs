using System.Management.Automation;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Reads scenarios from JSON and psd1 files.</summary>
[Cmdlet(VerbsData.Import, "GenieScenario", DefaultParameterSetName = "Path")]
[OutputType(typeof(Scenario))]
public sealed class ImportGenieScenarioCommand : FileInputCmdlet
{
    /// <inheritdoc/>
    protected override void ReadFile(string path) => WriteObject(ScenarioFile.Read(path, Psd1DataFile.Parse), enumerateCollection: true);
}
