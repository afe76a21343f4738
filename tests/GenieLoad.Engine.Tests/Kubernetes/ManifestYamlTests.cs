using System.Text.Json.Nodes;
using GenieLoad.Engine.Kubernetes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GenieLoad.Engine.Tests.Kubernetes;

/// <summary>Texts in a manifest: as they were, whichever parser reads them.</summary>
public sealed class ManifestYamlTests
{
    [Theory]
    [InlineData("one\ntwo\n", ScalarStyle.Literal)]
    [InlineData("Größe\n\n  in m²: 売上\n", ScalarStyle.Literal)]
    [InlineData("one", ScalarStyle.DoubleQuoted)]
    [InlineData("", ScalarStyle.DoubleQuoted)]
    [InlineData("one\ntwo", ScalarStyle.DoubleQuoted)]
    [InlineData("one\n\n", ScalarStyle.DoubleQuoted)]
    [InlineData(" one\n", ScalarStyle.DoubleQuoted)]
    [InlineData("\none\n", ScalarStyle.DoubleQuoted)]
    [InlineData("one \ntwo\n", ScalarStyle.DoubleQuoted)]
    [InlineData("one\r\ntwo\n", ScalarStyle.DoubleQuoted)]
    [InlineData("one\ttwo\n", ScalarStyle.DoubleQuoted)]
    // Line breaks to YAML 1.1, and not to 1.2.
    [InlineData("one\u0085two\n", ScalarStyle.DoubleQuoted)]
    [InlineData("one\u2028two\n", ScalarStyle.DoubleQuoted)]
    [InlineData("\ufeffone\n", ScalarStyle.DoubleQuoted)]
    [InlineData("\u001b[2J\n", ScalarStyle.DoubleQuoted)]
    public void A_text_is_a_block_where_all_parsers_read_it_alike_and_quoted_elsewhere(string text, ScalarStyle style)
    {
        string yaml = ManifestYaml.Of(new JsonObject { ["outer"] = new JsonObject { ["text"] = text } });
        YamlStream documents = [];
        documents.Load(new StringReader(yaml));

        var read = (YamlScalarNode)documents.Documents[0].RootNode["outer"]["text"];
        Assert.Equal((text, style), (read.Value, read.Style));
    }
}
