using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

[Collection(ModuleCollection.Name)]
public sealed class CommandBindingTests : IDisposable
{
    private readonly PowerShellSession _session = new(importSamples: true);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Convert-SampleColor red -Count 2 -WhatIf")]
    [InlineData("'red' | Convert-SampleColor | Format-Table Name")]
    [InlineData("Convert-SampleColor -Color Green -Tone high")]
    [InlineData("$p = @{ Name = 'red' }; Convert-SampleColor @p")]
    [InlineData("function Get-Own { }; Get-Own; & $script; ./build.ps1 -Task Test; dotnet test")]
    [InlineData("Get-SampleDuration 2m")]
    [InlineData("1..3 | ForEach-Object { Convert-SampleColor red -Fast }")]
    public void A_command_that_would_bind_is_accepted(string script) =>
        Assert.Empty(new CommandBinding(_session).CheckScript(script));

    [Theory]
    [InlineData("Convert-SampleColor red -Colour Red", "Colour")]
    [InlineData("'x' | ForEach-Object {\n  Convert-SampleColor red -Nothing 1 }", "Nothing")]
    [InlineData("Convert-SampleColor", "-Name is mandatory")]
    [InlineData("Convert-SampleColor -Color Blue", "'Blue' is not a value of -Color")]
    [InlineData("Convert-SampleColor red -Tone loud", "'loud' is not a value of -Tone")]
    [InlineData("Convert-SampleColor red -Count many", "'many' is not a value of -Count")]
    [InlineData("Convert-SampleColour red", "There is no command 'Convert-SampleColour'")]
    [InlineData("Convert-SampleColor 'red", "terminator")]
    public void A_command_that_would_not_bind_is_found(string script, string complaint)
    {
        (int line, string text) = Assert.Single(new CommandBinding(_session).CheckScript(script));

        Assert.Contains(complaint, text, StringComparison.Ordinal);
        Assert.Equal(script.Split('\n').Length, line);
    }
}
