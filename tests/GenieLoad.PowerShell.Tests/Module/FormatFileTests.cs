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

    private readonly XElement[] _types =
    [
        .. XDocument.Load(Path.Combine(Path.GetDirectoryName(BuiltModule.Manifest)!, "GenieLoad.Types.ps1xml")).Root!.Elements("Type"),
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
    public void Every_type_has_a_view_a_short_list_and_the_same_list_for_mixed_output()
    {
        Type[] types = [.. ((Type)_session.Run("[GenieLoad.Model.LoadRun]").Only).Assembly.GetExportedTypes().Where(type =>
            type is { IsClass: true, IsAbstract: false, IsGenericType: false } && !typeof(Exception).IsAssignableFrom(type)
            && type.GetProperties().Length > 0)];
        Assert.InRange(types.Length, 25, 80);

        Assert.All(types, type =>
        {
            string name = Prefix + type.Name;
            XElement list = Assert.Single(_views, view => view.Element("Name")!.Value == name + ".List");
            string[] listed =
                [.. list.Descendants("ListItem").Select(item => (item.Element("Label") ?? item.Element("PropertyName"))!.Value)];
            Assert.InRange(listed.Length, 2, 16);
            Assert.All(listed, property => Assert.NotNull(type.GetProperty(property)));
            foreach (XElement members in _types.Where(one => one.Element("Name")!.Value.EndsWith(name, StringComparison.Ordinal)))
            {
                string[] shown = Shown(members);
                Assert.True(shown is ["$this"] || shown.SequenceEqual(listed.Take(shown.Length)), name);
            }

        });
        Assert.All(types, type => Assert.Contains(_types, one => one.Element("Name")!.Value == Prefix + type.Name));
        Assert.All(_types, one => Assert.Contains(
            types, type => one.Element("Name")!.Value.EndsWith(Prefix + type.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_other_sessions_give_back_has_no_property_more()
    {
        // Hidden properties travel: a scenario would be refused for a field that it does not know, and a CSV of rows would have
        // columns twice.
        string[] read = ["Scenario", "Question", "QuestionResult", "Connection", "Plan", "PlannedQuestion"];

        Assert.All(read, name => Assert.Empty(
            _types.Single(one => one.Element("Name")!.Value == Prefix + name).Descendants("ScriptProperty")));
    }

    [Fact]
    public void Mixed_output_shows_no_text_as_it_came_either()
    {
        // Words that GenieLoad chooses from a few, names that the user gave, and addresses and ids that were looked at before they
        // were used.
        string[] own =
        [
            "Arrival", "Conversation", "Figure", "Group", "Id", "Key", "Kind", "Measure", "Name", "Origin", "Outcome", "Part",
            "QuestionId", "RetryAfter", "Slice", "SpaceId", "State", "Steadiness", "TrueLimit", "Unit", "Uri", "Verdict", "WorkspaceUrl",
        ];

        Assert.All(_types, one =>
        {
            Type type = (Type)_session.Run($"[{one.Element("Name")!.Value.Replace("Deserialized.", "", StringComparison.Ordinal)}]").Only;
            Assert.Empty(Referenced(one).Where(name => type.GetProperty(name)?.PropertyType == typeof(string)).Except(own));
            Assert.All(one.Descendants("ScriptProperty"), hidden =>
            {
                Assert.Equal("true", hidden.Attribute("IsHidden")?.Value);
                Assert.Null(type.GetProperty(hidden.Element("Name")!.Value));
                Assert.StartsWith("[GenieLoad.PowerShell.Formatting.", hidden.Element("GetScriptBlock")!.Value, StringComparison.Ordinal);
            });
        });
    }

    private static IEnumerable<string> Referenced(XElement type) =>
        type.Descendants("ReferencedProperties").Elements("Name").Select(name => name.Value);

    /// <summary>The properties that a type shows in mixed output: by their names, or by what a hidden property makes of them.</summary>
    private static string[] Shown(XElement type) =>
    [
        .. Referenced(type).Select(name =>
            type.Descendants("ScriptProperty").SingleOrDefault(hidden => hidden.Element("Name")!.Value == name) is { } hidden
                ? hidden.Element("GetScriptBlock")!.Value.Split('(', ')')[1].Replace("$this.", "", StringComparison.Ordinal)
                : name),
    ];

    private Type TypeOf(XElement view)
    {
        string name = view.Descendants("TypeName").First().Value.Split('#')[0];
        Assert.StartsWith(Prefix, name, StringComparison.Ordinal);
        return (Type)_session.Run($"[{name}]").Only;
    }
}
