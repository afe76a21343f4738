using GenieLoad.Engine.Variables;

namespace GenieLoad.Engine.Tests.Variables;

public sealed class VariableTextTests
{
    [Theory]
    [InlineData("value", "value")]
    [InlineData("\n value\r\n", "value")]
    [InlineData("\"value\"", "value")]
    [InlineData("' value '\n", "value")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("\"half", "\"half")]
    [InlineData("'mixed\"", "'mixed\"")]
    [InlineData("'", "'")]
    [InlineData("\"\"", null)]
    [InlineData(" \r\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_value_comes_without_line_breaks_and_a_pair_of_quotes(string? value, string? expected) =>
        Assert.Equal(expected, VariableText.Of(value));
}
