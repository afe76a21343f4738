using System.Management.Automation;

namespace GenieLoad.SampleCmdlets;

/// <summary>A closed set.</summary>
public enum SampleColor
{
    Red,
    Green,
}

/// <summary>Has a parameter of every sort that help tells apart.</summary>
[Cmdlet(VerbsData.Convert, "SampleColor", SupportsShouldProcess = true, DefaultParameterSetName = "Name")]
[OutputType(typeof(SampleColor))]
public sealed class ConvertSampleColorCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [Alias("Title")]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "Color")]
    public SampleColor Color { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 9)]
    public int Count { get; set; } = 3;

    [Parameter]
    [ValidateSet("low", "high")]
    public string? Tone { get; set; }

    [Parameter]
    public SwitchParameter Fast { get; set; }
}
