using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Telemetry;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Sends a finished run to a receiver of OpenTelemetry data, as traces: one for each question.</summary>
[Cmdlet(VerbsData.Export, "GenieRunToOpenTelemetry", SupportsShouldProcess = true)]
[OutputType(typeof(OpenTelemetryExport))]
public sealed class ExportGenieRunToOpenTelemetryCommand : GenieCmdlet
{
    /// <summary>The run.</summary>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun, its id, its folder, or a .json file from Export-GenieRun.")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNull]
    public LoadRun InputObject { get; set; } = null!;

    /// <summary>Address of the receiver.</summary>
    [Parameter(Position = 0,
        HelpMessage = "Address of the receiver (OTLP over HTTP, JSON), such as http://localhost:4318. Default: "
            + "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OtlpEndpointCompleter))]
    public string? OtlpEndpoint { get; set; }

    /// <summary>Sends texts too.</summary>
    [Parameter(HelpMessage = "Also send questions, answers, SQL and error texts.")]
    public SwitchParameter IncludeText { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Attempt(() =>
    {
        RunTraces.Check(InputObject);
        // What is wrong with address or variables is said before -WhatIf and -Confirm.
        if (!ShouldProcess(TraceExporter.LocationOf(OtlpEndpoint), $"Export run {InputObject.RunId} as traces"))
            return;
        Run(async (channel, stop) =>
        {
            using TraceExporter exporter = new(OtlpEndpoint, TimeProvider.System, new EngineLog(TimeProvider.System, channel.Log));
            OpenTelemetryExport export = await exporter
                .ExportAsync(InputObject, IncludeText, (sent, of) => Show(channel, sent, of), stop).ConfigureAwait(false);
            await channel.WriteAsync(export).ConfigureAwait(false);
        });
    });

    private void Show(ICmdletChannel channel, int sent, int of) => channel.Report(
        new ProgressLine($"Export of {InputObject.RunId} to OpenTelemetry", $"{sent} of {of} questions", 100 * sent / Math.Max(1, of)));
}
