using System.Collections;
using System.Management.Automation;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets a <see cref="Question"/> parameter be given as a text, or as a row with a property or key <c>question</c> and if wanted
/// <c>id</c>, <c>weight</c> and <c>conversation</c>, such as <c>Import-Csv</c> gives. The id of a question that has none stays empty until
/// <see cref="QuestionList.FromQuestions"/> numbers the list.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class QuestionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether only rows and texts become questions. An object with a space's id then stays what it is: it is for another parameter.
    /// </summary>
    public bool RowsOnly { get; set; }

    /// <summary>Makes questions of what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>A <see cref="Question"/>, an array of them for a list, or <see langword="null"/> for <c>$null</c>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no question; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        RowsOnly
            ? InputConversion.OfEach(inputData, one => IsRow(one) ? ToQuestion(one) : one)
            : InputConversion.OfEach<Question>(inputData, ToQuestion);

    /// <summary>Makes a question of one thing given.</summary>
    /// <param name="value">A question, a text, or a row.</param>
    /// <exception cref="GenieLoadException">It is no question.</exception>
    internal static Question ToQuestion(object? value) => InputConversion.Unwrap(value) switch
    {
        Question question => question,
        null => QuestionList.FromTyped(null),
        string text => QuestionList.FromTyped(text),
        FileSystemInfo file => throw QuestionList.FileInsteadOfQuestion(file.Name),
        ValueType plain => throw QuestionList.NotAQuestion(plain),
        IDictionary fields => QuestionList.FromRow(Row(fields)),
        _ => QuestionList.FromRow(Row(InputConversion.Properties(value!))),
    };

    /// <summary>
    /// Whether something is a row of empty cells, as <c>Import-Csv</c> gives for what Excel leaves below a table: no question.
    /// </summary>
    /// <param name="value">What was given.</param>
    internal static bool IsEmptyRow(object? value)
    {
        IDictionary? fields = InputConversion.Unwrap(value) switch
        {
            null or string or Question => null,
            IDictionary given => given,
            PSObject row => InputConversion.Properties(row),
            _ => null,
        };
        return fields is { Count: > 0 } && fields.Values.Cast<object?>().All(cell => string.IsNullOrWhiteSpace($"{cell}"));
    }

    private static bool IsRow(object? value) => InputConversion.Unwrap(value) switch
    {
        null or ValueType or Question or FileSystemInfo => false,
        string or IDictionary => true,
        _ => !InputConversion.Properties(value!).Contains("SpaceId"),
    };

    private static Dictionary<string, object?> Row(IDictionary fields)
    {
        Dictionary<string, object?> row = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry field in fields)
            row[$"{field.Key}"] = InputConversion.Unwrap(field.Value);
        return row;
    }
}
