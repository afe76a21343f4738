using System.Management.Automation;

namespace GenieLoad.Host.Commands;

/// <summary>Picks objects by place and properties by name.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];
    private List<PropertyExpression> _properties = [];
    private int _seen;
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string ExpandProperty { get; set; } = "";

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    protected override void BeginProcessing() => _properties = [.. Property.Select(given => new PropertyExpression(given))];

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (Last is not null)
            _objects.Add(InputObject);
        else if (_seen++ >= Skip && !(_written >= First))
            Write(InputObject);
    }

    protected override void EndProcessing()
    {
        // With -Last, -Skip leaves out the last ones.
        foreach (var item in _objects.SkipLast(Skip).TakeLast(Last ?? 0))
            Write(item);
    }

    private void Write(PSObject item)
    {
        _written++;
        if (ExpandProperty.Length > 0)
        {
            var property = item.Properties[ExpandProperty];
            if (property is null)
            {
                var problem = new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found.");
                WriteError(new ErrorRecord(problem, "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
                return;
            }

            WriteObject(property.Value, enumerateCollection: true);
        }
        else if (_properties.Count == 0)
        {
            WriteObject(item);
        }
        else
        {
            WriteObject(Project(item));
        }
    }

    private PSObject Project(PSObject item)
    {
        var selected = new PSObject();
        foreach (var (name, value) in _properties.SelectMany(property => property.Resolve(item)))
        {
            if (selected.Properties[name] is null)
                selected.Properties.Add(new PSNoteProperty(name, value));
        }

        selected.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType());
        return selected;
    }
}
