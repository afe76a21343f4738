using System.Globalization;
using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Questions;

/// <summary>Where something stands in a space's definition, for warnings and errors.</summary>
/// <param name="Source">The file, or the space.</param>
/// <param name="HasLines">Whether the lines of its values are those of the file: not within a text that holds JSON.</param>
/// <param name="Path">Names and numbers that lead there, such as <c>benchmarks.questions[4]</c>; empty for the whole.</param>
internal sealed record DefinitionPlace(string Source, bool HasLines, string Path = "")
{
    /// <summary>The place of a member.</summary>
    /// <param name="name">Its name.</param>
    public DefinitionPlace Member(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    /// <summary>The place of an item.</summary>
    /// <param name="index">Its number, from 0.</param>
    public DefinitionPlace Item(int index) => this with { Path = string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]") };

    /// <summary>The place of what is in a text there: JSON of its own, whose lines are not those of the file.</summary>
    /// <param name="line">Line of the text.</param>
    public DefinitionPlace Inside(int line) => new(HasLines ? Text(line) : Source, HasLines: false, HasLines ? "" : Path);

    /// <summary>The place in words.</summary>
    /// <param name="line">Line of the value, where lines count.</param>
    public string Text(int line)
    {
        string source = HasLines ? InputFile.Place(Source, line)! : Source;
        return Path.Length == 0 ? source : $"{source}, {Path}";
    }
}
