using System.Globalization;
using System.Management.Automation;

namespace GenieLoad.Host.Commands;

/// <summary>Sorts objects, equal ones in the order in which they came.</summary>
[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _objects.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var keys = Property.Select(given => new PropertyExpression(given)).ToList();
        var byValue = Comparer<object?>.Create(Compare);
        var sorted = _objects.OrderBy(_ => 0);
        if (keys.Count == 0)
            sorted = Descending ? sorted.ThenByDescending(item => (object?)item, byValue) : sorted.ThenBy(item => (object?)item, byValue);
        foreach (var key in keys)
        {
            object? ValueOf(PSObject item) => key.Resolve(item).FirstOrDefault().Value;
            sorted = Descending || key.IsDescending ? sorted.ThenByDescending(ValueOf, byValue) : sorted.ThenBy(ValueOf, byValue);
        }

        WriteObject(sorted, enumerateCollection: true);
    }

    /// <summary>As PowerShell compares; what it cannot compare, by its text.</summary>
    private static int Compare(object? one, object? other) =>
        LanguagePrimitives.TryCompare(one, other, ignoreCase: true, CultureInfo.CurrentCulture, out var order)
            ? order
            : string.Compare(one?.ToString(), other?.ToString(), StringComparison.CurrentCultureIgnoreCase);
}
