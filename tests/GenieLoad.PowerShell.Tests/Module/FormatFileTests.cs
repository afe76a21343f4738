using System.Xml.Linq;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Module;

/// <summary>The default views, read from the file that the module ships.</summary>
[Collection(ModuleCollection.Name)]
public sealed class FormatFileTests : IDisposable
{
    private const string Prefix = "GenieLoad.Model.";

    private readonly PowerShellSession _session = new();
    private readonly XElement[] _views =
    [
        .. XDocument.Load(Path.Combine(Path.GetDirectoryName(BuiltModule.Manifest)!, "GenieLoad.Format.ps1xml")).Descendants("View"),
    ];

    public void Dispose() => _session.Dispose();

    [Fact]
    public void No_view_shows_a_text_as_it_came()
    {
        Assert.NotEmpty(_views);
        string[] raw =
        [
            .. from view in _views
               from name in view.Descendants("PropertyName")
               let type = TypeOf(view)
               where type.GetProperty(name.Value)!.PropertyType == typeof(string)
               select $"{type.Name}.{name.Value}",
        ];

        Assert.Empty(raw);
        Assert.All(
            _views.Descendants("ScriptBlock").Where(script => script.Parent!.Name != "ItemSelectionCondition"),
            script => Assert.StartsWith("[GenieLoad.PowerShell.Formatting.", script.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_view_shows_every_property_of_its_type()
    {
        XElement[] lists = [.. _views.Where(view => view.Element("Name")!.Value.EndsWith(".List", StringComparison.Ordinal))];
        Assert.NotEmpty(lists);

        Assert.All(lists, view => Assert.Equal(
            TypeOf(view).GetProperties().Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => property.Name).Order(),
            view.Descendants("ListItem").Select(item => (item.Element("Label") ?? item.Element("PropertyName"))!.Value).Order()));
    }

    private Type TypeOf(XElement view)
    {
        string name = view.Descendants("TypeName").First().Value.Split('#')[0];
        Assert.StartsWith(Prefix, name, StringComparison.Ordinal);
        return (Type)_session.Run($"[{name}]").Only;
    }
}
